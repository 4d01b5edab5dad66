package org.waybill.format.crypt4gh.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;

/** Keys that the real ssh-keygen makes. */
@Tag("oracle")
class SshKeygenIT {

    private static final Path SSH_KEYGEN = Path.of("/usr/bin/ssh-keygen");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void requireSshKeygen() {
        boolean present = Files.isExecutable(SSH_KEYGEN);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("ssh-keygen on the build machine").isTrue();
        }
        assumeTrue(present, "no ssh-keygen: install Debian's openssh-client (apt install openssh-client)");
    }

    @Test
    void bothHalvesOfAnOpenKeyAreOnePair() throws Exception {
        assertIsPair(keygen(List.of("-N", "")), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aes128-ctr", "aes192-ctr", "aes256-ctr", "aes128-cbc", "aes192-cbc", "aes256-cbc"})
    void bothHalvesOfALockedKeyAreOnePair(String cipher) throws Exception {
        Path key = keygen(List.of("-N", "pässwörd€", "-Z", cipher, "-a", "3"));

        assertIsPair(key, "pässwörd€".toCharArray());
        assertThatThrownBy(() -> KeyFileReader.readSecret(key, "password".toCharArray()))
                .isInstanceOf(KeyFileException.WrongPassphrase.class);
    }

    @Test
    void readsWhatIsLockedByDefault() throws Exception {
        assertIsPair(keygen(List.of("-N", "pässwörd€")), "pässwörd€".toCharArray());
    }

    /** What the message about other ciphers tells to do. */
    @Test
    void aKeyLockedByAnotherCipherCanBeLockedAnew() throws Exception {
        Path key = keygen(List.of("-N", "secret", "-Z", "aes256-gcm@openssh.com"));
        assertThatThrownBy(() -> KeyFileReader.readSecret(key, "secret".toCharArray()))
                .hasMessageContaining("ssh-keygen -p -Z aes256-ctr -f FILE");

        run(List.of("-p", "-Z", "aes256-ctr", "-P", "secret", "-N", "secret", "-f", key.toString()));

        assertIsPair(key, "secret".toCharArray());
    }

    private static void assertIsPair(Path key, char @Nullable [] passphrase) throws Exception {
        try (Crypt4ghSecretKey secret = KeyFileReader.readSecret(key, passphrase)) {
            assertThat(KeyFileReader.readPublic(key.resolveSibling(key.getFileName() + ".pub")))
                    .isEqualTo(secret.publicKey());
        }
    }

    private Path keygen(List<String> options) throws Exception {
        Path key = folder.resolve("id_ed25519");
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-t", "ed25519", "-C", "someone@example.org", "-f", key.toString()));
        run(arguments);
        return key;
    }

    private void run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SSH_KEYGEN.toString(), "-q"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("output")))
                .isZero();
    }
}
