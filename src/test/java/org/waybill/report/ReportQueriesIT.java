package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.House;
import org.waybill.ledger.Night;

/** The report of a night, and each of its queries in psql as its file says. */
class ReportQueriesIT {

    private static final Path QUERIES = Path.of("sql/report");

    @TempDir
    private static Path home;

    private static House house;

    @BeforeAll
    static void open() throws Exception {
        house = Night.in(home);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void reportOfTheNightIsAsItWas() throws IOException {
        assertThat(TextReport.of(report(), "./waybill"))
                .isEqualTo(Files.readString(Path.of("src/test/resources/report/night.txt")));
    }

    @Test
    void keysOfRowsAreAsTheyWere() throws IOException {
        StringBuilder keys = new StringBuilder();
        report().sections().forEach((name, section) -> keys.append(name)
                .append(": ")
                .append(String.join(", ", section.rows().get(0).keySet()))
                .append('\n'));
        assertThat(keys.toString()).isEqualTo(Files.readString(Path.of("src/test/resources/report/keys.txt")));
    }

    /** Analysts query these views: a column may be added, at the end; none may go or change. */
    @Test
    void columnsOfTheViewsAreAsDocumented() throws IOException {
        assertThat(String.join("\n", Views.columns(house)) + "\n")
                .isEqualTo(Files.readString(Path.of("src/test/resources/report/views.txt")));
    }

    /** So that what an analyst sees is what the report says: both read the views, and beside them what people decided. */
    @Test
    void queriesReadViewsOnly() throws IOException {
        List<String> tables = house.jdbc()
                .sql(
                        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'decision'")
                .query(String.class)
                .list();
        assertThat(tables).contains("data_file", "run");
        for (String file : files().toList()) {
            assertThat(Files.readString(QUERIES.resolve(file + ".sql")))
                    .doesNotContainPattern("(from|join) (" + String.join("|", tables) + ")\\b");
        }
    }

    @Test
    void timeWithoutEventsNeedsAPersonOnlyForWhatIsStillOpen() {
        Report later = house.bean(Reports.class)
                .of(Period.upTo(Night.END.plusSeconds(2), Night.END.plusSeconds(1)), "waybill");

        assertThat(later.verdict())
                .isEqualTo("A person is needed: 1 file waits in quarantine, 1 delivery is held,"
                        + " 1 delivery is not acknowledged in time, 5 files in incoming folders will not be taken.");
    }

    @Test
    void emptyLedgerIsWell(@TempDir Path otherHome) {
        try (House empty = House.in(otherHome)) {
            Report report = empty.bean(Reports.class).of(Period.upTo(Night.END, Instant.EPOCH), "waybill");
            assertThat(report.verdict()).isEqualTo("All is well: nothing ran, and nothing waits for a person.");
            assertThat(report.findings()).isEmpty();
        }
    }

    @Test
    void everyFileIsInTheReport() throws IOException {
        assertThat(ReportQuery.all().stream().map(ReportQuery::name))
                .containsExactlyInAnyOrderElementsOf(files().toList());
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(QUERIES)) {
            return files.map(file -> file.getFileName().toString().replace(".sql", "")).toList().stream();
        }
    }

    /** The second line of each file is the command. Its times are exchanged for those of the night. */
    @ParameterizedTest
    @MethodSource("files")
    void psqlGivesTheSameRows(String name) throws Exception {
        String command = Files.readAllLines(QUERIES.resolve(name + ".sql"))
                .get(1)
                .replaceFirst("^-- psql", "psql --no-psqlrc --set ON_ERROR_STOP=1 --csv")
                .replace("now() - interval '24 hours'", "'" + Night.BEGIN + "'")
                .replace("now()", "'" + Night.END + "'");

        List<String> lines = bash(command).lines().toList();

        ReportQuery query = ReportQuery.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Report.Section section = Objects.requireNonNull(report().sections().get(query.key()));
        assertThat(lines.get(0).replace("_", ""))
                .isEqualToIgnoringCase(String.join(",", section.rows().get(0).keySet()));
        assertThat(lines).hasSize(section.rows().size() + 1);
    }

    private static Report report() {
        return house.bean(Reports.class).of(Period.upTo(Night.END, Night.BEGIN), "./waybill");
    }

    private static String bash(String command) throws IOException, InterruptedException {
        Map<String, String> environment = house.environment();
        URI server =
                URI.create(environment.getOrDefault("WAYBILL_DATABASE_URL", "").replaceFirst("^jdbc:", ""));
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true);
        bash.environment().put("PGHOST", server.getHost());
        bash.environment().put("PGPORT", String.valueOf(server.getPort()));
        bash.environment().put("PGDATABASE", server.getPath().substring(1));
        bash.environment().put("PGUSER", environment.getOrDefault("WAYBILL_DATABASE_USERNAME", ""));
        bash.environment().put("PGPASSWORD", environment.getOrDefault("WAYBILL_DATABASE_PASSWORD", ""));
        Process process = bash.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
