package org.waybill.report.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.ledger.Night;

/** The numbers of a made-up night, and the file that they stand in. */
class MetricsIT {

    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    @TempDir
    private Path home;

    @TempDir
    private Path folder;

    private House house;

    @BeforeEach
    void open() throws Exception {
        house = Night.in(home);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void hasMoreThanTwentyMetricsWithLabelsThatDoNotGrow() throws IOException {
        List<String> lines = written();
        Set<String> names = new TreeSet<>();
        Set<String> labels = new TreeSet<>();
        for (String line : lines) {
            if (!line.startsWith("#")) {
                names.add(line.replaceFirst("[{ ].*", ""));
                Matcher label = LABEL.matcher(line);
                while (label.find()) {
                    labels.add(label.group(1));
                }
                assertThat(line).contains("route=\"ega\"");
            }
        }
        assertThat(names).hasSizeGreaterThan(20).allMatch(name -> name.startsWith("waybill_"));
        assertThat(labels)
                .isSubsetOf(
                        "route",
                        "stage",
                        "outcome",
                        "fate",
                        "state",
                        "reason",
                        "kind",
                        "target",
                        "table",
                        "version",
                        "java",
                        "postgresql");
    }

    @Test
    void namesNoFileAndNoDataset() throws IOException {
        String text = String.join("\n", written());

        for (String column : List.of("path from data_file", "name from dataset", "name from manifest")) {
            for (String name :
                    house.jdbc().sql("select " + column).query(String.class).list()) {
                assertThat(text).doesNotContain(name);
            }
        }
    }

    @Test
    void numbersAreThoseOfTheLedger() throws IOException {
        List<String> lines = written();

        for (String state : List.of("EXPECTED", "ARRIVED", "PROCESSED", "ARCHIVED", "QUARANTINED")) {
            assertThat(value(lines, "waybill_files{route=\"ega\",state=\"" + state + "\"}"))
                    .isEqualTo(one("select count(*) from data_file where route = 'ega' and state = '" + state + "'"));
        }
        assertThat(value(lines, "waybill_runs_total{outcome=\"COMPLETED\",route=\"ega\",stage=\"processing\"}"))
                .isEqualTo(
                        one(
                                "select count(*) from run where route = 'ega' and stage = 'processing' and outcome = 'COMPLETED'"));
        assertThat(value(lines, "waybill_open_quarantined_files{route=\"ega\"}"))
                .isEqualTo(one("select count(*) from file_failure where route = 'ega' and state = 'OPEN'"))
                .isPositive();
    }

    @Test
    void deliveriesAreCountedAndNoRecipientIsNamed() throws IOException {
        List<String> lines = written();

        for (String state : List.of("PENDING", "DELIVERED", "HELD", "REPLACED", "RECALLING", "RECALLED")) {
            assertThat(value(lines, "waybill_deliveries{route=\"ega\",state=\"" + state + "\"}"))
                    .isEqualTo(one("select count(*) from delivery where state = '" + state + "'"));
        }
        assertThat(value(lines, "waybill_overdue_deliveries{route=\"ega\"}"))
                .isEqualTo(one("select count(*) from receipt_overview where overdue"))
                .isPositive();
        assertThat(value(lines, "waybill_oldest_open_failure_timestamp_seconds{kind=\"delivery\",route=\"ega\"}"))
                .isEqualTo(Instant.parse("2026-07-02T05:59:41Z").getEpochSecond());
        assertThat(lines).noneMatch(line -> line.contains("partner") || line.contains("vault"));
    }

    /** Issue: the time of the last success is never reset by a failure. */
    @Test
    void aFailureDoesNotChangeTheLastSuccess() throws IOException {
        String success = "waybill_last_success_timestamp_seconds{route=\"ega\",stage=\"processing\"}";
        List<String> night = written();
        double before = value(night, success);
        double openBefore = value(night, "waybill_open_failed_runs{route=\"ega\",stage=\"processing\"}");

        house.jdbc().sql("""
                        insert into run (run_id, launch_id, route, stage, fence, status, started_at, ended_at, message)
                        select max(run_id) + 1000, max(launch_id), 'ega', 'processing', 99, 'FAILED',
                               timestamptz '2026-07-03 01:00:00Z', timestamptz '2026-07-03 01:10:00Z', 'IOException: no space'
                        from run
                        """).update();
        List<String> after = written();

        assertThat(value(after, success)).isEqualTo(before);
        assertThat(value(after, "waybill_last_run_success{route=\"ega\",stage=\"processing\"}"))
                .isZero();
        assertThat(value(after, "waybill_last_run_duration_seconds{route=\"ega\",stage=\"processing\"}"))
                .isEqualTo(600);
        assertThat(value(after, "waybill_last_failure_timestamp_seconds{route=\"ega\",stage=\"processing\"}"))
                .isEqualTo(Instant.parse("2026-07-03T01:10:00Z").getEpochSecond());
        assertThat(value(after, "waybill_open_failed_runs{route=\"ega\",stage=\"processing\"}"))
                .isEqualTo(openBefore + 1);
    }

    @Test
    void theDeadlineOfTheNextRunIsTheScheduleWithItsGrace() throws IOException {
        house.jdbc().sql("""
                        insert into route_configuration (route, sha256, seen_at) values ('ega', repeat('a', 64), now());
                        insert into route_schedule (configuration_id, target, stage, cron, zone, grace_seconds)
                        select max(configuration_id), 'ega', 'intake', '15 1 * * *', 'UTC', 1800 from route_configuration
                        """).update();

        double deadline = value(written(), "waybill_next_run_deadline_timestamp_seconds{route=\"ega\",target=\"ega\"}");

        assertThat(Instant.ofEpochSecond((long) deadline))
                .isAfter(Instant.now())
                .asString()
                .endsWith("T01:45:00Z");
    }

    @Test
    void theFileIsReplacedWholeAndAllCanReadIt() throws IOException {
        written();
        Path file = new MetricsFile(folder, "ega").path();
        Path left = Files.createFile(folder.resolve(".waybill-ega.prom-1.new"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(7200)));
        Object inode = Files.getAttribute(file, "unix:ino");
        written();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(inode);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFolderThatIsNotThereIsAFault() {
        assertThatThrownBy(() -> new MetricsFile(folder.resolve("none"), "ega")
                        .write(house.bean(Measurements.class).of("ega")))
                .isInstanceOf(IOException.class);
    }

    private List<String> written() throws IOException {
        MetricsFile file = new MetricsFile(folder, "ega");
        file.write(house.bean(Measurements.class).of("ega"));
        return Files.readAllLines(file.path());
    }

    private static double value(List<String> lines, String series) {
        return lines.stream()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(series + " is not in\n" + String.join("\n", lines)));
    }

    private double one(String sql) {
        return house.jdbc().sql(sql).query(Double.class).single();
    }
}
