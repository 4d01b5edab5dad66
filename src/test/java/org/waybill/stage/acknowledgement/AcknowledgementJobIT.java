package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.ledger.Selection;
import org.waybill.report.Report;
import org.waybill.route.RouteFiles;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.run.Counts;
import org.waybill.run.Plan;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;

/** Each line of a log counts once, for whom and what it says, and proves no more than that. */
class AcknowledgementJobIT {

    private static final String N1 = "/results/clinics/north/N-1";
    private static final int SIZE = Clinic.size("N-1");

    @TempDir
    Path home;

    private Clinic clinic;

    @BeforeEach
    void open() throws IOException {
        clinic = Clinic.in(home);
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    @Test
    void aWholeDownloadIsSentInFull() throws Exception {
        clinic.deliver("N-1", "S-2");
        clinic.log(clinic.get(N1, SIZE));

        StageResult result = clinic.read();

        assertThat(result.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, Files.size(clinic.log)));
        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P1 P2");
        assertThat(clinic.rows("select rung || ', ' || evidence from receipt_overview order by placed_as"))
                .containsExactly("P2, web at byte 0 of access.log: 198.51.100.7 (nora) 200", "P0, placed");
    }

    @Test
    void theFirstOfSeveralWholeDownloadsIsTheEvidence() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE), clinic.get(N1, SIZE), clinic.get(N1, SIZE));

        clinic.read();

        assertThat(clinic.rows("select rung || ' at byte ' || line_offset from receipt order by rung"))
                .containsExactly("P1 at byte 0", "P2 at byte 0");
    }

    @Test
    void whatIsNoneOrNotTheRecipientsProvesNothing() throws Exception {
        var before = clinic.now();
        clinic.deliver("N-1", "S-2");
        Line get = clinic.get(N1, SIZE);
        clinic.log(
                get.by("HEAD"),
                get.by("POST"),
                get.status(304),
                get.status(404),
                get.status(401),
                get.status(416),
                get.status(500),
                get.of("/N-1"),
                get.of("/results/N-1"),
                get.of("/results/south/N-1"),
                get.of(N1 + "/"),
                get.of(N1.toLowerCase(Locale.ROOT)),
                get.at(before.minusSeconds(5)),
                get.from("192.0.2.77"),
                get.from("2001:db8::1"),
                get.as("sam"),
                get.as("-"),
                get.of("/results/south/S-2"),
                get.agent("Mozilla/5.0 (compatible; Googlebot/2.1)"),
                get.agent("uptime-monitor 3"));

        StageResult result = clinic.read();

        assertThat(clinic.receipts()).isEmpty();
        assertThat(result.counts()).isEqualTo(new Counts(20, 0, 0, 20, 0, Files.size(clinic.log)));
        assertThat(clinic.ignored())
                .containsExactly(
                        "NOT_THERE_THEN 1",
                        "OTHER_METHOD 2",
                        "OTHER_PATH 5",
                        "OTHER_STATUS 5",
                        "OTHER_USER 3",
                        "OWN_ADDRESS 2",
                        "ROBOT 2");
    }

    @Test
    void aRecipientWithoutUsersIsWhoeverIsNobodyElses() throws Exception {
        clinic.deliver("S-2");
        clinic.log(clinic.get("/results/south/S-2", Clinic.size("S-2")).as("-"));

        clinic.read();

        assertThat(clinic.receipts()).containsExactly("south/S-2 P1 P2");
    }

    @Test
    void whatWasBrokenOffOrNeverToldToBeCompleteIsOnlyAsked() throws Exception {
        clinic.deliver("N-1");
        Line get = clinic.get(N1, SIZE);
        clinic.log(
                get.ended('X'),
                get.sent(SIZE / 2),
                get.size(SIZE - 1),
                get.size(0),
                get.piece(0, SIZE / 2, SIZE),
                get.piece(0, SIZE, SIZE + 1),
                get.piece(0, SIZE, SIZE).ended('X'));

        clinic.read();

        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P1");
        assertThat(clinic.rows("select count(*) from log_request")).containsExactly("7");
    }

    @Test
    void piecesAreUnitedAlsoOverRunsIfOneReaderGotAllOfThemOfOneVersion() throws Exception {
        clinic.deliver("N-1", "N-2");
        Line one = clinic.get(N1, SIZE);
        Line two = clinic.get("/results/clinics/north/N-2", SIZE);
        clinic.log(
                one.piece(500, SIZE, SIZE),
                two.piece(0, 500, SIZE),
                two.piece(500, SIZE, SIZE).etag("\"e2\""));
        clinic.read();
        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P1", "clinics/north/N-2 P1");

        clinic.log(one.piece(0, 400, SIZE), one.piece(300, 501, SIZE));
        clinic.read();

        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P1 P2", "clinics/north/N-2 P1");
    }

    @Test
    void piecesOfTwoReadersOrWithoutAStrongETagAreNotUnited() throws Exception {
        clinic.deliver("S-1", "S-2", "S-3");
        for (String name : new String[] {"S-1", "S-2", "S-3"}) {
            Line get = clinic.get("/results/south/" + name, SIZE).as("-").etag(name.equals("S-2") ? "W/\"e\"" : "-");
            Line other = name.equals("S-1") ? get.etag("\"e\"").from("198.51.100.8") : get;
            clinic.log(
                    (name.equals("S-1") ? get.etag("\"e\"") : get).piece(0, 500, SIZE), other.piece(500, SIZE, SIZE));
        }

        clinic.read();

        assertThat(clinic.receipts()).containsExactly("south/S-1 P1", "south/S-2 P1", "south/S-3 P1");
    }

    @Test
    void aLineCountsOnceHoweverOftenItIsRead() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE), clinic.get(N1, SIZE));
        clinic.read();

        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);

        clinic.log(clinic.get(N1, SIZE));
        assertThat(clinic.read().counts().done()).isEqualTo(1);
        assertThat(clinic.rows("select count(*) from log_request")).containsExactly("3");
        assertThat(clinic.rows("select count(*) from log_stream")).containsExactly("1");
    }

    @Test
    void aHalfLineWaitsForItsOtherHalf() throws Exception {
        clinic.deliver("N-1");
        String line = clinic.get(N1, SIZE).text();
        clinic.log(clinic.get(N1, SIZE).ended('X'));
        Clinic.append(clinic.log, line.substring(0, 60));
        assertThat(clinic.read().counts().found()).isEqualTo(1);

        Clinic.append(clinic.log, line.substring(60) + "\n");

        assertThat(clinic.read().counts().done()).isEqualTo(1);
        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P1 P2");
        assertThat(clinic.rows("select count(*) from log_unparseable")).containsExactly("0");
    }

    @Test
    void aHalfLineOfALogToWhichNothingComesAnyMoreIsCountedAndProvesNothing() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE).ended('X'));
        Clinic.append(clinic.log, clinic.get(N1, SIZE).text());
        gzip(clinic.log, home.resolve("logs/access.log.1.gz"));

        assertThat(clinic.read().counts().quarantined()).isEqualTo(1);
        assertThat(clinic.read().counts().found()).isZero();

        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P1");
        assertThat(clinic.rows("select fault from log_unparseable")).containsExactly("CUT");
        assertThat(clinic.gaps()).isZero();
    }

    @Test
    void rotatedAndCompressedLogsAreGoneOnWith() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE), clinic.get(N1, SIZE));
        clinic.read();
        clinic.log(clinic.get(N1, SIZE));
        Files.move(clinic.log, home.resolve("logs/access.log.1"));
        clinic.log(clinic.get(N1, SIZE));

        assertThat(clinic.read().counts().done()).isEqualTo(2);

        gzip(home.resolve("logs/access.log.1"), home.resolve("logs/access.log.2.gz"));
        Files.move(clinic.log, home.resolve("logs/access.log.1"));
        Clinic.append(home.resolve("logs/access.log.1"), clinic.get(N1, SIZE).text() + "\n");
        clinic.log(clinic.get(N1, SIZE));

        assertThat(clinic.read().counts().done()).isEqualTo(2);
        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);
        assertThat(clinic.lines()).isEqualTo(6);
        assertThat(clinic.gaps()).isZero();
        assertThat(clinic.rows("select ended_as from log_stream order by stream_id"))
                .containsExactly("COMPRESSED", null, null);
    }

    @Test
    void aLogThatIsCopiedAndCutIsGoneOnWithInTheCopy() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE));
        clinic.read();
        clinic.log(clinic.get(N1, SIZE), clinic.get(N1, SIZE));
        Files.copy(clinic.log, home.resolve("logs/access.log.1"));
        Files.writeString(clinic.log, "");
        clinic.log(clinic.get(N1, SIZE));

        assertThat(clinic.read().counts().done()).isEqualTo(3);
        assertThat(clinic.lines()).isEqualTo(4);
        assertThat(clinic.gaps()).isZero();
    }

    @Test
    void aCopyThatIsShorterThanWhatWasReadIsNotReadAgain() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE));
        Files.copy(clinic.log, home.resolve("logs/access.log.1"));
        clinic.log(clinic.get(N1, SIZE));

        assertThat(clinic.read().counts().done()).isEqualTo(2);
        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);
        Files.delete(clinic.log);
        Files.writeString(clinic.log, "");
        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);

        assertThat(clinic.lines()).isEqualTo(2);
        assertThat(clinic.gaps()).isEqualTo(1);
    }

    @Test
    void aLogThatIsGoneBeforeItsEndWasSeenIsAGap() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE));
        clinic.read();
        clinic.log(clinic.get(N1, SIZE));
        Files.delete(clinic.log);
        clinic.log(clinic.get(N1, SIZE));

        clinic.read();

        assertThat(clinic.gaps()).isEqualTo(1);
        assertThat(clinic.rows("""
                select ended_as || ' ' || (g.from_at = s.last_at) || ' ' || (g.to_at > g.from_at)
                from log_gap g join log_stream s using (stream_id)""")).containsExactly("LOST true true");
        clinic.read();
        assertThat(clinic.gaps()).isEqualTo(1);
        Report report = clinic.report();
        assertThat(report.verdict()).contains("A person is needed: 1 access log has a gap");
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).startsWith("access log web of route results has a gap from ");
            assertThat(finding.command()).isEqualTo("waybill receipts --route results");
        });
    }

    @Test
    void aRotatedLogThatWasReadToItsEndMayGo() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE));
        Files.move(clinic.log, home.resolve("logs/access.log.1"));
        clinic.log(clinic.get(N1, SIZE));
        clinic.read();
        Files.delete(home.resolve("logs/access.log.1"));

        clinic.read();

        assertThat(clinic.gaps()).isZero();
        assertThat(clinic.rows("select ended_as from log_stream order by stream_id"))
                .containsExactly("ROTATED", null);
    }

    @Test
    void aDamagedCompressedLogIsReadAsFarAsItGoesAndThenAGap() throws Exception {
        clinic.deliver("N-1");
        for (int i = 0; i < 400; i++) {
            clinic.log(clinic.get(N1, SIZE));
        }
        Path compressed = home.resolve("logs/access.log.1.gz");
        gzip(clinic.log, compressed);
        byte[] whole = Files.readAllBytes(compressed);
        Files.write(compressed, Arrays.copyOf(whole, whole.length - 40));
        clinic.log(clinic.get(N1, SIZE));
        clinic.read();
        assertThat(clinic.gaps()).isZero();
        assertThat(clinic.lines()).isBetween(50L, 400L);

        clinic.house().pass(Duration.ofHours(2));
        clinic.read();
        assertThat(clinic.gaps()).isEqualTo(1);
        assertThat(clinic.rows("select why from log_gap")).allMatch(why -> why.endsWith("is damaged"));

        Files.write(compressed, whole);
        clinic.read();
        assertThat(clinic.lines()).isEqualTo(401);
    }

    @Test
    void linesThatCannotBeReadAreKeptWithWhatIsWrong() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE));
        Clinic.append(clinic.log, "no\tline\n\n");

        StageResult result = clinic.read();

        assertThat(result.counts()).isEqualTo(new Counts(3, 1, 2, 0, 0, Files.size(clinic.log)));
        assertThat(clinic.rows("select fault || ' ' || line from log_unparseable order by line_offset"))
                .hasSize(2)
                .allMatch(row -> !row.contains("\t"))
                .anyMatch(row -> row.startsWith("EMPTY_LINE"));
    }

    @Test
    void aLineBelongsToTheVersionThatStoodThereThen() throws Exception {
        clinic.deliver("N-1");
        Line first = clinic.get(N1, SIZE);
        clinic.house().pass(Duration.ofMinutes(1));
        Files.writeString(home.resolve("incoming/N-1"), "corrected, and shorter");
        for (Stage stage : Stage.of(new RouteFiles(home).named("results"))) {
            assertThat(clinic.house().run("results", stage).status()).isEqualTo(Status.COMPLETED);
        }
        clinic.house().pass(Duration.ofMinutes(1));
        clinic.log(first, clinic.get(N1, SIZE));

        clinic.read();

        assertThat(clinic.rows("""
                select f.version || ' ' || string_agg(r.rung, ' ' order by r.rung)
                from receipt r join delivery d using (delivery_id) join data_file f using (file_id)
                group by f.version order by f.version""")).containsExactly("1 P1 P2", "2 P1");
    }

    @Test
    void aReaderOfTheRouteReadsTheLogsOfOtherServers() throws Exception {
        Clinic.route(home, """
                acknowledgement:
                  readers:
                    ours: '(?<time>\\S+) (?<host>\\S+) (?<method>\\S+) (?<path>\\S+) (?<status>[0-9]+) (?<bytes>[0-9]+) (?<completion>\\S+)'
                  logs:
                    - { name: other, files: logs/other.log, format: ours, channel: web, url-path: / }
                """);
        clinic.deliver("N-1");
        Clinic.append(
                home.resolve("logs/other.log"),
                clinic.get(N1, SIZE).at() + " 198.51.100.7 GET /clinics/north/N-1 200 " + SIZE + " OK\n");

        clinic.read();

        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P1 P2");
    }

    @Test
    void aFolderWithoutTheLogsThatWereThereStopsTheRunAndLosesNothing() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE));
        clinic.read();
        Files.move(clinic.log, home.resolve("elsewhere"));

        StageResult failed = clinic.house().run("results", Stage.ACKNOWLEDGEMENT);

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.message()).contains("log web").contains("is its folder mounted");
        assertThat(clinic.gaps()).isZero();
    }

    @Test
    void thePlanSaysWhatIsNewAndReadsNothing() throws Exception {
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, SIZE));

        Plan plan = clinic.house()
                .bean(Runner.class)
                .plan(new RouteFiles(home).named("results"), Stage.ACKNOWLEDGEMENT, Selection.ALL);

        assertThat(plan.actions())
                .containsExactly(new Plan.Action("web, access.log", "read " + Files.size(clinic.log) + " new bytes"));
        assertThat(clinic.lines()).isZero();
    }

    @Test
    void recipientsWhomNobodyKnowsAndPatternsThatAreNoneAreRefusedAtTheStart() throws Exception {
        Clinic.route(home, """
                acknowledgement:
                  readers: { ours: '(?<time>.*)' }
                  logs:
                    - { name: web, files: logs/access.log*, format: ours, channel: web, url-path: / }
                  users: { nort: [nora] }
                  addresses: { sooth: [198.51.100.0/24] }
                """);

        assertThatThrownBy(() -> clinic.house().run("results", Stage.ACKNOWLEDGEMENT))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessageContaining("acknowledgement.readers.ours")
                .hasMessageContaining("acknowledgement.users.nort: is no recipient of this route")
                .hasMessageContaining("north")
                .hasMessageContaining("acknowledgement.addresses.sooth");
    }

    private static void gzip(Path from, Path to) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
        Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
        Files.delete(from);
    }
}
