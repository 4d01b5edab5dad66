package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The commands and the real {@code gpg} read each other's files. */
@Tag("oracle")
class OpenPgpCommandsIT {

    private static final String NODE = "node@example.org";
    private static final String OTHER = "other@example.org";
    private static final String SENDER = "sender@example.org";
    private static final long TIMEOUT_SECONDS = 120;

    private static Path gnupgHome = Path.of(""); // its path is short, because the agent's socket lies in it
    private static byte[] content = new byte[1_000_000];

    @TempDir
    private Path folder;

    private Path plain;
    private Path encrypted;
    private Path out;

    @BeforeAll
    static void makeKeys() throws Exception {
        boolean present = Files.isExecutable(Path.of("/usr/bin/gpg"));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("gpg on the build machine").isTrue();
        }
        assumeTrue(present, "no gpg: install Debian's gnupg (apt install gnupg)");
        gnupgHome = Files.createTempDirectory(Path.of("/tmp"), "gpg");
        gpg("--passphrase", "geheim", "--quick-gen-key", NODE, "future-default");
        gpg("--passphrase", "", "--quick-gen-key", SENDER, "rsa2048");
        gpg("--passphrase", "", "--quick-gen-key", OTHER, "future-default");
        new Random(5).nextBytes(content);
    }

    @AfterAll
    static void stop() throws Exception {
        if (gnupgHome.toString().isEmpty()) {
            return;
        }
        execute(List.of("gpgconf", "--kill", "all"));
        try (Stream<Path> files = Files.walk(gnupgHome)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @BeforeEach
    void writeFiles() throws IOException {
        plain = Files.write(folder.resolve("a.bam"), content);
        encrypted = folder.resolve("a.bam.gpg");
        out = folder.resolve("out");
    }

    @Test
    void decryptsWhatGpgSignedAndEncrypted() throws Exception {
        Path secret = folder.resolve("node.asc");
        gpg("--passphrase", "geheim", "--output", secret.toString(), "--armor", "--export-secret-keys", NODE);
        Path signer = folder.resolve("sender.pgp");
        gpg("--output", signer.toString(), "--export", SENDER);
        String passphrase = "file:" + Called.secretFile(folder, "geheim");
        gpg("--local-user", SENDER, "--sign", "--recipient", NODE, "--output", encrypted.toString(), "--encrypt", a());

        Called called = Called.with(
                "--json",
                "crypt",
                "decrypt",
                "--key",
                secret,
                "--passphrase",
                passphrase,
                "--signer",
                signer,
                encrypted,
                out);

        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
        assertThat(called.json().at("/signature/outcome").asString()).isEqualTo("good");
        assertThat(gpg("--with-colons", "--list-keys", SENDER))
                .contains("fpr:::::::::" + called.json().at("/signature/key").asString() + ":");
    }

    @Test
    void decryptsWhatGpgEncryptedByAPassword() throws Exception {
        gpg("--passphrase", "pässwörd", "--output", encrypted.toString(), "--symmetric", a());
        Path password = Called.secretFile(folder, "pässwörd");

        Called called = Called.with("crypt", "decrypt", "--password", "file:" + password, encrypted, out);

        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
    }

    /** Without the suffix, and as far as {@code gpg --list-packets} says it too. */
    @ParameterizedTest
    @ValueSource(strings = {"--armor", "--no-armor"})
    void seesForWhomGpgEncrypted(String armour) throws Exception {
        Path nameless = folder.resolve("upload");
        gpg(armour, "--recipient", NODE, "--recipient", OTHER, "--output", nameless.toString(), "--encrypt", a());

        JsonNode document = Called.with("--json", "crypt", "inspect", nameless).json();

        assertThat(document.get("format").asString()).isEqualTo("openpgp");
        assertThat(document.at("/openpgp/armoured").asBoolean()).isEqualTo(armour.equals("--armor"));
        assertThat(document.at("/openpgp/recipients").size()).isEqualTo(2);
        String packets = gpg("--passphrase", "geheim", "--list-packets", nameless.toString());
        for (JsonNode recipient : document.at("/openpgp/recipients")) {
            assertThat(packets).contains("keyid " + recipient.get("keyId").asString());
        }
        assertThat(document.at("/openpgp/integrityProtection").asString()).isEqualTo("mdc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "8KiB", "3MB"})
    void gpgReadsWhatTheDemoEncrypted(String size) throws Exception {
        Path home = Files.createDirectory(folder.resolve("demo"));
        Called demo =
                Called.with("--home", home, "demo", "--prepare", "--files", 1, "--size", size, "--from", "openpgp");
        assertThat(demo.code()).as(demo.err()).isEqualTo(ExitCode.DONE);
        gpg("--import", home.resolve("keys/node-pgp.asc").toString());
        Path message = onlyFile(home.resolve("data/ega/incoming"));

        String answer = gpg("--status-fd", "1", "--output", out.toString(), "--decrypt", message.toString());

        assertThat(answer).contains("DECRYPTION_OKAY").contains("GOODMDC").contains("DECRYPTION_INFO 2 9");
        String line = Files.readString(onlyFile(home.resolve("data/ega/manifests")));
        assertThat(Called.with("checksum", "--algorithm", "md5", out).out()).startsWith(line.substring(0, 32));
    }

    private String a() {
        return plain.toString();
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static String gpg(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "gpg",
                "--batch",
                "--no-tty",
                "--yes",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--no-auto-key-locate", // nobody is asked over the network
                "--trust-model",
                "always"));
        if (!List.of(arguments).contains("--passphrase")) {
            command.addAll(List.of("--passphrase", ""));
        }
        command.addAll(List.of(arguments));
        return execute(command);
    }

    private static String execute(List<String> command) throws Exception {
        Path output = gnupgHome.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("GNUPGHOME", gnupgHome.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String answer = Files.readString(output);
        assertThat(process.waitFor()).as("%s: %s", command, answer).isZero();
        return answer;
    }
}
