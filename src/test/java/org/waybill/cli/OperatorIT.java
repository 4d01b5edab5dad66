package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.FirstStart;
import org.waybill.ledger.postgres.Database;
import org.waybill.stage.Uploads;
import tools.jackson.databind.JsonNode;

/** A day of an operator: what is run, what is looked at, what is done by hand, and what the exit codes say. */
class OperatorIT {

    private static final Path LAUNCHER = Path.of("waybill").toAbsolutePath();
    private static final byte[] READS = "some reads".getBytes(StandardCharsets.UTF_8);
    private static final long GIBIBYTE = 1L << 30;

    @TempDir
    private Path home;

    private Database server;

    private Uploads uploads;

    @BeforeEach
    void makeHome() throws IOException {
        uploads = Uploads.in(home, "  rule: renamed", 128, "accept");
        FirstStart.in(home);
        server = FirstStart.keepUp(home);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void quarantineIsToldSeenAndReadmitted() throws IOException {
        uploads.crypt4gh("good.bam.c4gh", READS);
        uploads.crypt4gh("bad.bam.c4gh", READS);
        uploads.manifest("D1.md5", Uploads.md5(READS) + "  good.bam\n" + "0".repeat(32) + "  bad.bam\n");

        Called planned = waybill("run", "ega", "--plan", "--json");
        assertThat(planned.code()).as(planned.err()).isEqualTo(ExitCode.DONE);
        assertThat(planned.json().at("/plan/0/stage").asString()).isEqualTo("intake");
        assertThat(waybill("files", "--json").json()).isEmpty();

        Called run = waybill("run", "ega", "--json");
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(run.json().at("/stages/2/quarantined").asInt()).isEqualTo(1);
        assertThat(waybill("report").out()).contains("A person is needed: 1 file waits in quarantine.");

        JsonNode quarantined =
                waybill("files", "list", "--state", "quarantined", "--json").json();
        String id = quarantined.at("/0/id").asString();
        assertThat(quarantined).hasSize(1);
        Called shown = waybill("files", "show", "bad.bam");
        assertThat(shown.out())
                .contains("PLAIN_CHECKSUM_MISMATCH", "cure", "--home " + home + " files readmit " + id + " --reason");

        Called readmitted = waybill("files", "readmit", id, "--reason", "looked at it", "--json");
        assertThat(readmitted.code()).as(readmitted.err()).isEqualTo(ExitCode.DONE);
        assertThat(readmitted.json().at("/0/to").asString()).isEqualTo("ARRIVED");
        assertThat(waybill("files", "show", id, "--json")
                        .json()
                        .at("/events")
                        .valueStream()
                        .reduce((a, b) -> b))
                .hasValueSatisfying(event -> {
                    assertThat(event.get("reason").asString()).isEqualTo("READMITTED");
                    assertThat(event.get("detail").asString()).isEqualTo("looked at it");
                    assertThat(event.get("actor").asString()).isEqualTo(System.getProperty("user.name"));
                });
        assertThat(waybill("run", "ega.processing").code()).isEqualTo(ExitCode.QUARANTINED);
    }

    @Test
    void keyIsRotatedAndTheOperatorIsToldHowFarThatIs() throws IOException {
        for (String name : List.of("a.bam", "b.bam", "c.bam")) {
            uploads.crypt4gh(name + ".c4gh", READS);
        }
        String md5 = Uploads.md5(READS);
        uploads.manifest("D1.md5", md5 + "  a.bam\n" + md5 + "  b.bam\n" + md5 + "  c.bam\n");
        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.DONE);
        Path old = home.resolve("keys/archive.sec");
        uploads.route(route -> route.replace("recipients: [keys/archive.pub]", "recipients: [keys/node.pub]"));
        Path damaged = home.resolve("archive/D1/c.bam.c4gh");
        damaged.toFile().setWritable(true);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length - 1] ^= 1;
        Files.write(damaged, bytes);

        assertThat(waybill(
                                "run",
                                "ega.rewrap",
                                "--from",
                                home.resolve("keys/none.sec").toString())
                        .code())
                .isEqualTo(ExitCode.CONFIGURATION);
        Called planned = waybill("run", "ega.rewrap", "--from", old.toString(), "--plan");
        assertThat(planned.out()).contains("rewrap: 3 actions");
        Called some = waybill("run", "ega.rewrap", "--from", old.toString(), "--file", "a.bam");
        assertThat(some.code()).as(some.err()).isEqualTo(ExitCode.DONE);
        assertThat(some.out()).contains("rewrapped 1 of 3 archived files (33 %): keep the old key");

