package org.waybill.format.crypt4gh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;

/** What we write, read by an independent reader on libsodium, written from the specification alone. */
@Tag("oracle")
class Crypt4ghOracleIT {

    private static final String PYTHON = "/usr/bin/python3"; // Debian's own, which sees Debian's python3-nacl
    private static final String READER = "src/test/oracle/crypt4gh_read.py";
    private static final long TIMEOUT_SECONDS = 60;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void requireOracle() throws Exception {
        boolean present = Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import nacl.bindings")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("python3-nacl on the build machine").isTrue();
        }
        assumeTrue(present, "no oracle: install Debian's python3-nacl (apt install python3-nacl)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 65_535, 65_536, 65_537, 131_072, 131_572})
    void readsWhatWeWrite(int length) throws Exception {
        byte[] plaintext = Samples.plaintext(length, 11);
        try (Crypt4ghSecretKey reader = Crypt4ghSecretKey.generate();
                Crypt4ghSecretKey other = Crypt4ghSecretKey.generate()) {
            Path key = folder.resolve("reader.sec");
            KeyFileWriter.writeSecret(reader, key, "pässwörd€".toCharArray());

            Answer answer =
                    ask(key, "pässwörd€", Samples.encrypt(plaintext, List.of(other.publicKey(), reader.publicKey())));

            assertThat(answer).isEqualTo(new Answer(0, ""));
            assertThat(plain()).isEqualTo(plaintext);
        }
    }

    @Test
    void readsOurUnlockedKeysAndOurRewrappedHeaders() throws Exception {
        byte[] file = Files.readAllBytes(Samples.FILES.resolve("edit-list.c4gh"));
        try (Crypt4ghSecretKey reader = Crypt4ghSecretKey.generate()) {
            Path key = folder.resolve("reader.sec");
            KeyFileWriter.writeSecret(reader, key, null);
            Crypt4ghHeader header = Crypt4ghHeader.read(Files.newInputStream(Samples.FILES.resolve("edit-list.c4gh")));
            byte[] rewrapped = header.open(List.of(Samples.pythonKey())).sealFor(List.of(reader.publicKey()));
            byte[] body = Arrays.copyOfRange(file, (int) header.lengthBytes(), file.length);

            Path joined = folder.resolve("rewrapped.c4gh");
            Files.write(joined, rewrapped);
            Files.write(joined, body, StandardOpenOption.APPEND);

            assertThat(ask(key, "", Files.readAllBytes(joined))).isEqualTo(new Answer(0, ""));
            assertThat(plain()).isEqualTo(Samples.decrypt(file, Samples.pythonKey()));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsTheVectorsAsWeDo(Path vector) throws Exception {
        byte[] file = Files.readAllBytes(vector);

        assertThat(ask(Samples.KEYS.resolve("node-python.sec"), "pypass", file)).isEqualTo(new Answer(0, ""));
        assertThat(plain()).isEqualTo(Samples.decrypt(file, Samples.pythonKey()));
    }

    /** An oracle that accepts everything would prove nothing. */
    @Test
    void refusesWhatIsDamagedOrCut() throws Exception {
        byte[] file = Files.readAllBytes(Samples.FILES.resolve("go.65537.c4gh"));
        byte[] flipped = file.clone();
        flipped[200] ^= 1;
        for (byte[] bad : List.of(
                flipped, Arrays.copyOf(file, file.length - 1), Arrays.copyOf(file, 124 + 65_564 + 3), new byte[0])) {
            Answer answer = ask(Samples.KEYS.resolve("node-python.sec"), "pypass", bad);

            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.reason()).startsWith("crypt4gh_read: ");
            assertThat(plain()).isEmpty();
        }
    }

    static Stream<Path> vectors() throws IOException {
        try (Stream<Path> files = Files.list(Samples.FILES)) {
            return files.sorted().toList().stream();
        }
    }

    private record Answer(int status, String reason) {}

    private Answer ask(Path key, String passphrase, byte[] file) throws Exception {
        Path in = Files.write(folder.resolve("in"), file);
        Path reason = folder.resolve("reason");
        ProcessBuilder builder = new ProcessBuilder(PYTHON, READER, key.toString())
                .redirectInput(in.toFile())
                .redirectOutput(folder.resolve("plain").toFile())
                .redirectError(reason.toFile());
        builder.environment().put("C4GH_PASSPHRASE", passphrase);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Answer(process.waitFor(), Files.readString(reason));
    }

    private byte[] plain() throws IOException {
        return Files.readAllBytes(folder.resolve("plain"));
    }
}
