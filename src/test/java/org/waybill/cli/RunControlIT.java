package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.FirstStart;
import org.waybill.ledger.postgres.Database;
import org.waybill.stage.Uploads;
import tools.jackson.databind.JsonNode;

/** What an operator does in the morning about what failed in the night. */
class RunControlIT {

    private static final byte[] READS = "some reads".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path home;

    private Office office;
    private Database server;
    private Uploads uploads;

    @BeforeEach
    void makeHome() throws IOException {
        office = new Office(home);
        server = FirstStart.keepUp(home);
        uploads = office.uploads();
    }

    @AfterEach
    void endProcesses() {
        office.close();
        server.close();
    }

    @Test
    void failedPartIsRestartedAndTheRouteGoesOn() throws IOException {
        ship("a.bam", "b.bam", "c.bam", "d.bam");
        Runnable mend = breakReceived("c.bam");

        Called night = waybill("run", "ega");
        assertThat(night.code()).isEqualTo(ExitCode.FAILED);
        long failed = onlyOpenRun();
        assertThat(night.err()).contains("--home " + home + " runs restart " + failed);
        assertThat(waybill("runs", "open").out())
                .contains("run " + failed + "  ega.processing  failed", "a disk or a connection failed")
                .contains("--home " + home + " runs restart " + failed);
        mend.run();

        assertThat(waybill("runs", "restart", failed, "--plan").out())
                .isEqualTo("run " + failed + ": ega, processing, then archive\n");
        Called restarted = waybill("runs", "restart", failed, "--json");
        assertThat(restarted.code()).as(restarted.err()).isEqualTo(ExitCode.DONE);
        assertThat(restarted.json().at("/0/stages/0/found").asInt()).isBetween(1, 3);
        assertThat(restarted.json().at("/0/stages/1/stage").asString()).isEqualTo("archive");
        assertThat(restarted.json().at("/0/stages/1/done").asInt()).isEqualTo(4);
        long second = restarted.json().at("/0/stages/0/runId").asLong();
        assertThat(partsOf(failed)).hasSizeGreaterThan(1);
        assertThat(partsOf(second)).as("only the part that failed runs again").hasSize(1);
        assertThat(waybill("runs", "open").out()).isEqualTo("nothing needs a person\n");
        assertThat(waybill("runs", "restart", failed).err())
                .contains("run " + failed + " was restarted as run " + second);
        assertThat(waybill("runs", "purge", "--before", "+1d").code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(waybill("runs", "purge", "--before", "1d", "--json")
                        .json()
                        .get("runs")
                        .asInt())
                .isZero();
        assertThat(waybill("runs", "purge", "--before", "1s", "--plan").out()).startsWith("would forget the steps of ");
        assertThat(waybill("runs", "restart", second).err()).contains("completed; there is nothing to restart");
        assertThat(waybill("runs", "restart", 4711).err()).contains("no run has the id 4711");
    }

    @Test
    void runThatALaterOneMadeGoodNeedsNobody() throws IOException {
        ship("a.bam");
        Runnable mend = breakReceived("a.bam");
        assertThat(waybill("run", "ega.processing").code()).isEqualTo(ExitCode.FAILED);
        assertThat(waybill("run", "ega.processing").code()).isEqualTo(ExitCode.FAILED);
        JsonNode open = waybill("runs", "open", "--json").json();
        assertThat(open.get("runs")).hasSize(1);
        assertThat(open.at("/runs/0/before").asInt()).isEqualTo(1);
        long last = open.at("/runs/0/runId").asLong();

        mend.run();
        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.DONE);
        assertThat(waybill("runs", "open", "--json").json().get("runs")).isEmpty();
        assertThat(waybill("runs", "restart", last).err()).contains("was superseded by run");
        assertThat(waybill("runs", "restart", "--failed").out()).isEqualTo("nothing to restart\n");
    }

