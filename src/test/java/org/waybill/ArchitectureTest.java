package org.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** The house: imports run downhill only. A floor that is not in the map is forbidden. */
class ArchitectureTest {

    private static final String ROOT = "org.waybill.";

    private static final Map<String, Set<String>> MAY_IMPORT = Map.of(
            "cli", Set.of("run", "report", "route", "ledger", "remote", "format"), // remote: pings are of commands
            "run", Set.of("route", "ledger"),
            "report", Set.of(),
            "stage", Set.of("run", "route", "ledger", "storage", "remote", "format"),
            "route", Set.of(),
            "ledger", Set.of("format"),
            "storage", Set.of("format"),
            "remote", Set.of(),
            "format", Set.of());

    /** The room that the others of its floor stand on. */
    private static final String GROUND_OF_ROUTES = "yaml";

    private static final Set<String> PLAIN_JAVA_FLOORS = Set.of("format", "remote");
    private static final Set<String> SQL_FLOORS = Set.of("ledger", "run", "report");
    private static final List<String> FORBIDDEN_ENDINGS =
            List.of("Impl", "Util", "Utils", "Helper", "Manager", "Service", "Dto", "Base", "Common");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(
                    found -> !found.matches(Pattern.compile(".*(__|[$]{2}SpringCGLIB).*"))) // written by the build
            .importPackages("org.waybill");

    @Test
    void everyFloorIsInTheTable() {
        assertThat(ours().map(ArchitectureTest::floor)).isSubsetOf(MAY_IMPORT.keySet());
    }

    @Test
    void importsRunDownhill() {
        Set<String> uphill = new TreeSet<>();
        imports((from, to) -> {
            if (!floor(from).equals(floor(to)) && !MAY_IMPORT.get(floor(from)).contains(floor(to))) {
                uphill.add(from.getName() + " -> " + to.getName());
            }
        });
        assertThat(uphill).isEmpty();
    }

    @Test
    void roomsOfOneFloorDoNotKnowEachOther() {
        Set<String> sideways = new TreeSet<>();
        imports((from, to) -> {
            boolean sameFloorOtherRoom =
                    floor(from).equals(floor(to)) && !room(from).equals(room(to));
            boolean toTheFloorItself = room(to).isEmpty() || room(to).equals(GROUND_OF_ROUTES);
            boolean fromTheFloorItself = room(from).isEmpty()
                    && Set.of("cli", "run", "ledger", "route").contains(floor(from));
            boolean fromTheCheckOfAll =
                    floor(from).equals("route") && room(from).equals("check");
            if (sameFloorOtherRoom && !toTheFloorItself && !fromTheFloorItself && !fromTheCheckOfAll) {
                sideways.add(from.getName() + " -> " + to.getName());
            }
        });
        assertThat(sideways).isEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("org.waybill.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void formatsAndRemotesArePlainJava() {
        assertThat(foreignImports(PLAIN_JAVA_FLOORS, Set.of("org.springframework", "java.sql", "javax.sql")))
                .isEmpty();
    }

    @Test
    void sqlLivesInThreeFloors() {
        Set<String> others = new TreeSet<>(MAY_IMPORT.keySet());
        others.removeAll(SQL_FLOORS);
        assertThat(foreignImports(others, Set.of("java.sql", "org.springframework.jdbc", "org.postgresql")))
                .isEmpty();
    }

    @Test
    void stagesKeepTheirTypesToThemselves() {
        assertThat(ours().filter(type ->
                                floor(type).equals("stage") && segments(type).size() == 2)
                        .filter(type -> !type.isNestedClass())
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)))
                .isEmpty();
    }

    @Test
    void namesOfSpringBatchStandForItsInterfaces() {
        for (Class<?> batch :
                List.of(ItemReader.class, ItemProcessor.class, ItemWriter.class, Tasklet.class, Partitioner.class)) {
            assertThat(ours().filter(type -> type.getSimpleName().endsWith(batch.getSimpleName())))
                    .allMatch(type -> type.isAssignableTo(batch), "is a " + batch.getSimpleName());
            assertThat(ours().filter(type ->
                            type.isAssignableTo(batch) && !type.getSimpleName().isEmpty()))
                    .allMatch(
                            type -> type.getSimpleName().endsWith(batch.getSimpleName()),
                            "says that it is a " + batch.getSimpleName());
        }
    }

    @Test
    void onlyTheCommandLinePrints() {
        Set<String> printers = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            type.getFieldAccessesFromSelf().stream()
                    .filter(access -> access.getTarget().getOwner().getName().equals("java.lang.System"))
                    .filter(access ->
                            Set.of("out", "err").contains(access.getTarget().getName()))
                    .filter(access -> !floor(type).equals("cli"))
                    .forEach(access -> printers.add(type.getName()));
        }
        assertThat(printers).isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() {
        assertThat(ours().map(JavaClass::getSimpleName)
                        .filter(name -> FORBIDDEN_ENDINGS.stream().anyMatch(name::endsWith)))
                .isEmpty();
    }

    @Test
    void roomsAreSmall() {
        Map<String, Long> files = ours().filter(
                        type -> !type.getEnclosingClass().isPresent())
                .filter(type -> !type.getSimpleName().isEmpty())
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(files).allSatisfy((room, count) -> assertThat(count).isLessThanOrEqualTo(13));
    }

    private static Stream<JavaClass> ours() {
        return CLASSES.stream().filter(type -> type.getPackageName().startsWith(ROOT));
    }

    private interface Import {
        void of(JavaClass from, JavaClass to);
    }

    private static void imports(Import each) {
        ours().forEach(from -> from.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(to -> to.getPackageName().startsWith(ROOT))
                .forEach(to -> each.of(from, to)));
    }

    private static Set<String> foreignImports(Set<String> floors, Set<String> forbidden) {
        Set<String> found = new TreeSet<>();
        ours().filter(type -> floors.contains(floor(type)))
                .forEach(type -> type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getName())
                        .filter(name -> forbidden.stream().anyMatch(name::startsWith))
                        .forEach(name -> found.add(type.getName() + " -> " + name)));
        return found;
    }

    private static String floor(JavaClass type) {
        return segments(type).get(0);
    }

    private static String room(JavaClass type) {
        List<String> segments = segments(type);
        return segments.size() > 1 ? segments.get(1) : "";
    }

    private static List<String> segments(JavaClass type) {
        return Pattern.compile("\\.")
                .splitAsStream(type.getPackageName().substring(ROOT.length()))
                .toList();
    }
}
