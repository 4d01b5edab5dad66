package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.FakeMonitor;
import org.waybill.FakeMonitor.Received;
import org.waybill.FirstStart;
import org.waybill.ledger.WaybillHome;
import org.waybill.ledger.postgres.Database;
import org.waybill.stage.Uploads;

/** What the monitor of a route is told of commands. */
class PingIT {

    private static final byte[] READS = "some reads".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path home;

    private Database server;

    private Uploads uploads;
    private FakeMonitor monitor;

    @BeforeEach
    void makeHome() throws IOException {
        uploads = Uploads.in(home, "  rule: renamed", 128, "accept");
        FirstStart.in(home);
        server = FirstStart.keepUp(home);
        monitor = answering(number -> 200);
    }

    @AfterEach
    void close() {
        monitor.close();
        server.close();
    }

    /** A monitor of its own for the route and for archive; the route's address is in a file. */
    private FakeMonitor answering(IntUnaryOperator status) throws IOException {
        FakeMonitor answering = new FakeMonitor(status);
        Path secret = Called.secretFile(home, "ping");
        Files.writeString(secret, answering.url("/hunter2") + "\n");
        String route = Files.readString(home.resolve("jobs/ega.yaml")).replaceFirst("(?s)\nping:.*", "\n");
        Files.writeString(
                home.resolve("jobs/ega.yaml"),
                route + "ping:\n  route: file:" + secret + "\n  archive: " + answering.url("/archive") + "\n");
        return answering;
    }

    @Test
    void theNightIsToldWithItsRuns() throws Exception {
        uploads.plain("subject-1.bam", READS);
        uploads.manifest("D1.md5", Uploads.md5(READS) + "  subject-1.bam\n");

        Called night = waybill("run", "ega", "--json");

        assertThat(night.code()).as(night.err()).isEqualTo(ExitCode.DONE);
        List<Received> told = monitor.received();
        assertThat(told).extracting(Received::path).containsExactly("/hunter2/start", "/hunter2");
        assertThat(told)
                .extracting(Received::words)
                .containsExactly("ega begins", "ega, runs 1 2 3 4, exit code 0: done");
        assertThat(told.get(0).rid()).isEqualTo(told.get(1).rid());
        assertThat(told.toString()).doesNotContain("subject", "D1");
    }

    @Test
    void findingsAreASuccess() throws Exception {
        uploads.plain("a.bam", READS);
        uploads.manifest("D1.md5", "0".repeat(32) + "  a.bam\n");

        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(monitor.received()).extracting(Received::path).containsExactly("/hunter2/start", "/hunter2");
    }

    @Test
    void whatCannotBeginIsAFailure() throws Exception {
        Files.delete(home.resolve("keys/node.sec"));

        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(monitor.received()).extracting(Received::path).containsExactly("/hunter2/fail");
        assertThat(monitor.received().get(0).words()).startsWith("ega, runs none, exit code 5");
    }

    @Test
    void whatIsRefusedIsNotTold() throws Exception {
        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.DONE);
        int before = monitor.received().size();

        try (Database database = Database.open(new WaybillHome(home), Map.of(), "another run", text -> {});
                Connection another = database.openConnection();
                Statement lock = another.createStatement()) {
            lock.execute("select pg_advisory_lock(hashtextextended('waybill:ega.intake', 0))");
            assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.REFUSED);
        }
        assertThat(monitor.received()).hasSize(before);
    }

    @Test
    void aStageHasAnAddressOfItsOwnAndAPartOfTheFilesHasNone() throws Exception {
        assertThat(waybill("run", "ega.archive").code()).isEqualTo(ExitCode.DONE);
        assertThat(monitor.received()).extracting(Received::path).containsExactly("/archive/start", "/archive");

        assertThat(waybill("run", "ega.intake").code()).isEqualTo(ExitCode.DONE);
        assertThat(waybill("run", "ega", "--dataset", "D1").code()).isEqualTo(ExitCode.DONE);
        assertThat(monitor.received()).hasSize(2);
    }

    @Test
    void aMonitorThatRefusesIsALineWithoutItsAddress() throws Exception {
        monitor.close();
        monitor = answering(number -> 503);

        Called night = waybill("run", "ega");

        assertThat(night.code()).isEqualTo(ExitCode.DONE);
        assertThat(night.err().lines().filter(line -> line.contains("ping")))
                .hasSize(2)
                .allMatch("waybill: ping of ega was not sent: the answer is HTTP 503"::equals);
    }

    @Test
    void anAddressThatIsNotThereIsALineToo() throws Exception {
        Files.writeString(Called.secretFile(home, "ping"), "hunter2\n", StandardOpenOption.TRUNCATE_EXISTING);

        Called night = waybill("run", "ega");

        assertThat(night.code()).isEqualTo(ExitCode.DONE);
        assertThat(night.err()).contains("secret-ping: is not an address").doesNotContain("hunter2");
    }

    private Called waybill(Object... arguments) {
        return Called.with(
                Stream.concat(Stream.of("--home", home), Stream.of(arguments)).toArray());
    }
}
