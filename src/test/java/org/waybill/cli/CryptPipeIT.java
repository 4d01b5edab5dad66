package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real processes: pipes, and a signal. */
class CryptPipeIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path folder;

    private Path plain;

    @BeforeEach
    void makeKeyAndFile() throws IOException {
        byte[] content = new byte[1_000_000];
        new Random(7).nextBytes(content);
        plain = Files.write(folder.resolve("a.bam"), content);
        assertThat(Called.with("crypt", "keygen", folder.resolve("node")).code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void passesThroughPipesAsItWas() throws Exception {
        List<Process> pipe = ProcessBuilder.startPipeline(List.of(
                program("encrypt", "--recipient", "node.pub", plain.toString(), "-"),
                program("decrypt", "--key", "node.sec", "-", "-"),
                program("encrypt", "--recipient", "node.pub", "-", "a.bam.c4gh")));
        for (Process each : pipe) {
            assertThat(each.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(each.exitValue()).isZero();
        }
        Path out = folder.resolve("out");
        assertThat(Called.with(
                                "crypt",
                                "decrypt",
                                "--key",
                                folder.resolve("node.sec"),
                                folder.resolve("a.bam.c4gh"),
                                out)
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.mismatch(out, plain)).isEqualTo(-1);
    }

    @Test
    void knowsAndMeasuresAnOpenPgpMessageThatHasNoName() throws Exception {
        OpenPgpFiles.Owner node = OpenPgpFiles.Owner.create();
        node.writeSecret(folder.resolve("node.asc"), "");
        Path message = Files.write(
                folder.resolve("message"), OpenPgpFiles.mdc().to(node).encrypt(Files.readAllBytes(plain)));

        Process decrypt = program("decrypt", "--key", "node.asc", "-", "out")
                .redirectInput(message.toFile())
                .start();
        Process inspect = program("inspect", "--json", "--key", "node.asc", "-")
                .redirectInput(message.toFile())
                .start();

        JsonNode document = JsonMapper.shared().readTree(inspect.getInputStream());
        assertThat(document.get("size").asLong()).isEqualTo(Files.size(message));
        assertThat(document.at("/openpgp/opened").asBoolean()).isTrue();
        assertThat(document.at("/openpgp/recipients/0/keyId").asString()).isEqualTo(node.keyId());
        for (Process each : List.of(decrypt, inspect)) {
            assertThat(each.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(each.exitValue()).isZero();
        }
        assertThat(Files.mismatch(folder.resolve("out"), plain)).isEqualTo(-1);
    }

    @Test
    void leavesNothingWhenItIsAskedToStop() throws Exception {
        Process process =
                program("encrypt", "--recipient", "node.pub", "-", "out").start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(Files.readAllBytes(plain));
            in.flush();
            awaitUnpublished();
            process.toHandle().destroy(); // Process.destroy would close the pipe too
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(ExitCode.STOPPED.number());
        assertThat(names()).noneMatch(name -> name.startsWith(".waybill") || name.equals("out"));
    }

    @Test
    void failsWhenNobodyTakesTheBytes() throws Exception {
        Process process = program("encrypt", "--recipient", "node.pub", plain.toString(), "-")
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.FAILED.number());
    }

    private void awaitUnpublished() throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (names().noneMatch(name -> name.startsWith(".waybill"))) {
            assertThat(System.nanoTime()).isLessThan(giveUp);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private ProcessBuilder program(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JAVA.toString(), "-cp", System.getProperty("java.class.path"), Waybill.class.getName(), "crypt"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
