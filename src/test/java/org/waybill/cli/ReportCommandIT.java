package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.stage.Uploads;

/** The report on the command line: its forms, its files, its times. */
class ReportCommandIT {

    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    @TempDir
    private static Path home;

    @BeforeAll
    static void runOnce() throws IOException {
        Uploads uploads = Uploads.in(home);
        byte[] reads = {1, 2, 3};
        uploads.crypt4gh("good.bam.c4gh", reads);
        uploads.manifest("D1.md5", Uploads.md5(reads) + "  good.bam\n" + "0".repeat(32) + "  not-sent.bam\n");
        Files.writeString(
                home.resolve("jobs/ega.yaml"),
                Files.readString(home.resolve("jobs/ega.yaml")) + "schedule: { zone: UTC, route: '15 1 * * *' }\n");
        assertThat(Called.with("--home", home, "run", "ega").code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void everyFormComesOnStandardOutput() {
        assertThat(report("--format", "html").out())
                .startsWith("<!DOCTYPE html>")
                .contains("<b>2</b><span>expected</span>");
        assertThat(report("--format", "csv").out()).contains("\r\nconservation,1,files,2\r\n");
        assertThat(report("--format", "text").out())
                .startsWith("Waybill report, ")
                .contains("not-sent.bam");
        assertThat(report("--format", "json")
                        .json()
                        .at("/sections/conservation/rows/0/files")
                        .asInt())
                .isEqualTo(2);
        assertThat(report("--json").json().at("/sections/schedules/rows/0/cron").asString())
                .isEqualTo("15 1 * * *");
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "csv", "text", "json"})
    void fileHasWhatStandardOutputHasAndIsItsOwners(String form) throws IOException {
        LocalDate before = TODAY.minusDays(7);
        Path out = home.resolve("night." + form);

        Called called = report("--night", before, "--format", form, "--out", out);

        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
        assertThat(called.out()).isEmpty();
        assertThat(out)
                .content()
                .isEqualTo(report("--night", before, "--format", form).out());
        assertThat(Files.getPosixFilePermissions(out)).hasSize(2);
    }

    @Test
    void folderGetsATableForEachSection() throws IOException {
        Path folder = Files.createDirectory(home.resolve("tables"));

        assertThat(report("--format", "csv", "--out", folder).code()).isEqualTo(ExitCode.DONE);

        assertThat(folder.resolve("conservation.csv")).content().startsWith("route,files,arrived,processed,archived,");
        assertThat(folder.resolve("differences.csv")).content().contains("not-sent.bam");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("report.csv", "missingRuns.csv", "versions.csv")
                    .allMatch(name -> name.endsWith(".csv"));
        }
    }

    @Test
    void sha256IsCheckedAsTheReportSays() {
        String csv = report("--night", TODAY.minusDays(7), "--zone", "Europe/Oslo", "--format", "csv")
                .out();
        List<String> lines = csv.lines().toList();
        String before = String.join("\r\n", lines.subList(0, lines.size() - 1)) + "\r\n";

        assertThat(lines.get(lines.size() - 1)).isEqualTo("report,1,sha256," + DigestUtils.sha256Hex(before));
        assertThat(report("--night", TODAY.minusDays(7), "--zone", "Europe/Oslo")
                        .out())
                .contains(DigestUtils.sha256Hex(before))
                .contains("./waybill report --night " + TODAY.minusDays(7)
                        + " --zone Europe/Oslo --format csv | head -n -1 | sha256sum");
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        assertRefused("the night of 2999-01-01 has not begun", "--night", "2999-01-01");
        assertRefused("exclude each other", "--night", "2026-07-01", "--since", "24h");
        assertRefused("'Oslo' is not a time zone", "--night", "2026-07-01", "--zone", "Oslo");
        assertRefused("name the night with --night", "--zone", "Europe/Oslo");
    }

    private static void assertRefused(String message, Object... options) {
        Called called = report(options);
        assertThat(called.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(called.err()).contains(message);
        assertThat(called.out()).isEmpty();
    }

    private static Called report(Object... options) {
        return Called.with(Stream.concat(Stream.of("--home", home, "report"), Stream.of(options))
                .toArray());
    }
}