    @Test
    void allFailedRunsAreRestarted() throws IOException {
        ship("a.bam", "b.bam");
        Runnable mend = breakReceived("a.bam");
        assertThat(waybill("run", "ega.processing", "--file", "a.bam").code()).isEqualTo(ExitCode.FAILED);
        assertThat(waybill("run", "ega.processing").code()).isEqualTo(ExitCode.FAILED);
        mend.run();

        assertThat(waybill("runs", "restart", "--failed", "--since", "24h", "--plan", "--json")
                        .json())
                .hasSize(2);
        assertThat(waybill("runs", "restart", "--failed", "--since", "2040-01-01")
                        .out())
                .isEqualTo("nothing to restart\n");
        Called restarted = waybill("runs", "restart", "--failed", "--since", "24h", "--json");
        assertThat(restarted.code()).as(restarted.err()).isEqualTo(ExitCode.DONE);
        assertThat(restarted.json()).hasSize(2);
        assertThat(waybill("runs", "open", "--json").json().get("runs")).isEmpty();
        assertThat(waybill("runs", "restart").code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(waybill("runs", "restart", 1, "--failed").code()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void runIsAcknowledgedForATimeThenAbandoned() throws IOException {
        ship("a.bam");
        breakReceived("a.bam");
        assertThat(waybill("run", "ega.processing").code()).isEqualTo(ExitCode.FAILED);
        long failed = onlyOpenRun();

        assertThat(waybill("runs", "acknowledge", failed, "--reason", "x", "--until", "1d")
                        .err())
                .contains("--until is over already");
        assertThat(waybill("runs", "acknowledge", failed, "--reason", "disk is coming", "--until", "+4s")
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(waybill("runs", "open").out()).isEqualTo("nothing needs a person\n");
        Office.await(() -> waybill("runs", "open").out().contains("run " + failed));

        assertThat(waybill("runs", "abandon", failed, "--reason", "not any more")
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(waybill("runs", "open").out()).isEqualTo("nothing needs a person\n");
        assertThat(waybill("runs", "list", "--status", "abandoned", "--json").json())
                .hasSize(1);
        assertThat(waybill("runs", "restart", failed).err()).contains("was abandoned; begin anew");
        assertThat(waybill("runs", "abandon", failed, "--reason", "again").err())
                .contains("is ABANDONED; only one");
        assertThat(waybill("runs", "acknowledge", failed, "--reason", "x").err())
                .contains("needs nobody: it is ABANDONED");
    }

    @Test
    void quarantinedFilesAreAcknowledgedAbandonedOrReadmitted() throws IOException {
        uploads.crypt4gh("a.bam.c4gh", READS);
        uploads.crypt4gh("b.bam.c4gh", READS);
        uploads.manifest("D1.md5", "0".repeat(32) + "  a.bam\n" + "1".repeat(32) + "  b.bam\n");
        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.QUARANTINED);
        JsonNode open = waybill("runs", "open", "--json").json();
        assertThat(open.get("files")).hasSize(2);
        assertThat(open.at("/files/0/command").asString()).contains("files readmit 1 --reason");
        assertThat(waybill("runs", "open").out()).contains("2 files of ega  PLAIN_CHECKSUM_MISMATCH", "# a.bam");

        assertThat(waybill("files", "acknowledge", "a.bam", "--reason", "asked").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(waybill("files", "abandon", "b.bam", "--reason", "lost").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(waybill("runs", "open").out()).isEqualTo("nothing needs a person\n");
        assertThat(waybill("files", "readmit", "b.bam", "--reason", "found").code())
                .isEqualTo(ExitCode.DONE);
        assertThat(waybill("files", "abandon", "b.bam", "--reason", "x").err()).contains("is not in quarantine");
        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(waybill("runs", "open", "--json").json().at("/files/0/path").asString())
                .as("it needs a person anew")
                .isEqualTo("b.bam");
    }

    @Test
    void runOfAnotherProcessIsWatchedStoppedAndRestarted() throws Exception {
        office.large();
        Process process = office.start("run", "ega");
        long run = office.awaitProcessing();
        CompletableFuture<Called> watching = CompletableFuture.supplyAsync(() -> waybill("runs", "watch", run));
        assertThat(waybill("runs", "restart", run).code()).isEqualTo(ExitCode.REFUSED);
        assertThat(waybill("runs", "abandon", run, "--reason", "x").code()).isEqualTo(ExitCode.REFUSED);

        Called stopped = waybill("runs", "stop", run, "--json");

        assertThat(stopped.code()).as(stopped.err()).isEqualTo(ExitCode.DONE);
        assertThat(stopped.json().get("status").asString()).isEqualTo("STOPPED");
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.STOPPED.number());
        assertThat(watching.join().code()).isEqualTo(ExitCode.STOPPED);
        assertThat(waybill("runs", "open").out()).as("it was meant").isEqualTo("nothing needs a person\n");
        assertThat(waybill("runs", "stop", run).err()).contains("is not running but STOPPED");
        Called restarted = waybill("runs", "restart", run, "--json");
        assertThat(restarted.code()).as(restarted.err()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(restarted.json().at("/0/stages/0/quarantined").asInt()).isEqualTo(1);
        assertThat(restarted.json().at("/0/stages/1/stage").asString()).isEqualTo("archive");
    }

    @Test
    void runWhoseProcessWasKilledIsRestarted() throws Exception {
        office.large();
        Process process = office.start("run", "ega");
        long run = office.awaitProcessing();
        process.destroyForcibly().waitFor();
        Office.await(() -> waybill("runs", "open", "--json").json().get("runs").size() == 1);

        assertThat(waybill("runs", "open").out())
                .contains("run " + run + "  ega.processing  died", "the process died", "runs restart " + run);
        assertThat(waybill("runs", "stop", run).err()).contains("the process of run " + run + " died; restart it");
        assertThat(waybill("runs", "watch", run).code()).isEqualTo(ExitCode.FAILED);
        Called restarted = waybill("runs", "restart", run);
        assertThat(restarted.code()).as(restarted.err()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(waybill("runs", "open", "--json").json().get("runs")).isEmpty();
    }

    private void ship(String... names) throws IOException {
        StringBuilder manifest = new StringBuilder();
        for (String name : names) {
            uploads.crypt4gh(name + ".c4gh", READS);
            manifest.append(Uploads.md5(READS)).append("  ").append(name).append('\n');
        }
        uploads.manifest("D1.md5", manifest.toString());
        assertThat(waybill("run", "ega.intake").code()).isEqualTo(ExitCode.DONE);
        assertThat(waybill("run", "ega.transfer").code()).isEqualTo(ExitCode.DONE);
    }

    /** Puts a folder where a received file was. @return puts the file back */
    private Runnable breakReceived(String path) throws IOException {
        String id = waybill("files", "show", path, "--json").json().at("/id").asString();
        Path received = home.resolve("incoming/.waybill/received").resolve(id);
        assertThat(received).isRegularFile();
        Path aside = Files.move(received, home.resolve("aside"));
        Files.createDirectory(received);
        return () -> {
            try {
                Files.delete(received);
                Files.move(aside, received);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private long onlyOpenRun() {
        JsonNode runs = waybill("runs", "open", "--json").json().get("runs");
        assertThat(runs).hasSize(1);
        return runs.at("/0/runId").asLong();
    }

    private List<String> partsOf(long run) {
        return waybill("runs", "show", run, "--json")
                .json()
                .get("steps")
                .valueStream()
                .map(step -> step.get("name").asString())
                .filter(name -> name.startsWith("part:"))
                .toList();
    }

    private Called waybill(Object... arguments) {
        return office.waybill(arguments);
    }
}
