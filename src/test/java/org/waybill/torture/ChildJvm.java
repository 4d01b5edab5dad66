package org.waybill.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.stage.Uploads;

/**
 * How Java is called for processes that are started by the hundred, to be killed: the quick compiler only, and classes from
 * an archive, which needs them in jars. One process that nobody disturbs makes the archive when it ends.
 */
public final class ChildJvm {

    private static final List<String> THRIFTY = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final int FILES = 10;
    private static final String QUICK = "-Dspring.main.lazy-initialization=true";

    private static @Nullable ChildJvm shared;

    private final Path folder;
    private final String classPath;

    private ChildJvm(Path folder, String classPath) {
        this.folder = folder;
        this.classPath = classPath;
    }

    /** The one for all tests of this process. */
    public static synchronized ChildJvm shared() throws IOException {
        ChildJvm made = shared;
        if (made == null) {
            Path folder = House.SERVER_HOME.resolve("child-jvm");
            FileSystemUtils.deleteRecursively(folder);
            made = in(Files.createDirectories(folder));
            made.makeArchive();
            shared = made;
        }
        return made;
    }

    private static ChildJvm in(Path folder) throws IOException {
        List<String> classPath = new ArrayList<>();
        classPath.add(jar(home(House.class), "org/waybill/(House|torture/).*", folder.resolve("tests.jar")));
        classPath.add(jar(home(Stage.class), ".*", folder.resolve("waybill.jar")));
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Files.isRegularFile(Path.of(entry)))
                .forEach(classPath::add);
        return new ChildJvm(folder, String.join(File.pathSeparator, classPath));
    }

    /** The command of a process that uses the archive. */
    public List<String> command(Class<?> main) {
        return command("-XX:SharedArchiveFile=" + archive(), main);
    }

    private void makeArchive() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Shipments.send(home, Uploads.in(home), 1, FILES);
        try (House house = House.in(home)) {
            Child.End end = Child.start(
                            command("-XX:ArchiveClassesAtExit=" + archive(), ChildRun.class), home, house.environment())
                    .ready()
                    .go()
                    .end();
            assertThat(end.exitCode()).as(end.said()).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path archive() {
        return folder.resolve("classes.jsa");
    }

    private List<String> command(String option, Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(THRIFTY);
        command.add(QUICK);
        command.addAll(List.of(option, "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-cp", classPath, main.getName()));
        return command;
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jar(Path classes, String wanted, Path jar) throws IOException {
        if (Files.isRegularFile(classes)) {
            return classes.toString();
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(file -> !file.equals(classes))
                    .filter(file -> Files.isDirectory(file)
                            || classes.relativize(file).toString().matches(wanted))
                    .toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path file : files) {
                String name = classes.relativize(file).toString();
                boolean isFolder = Files.isDirectory(file); // without their entries, Spring finds no class
                entries.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
                if (!isFolder) {
                    Files.copy(file, entries);
                }
            }
        }
        return jar.toString();
    }
}