        Called rest = waybill("run", "ega.rewrap", "--from", old.toString(), "--json");
        assertThat(rest.code()).as(rest.err()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(rest.json().at("/stages/0/done").asInt()).isEqualTo(1);
        assertThat(rest.json().at("/stages/0/skipped").asInt()).isEqualTo(1);
        assertThat(rest.json().at("/rewrap/percent").asInt()).isEqualTo(66);
        assertThat(rest.json().at("/rewrap/oldKeyNeeded").asBoolean()).isTrue();
        assertThat(rest.json().at("/rewrap/leftAlone/0/path").asString()).isEqualTo("c.bam");

        bytes[bytes.length - 1] ^= 1;
        Files.write(damaged, bytes);
        Called last = waybill("run", "ega.rewrap", "--from", old.toString());
        assertThat(last.code()).as(last.err()).isEqualTo(ExitCode.DONE);
        assertThat(last.out())
                .contains("rewrapped 3 of 3 archived files (100 %): the old key is no longer needed for this route");
        assertThat(uploads.fromArchive("D1/c.bam.c4gh", "keys/node.sec")).isEqualTo(READS);
        assertThat(waybill("check").code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void handsOffIsToldWhereAFileMayNotBeMoved() throws IOException {
        uploads.crypt4gh("one/a.bam.c4gh", READS);
        uploads.crypt4gh("two/a.bam.c4gh", READS);
        uploads.manifest("D1.md5", Uploads.md5(READS) + "  one/a.bam\n" + Uploads.md5(READS) + "  two/a.bam\n");
        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.DONE);

        assertThat(waybill("files", "readmit", "1", "--reason", "x").err())
                .contains("file 1 is not in quarantine but ARCHIVED; nothing was changed");
        assertThat(waybill("files", "set-state", "1", "ARRIVED", "--reason", "x")
                        .err())
                .contains("file 1 is ARCHIVED, and from there it can only be set to [EXPECTED]");
        Called several = waybill("files", "show", "a.bam");
        assertThat(several.code()).isEqualTo(ExitCode.FAILED);
        assertThat(several.err()).contains("one/a.bam", "two/a.bam", "a.bam fits more than one file: [1, 2]");
        Called none = waybill("datasets", "show", "D9", "--json");
        assertThat(none.code()).isEqualTo(ExitCode.FAILED);
        assertThat(none.json().at("/error/code").asInt()).isEqualTo(1);

        Called set = waybill("files", "set-state", "one/a.bam", "expected", "--reason", "send it again", "--json");
        assertThat(set.code()).as(set.err()).isEqualTo(ExitCode.DONE);
        assertThat(set.json().at("/0/from").asString()).isEqualTo("ARCHIVED");
        assertThat(waybill("datasets", "show", "D1", "--json")
                        .json()
                        .at("/dataset/missing")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void reportGoesToAFileOfItsOwner() throws IOException {
        Path out = home.resolve("night.json");

        Called called = waybill("report", "--format", "json", "--out", out);

        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
        assertThat(called.out()).isEmpty();
        assertThat(Files.readString(out)).startsWith("{").contains("\"verdict\" : \"All is well");
        assertThat(Files.getPosixFilePermissions(out)).hasSize(2);
    }

    @Test
    void checkTellsAllProblemsAndWhetherTheDatabaseWorks() throws IOException {
        assertThat(waybill("check", "ega").out()).contains("database: works", "ega: nothing stands in the way");

        Files.delete(home.resolve("keys/archive.pub"));
        Files.delete(home.resolve("keys/aes"));
        Called check = waybill("check", "--json");
        assertThat(check.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(check.json().at("/problems")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(check.json().get("database").isNull()).isTrue();
        Called run = waybill("run", "ega.intake");
        assertThat(run.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(run.err()).contains("archive.pub", "keys/aes");
    }

    @Test
    void signalEndsARunCleanAndAnotherRunIsRefusedMeanwhile() throws Exception {
        try (RandomAccessFile large =
                new RandomAccessFile(home.resolve("incoming/large.bin").toFile(), "rw")) {
            large.setLength(2 * GIBIBYTE);
        }
        uploads.manifest("D1.md5", "0".repeat(32) + "  large.bin\n");
        Path said = home.resolve("said");
        Process process = new ProcessBuilder(LAUNCHER.toString(), "--home", home.toString(), "run", "ega")
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            awaitWord("transfer", said, process);
            awaitRunOf("ega.processing");
            assertThat(waybill("run", "ega.processing").code()).isEqualTo(ExitCode.REFUSED);
            process.destroy();
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(ExitCode.STOPPED.number());
        assertThat(said).content().contains("processing STOPPED");
        assertThat(waybill("runs", "--status", "stopped", "--json").json()).hasSize(1);
        assertThat(waybill("files", "--state", "arrived", "--json").json()).hasSize(1);
    }

    private void awaitRunOf(String stage) throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (waybill("runs", "--route", stage, "--status", "started", "--json")
                .json()
                .isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(giveUp);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void awaitWord(String word, Path file, Process process) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!Files.readString(file).contains(word)) {
            assertThat(process.isAlive()).isTrue();
            assertThat(System.nanoTime()).isLessThan(giveUp);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private Called waybill(Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        all[0] = "--home";
        all[1] = home;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Called.with(all);
    }
}
