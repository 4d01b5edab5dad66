package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.ForeignProgram;
import tools.jackson.databind.JsonNode;

/**
 * From "the mail says failed" to "restarted and green" in two commands: what it says is open, and what it says to paste. A part
 * that failed and a process that was killed are in {@link RunControlIT}.
 */
class MorningIT {

    @TempDir
    private Path home;

    private Office office;

    @BeforeEach
    void openOffice() throws IOException {
        office = new Office(home);
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    @Test
    void databaseWasGoneInTheNight() throws Exception {
        office.large();
        Process night = office.start("run", "ega");
        office.awaitProcessing();
        kill(Long.parseLong(Files.readAllLines(home.resolve("data/postgres/cluster/postmaster.pid"))
                .get(0)));
        assertThat(exitCode(night)).isEqualTo(ExitCode.DATABASE_UNREACHABLE.number());

        restartWhatIsOpen("DIED");
    }

    @Test
    @Tag("oracle")
    void diskWasFull() throws Exception {
        ForeignProgram.require("strace", "strace");
        office.large();
        Process night = office.start("run", "ega");
        office.awaitProcessing();
        Process fault = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-qq",
                        "-o",
                        "/dev/null",
                        "-e",
                        "trace=pwrite64",
                        "-e",
                        "inject=pwrite64:error=ENOSPC",
                        "-p",
                        String.valueOf(night.pid()))
                .inheritIO()
                .start();
        assertThat(exitCode(night)).isEqualTo(ExitCode.FAILED.number());
        assertThat(fault.waitFor(1, TimeUnit.MINUTES)).isTrue();

        restartWhatIsOpen("DISK_FULL");
    }

    /** Nothing was begun, so that there is nothing to restart: the message says what to mend. */
    @Test
    void passphraseWasWrong() throws Exception {
        office.uploads().plain("a.bin", "content".getBytes(StandardCharsets.UTF_8));
        office.uploads().manifest("D1.md5", "0".repeat(32) + "  a.bin\n");
        Path passphrase = Files.writeString(home.resolve("passphrase"), "right\n");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
        assertThat(Called.with("crypt", "keygen", home.resolve("keys/locked"), "--passphrase", "file:" + passphrase)
                        .code())
                .isEqualTo(ExitCode.DONE);
        office.uploads()
                .route(route -> route.replace(
                        "{ keys: [keys/node.sec] }", "{ keys: [keys/locked.sec], passphrase: \"file:passphrase\" }"));
        Files.writeString(passphrase, "wrong\n");
        Called night = office.waybill("run", "ega");
        assertThat(night.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(night.err()).contains("keys/locked.sec", "passphrase").doesNotContain("wrong\n");

        Files.writeString(passphrase, "right\n");
        assertThat(office.waybill("run", "ega").code()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(office.waybill("runs", "open", "--json").json().get("runs")).isEmpty();
    }

    private void restartWhatIsOpen(String fault) {
        JsonNode open = office.waybill("runs", "open", "--json").json().at("/runs");
        assertThat(open).hasSize(1);
        assertThat(open.at("/0/fault").asString()).isEqualTo(fault);
        String[] pasted = open.at("/0/command").asString().split(" ");
        assertThat(pasted)
                .containsSequence("runs", "restart", open.at("/0/runId").asString());

        Called restarted = office.waybill("runs", "restart", pasted[pasted.length - 1]);

        assertThat(restarted.code()).as(restarted.err()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(office.waybill("runs", "open", "--json").json().get("runs")).isEmpty();
    }

    private static int exitCode(Process night) throws InterruptedException {
        assertThat(night.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return night.exitValue();
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }
}
