package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scheduler gets from the launcher: every exit code, and where there is a fault one line that begins with its name. */
class ExitCodesIT {

    private static final Path LAUNCHER = Path.of("waybill").toAbsolutePath();

    @TempDir
    private Path home;

    private Office office;
    private Path said;

    @BeforeEach
    void openOffice() throws IOException {
        office = new Office(home);
        said = home.resolve("said");
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    @Test
    void doneIs0() throws Exception {
        assertThat(code(Map.of(), "run", "ega")).isZero();
    }

    @Test
    void failedIs1() throws Exception {
        assertThat(code(Map.of(), "runs", "show", "4711")).isEqualTo(1);
        assertThat(said).content().contains("waybill: no run has the id 4711; see");
    }

    @Test
    void wrongUsageIs2() throws Exception {
        assertThat(code(Map.of(), "run", "--quickly", "ega")).isEqualTo(2);
        assertThat(said).content().contains("--quickly");
    }

    @Test
    void quarantinedIs3() throws Exception {
        office.uploads().plain("a.bin", "content".getBytes(StandardCharsets.UTF_8));
        office.uploads().manifest("D1.md5", "0".repeat(32) + "  a.bin\n");
        assertThat(code(Map.of(), "run", "ega")).isEqualTo(3);
    }

    @Test
    void refusedIs4AndStoppedIs7() throws Exception {
        office.large();
        Process first = start(Map.of(), "run", "ega");
        try {
            office.awaitProcessing();
            assertThat(office.waybill("run", "ega.processing").code().number()).isEqualTo(4);
            assertThat(code(Map.of(), "run", "ega.processing")).isEqualTo(4);
            assertThat(said).content().contains("another run of ega.processing is alive");
        } finally {
            first.descendants().forEach(ProcessHandle::destroy);
            first.destroy();
        }
        assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(first.exitValue()).isEqualTo(7);
    }

    @Test
    void configurationIs5() throws Exception {
        office.uploads().route(route -> route.replace("plaintext:", "plaintexts:"));
        assertThat(code(Map.of(), "run", "ega")).isEqualTo(5);
        assertThat(said).content().contains("plaintexts");
    }

    @Test
    void databaseUnreachableIs6() throws Exception {
        Map<String, String> nowhere = Map.of("WAYBILL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/waybill");
        assertThat(code(nowhere, "run", "ega")).isEqualTo(6);
    }

    private int code(Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(environment, arguments);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "--home", home.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        process.environment().putAll(environment);
        Files.deleteIfExists(said);
        return process.start();
    }
}
