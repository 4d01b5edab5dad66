package org.waybill.remote.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.ForeignProgram;
import org.waybill.remote.sftp.SftpPartner.Abilities;
import org.waybill.remote.sftp.identity.KnownHosts;
import org.waybill.remote.sftp.identity.SftpLogin;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;

/** Keys that the real ssh-keygen and openssl make, and a real sshd that shows its own. */
class KeysIT {

    private static final String PASSPHRASE = "pässwörd€";

    @TempDir
    private static Path serverFolder = Path.of("");

    private static OpenSshServer server;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void startServer() throws Exception {
        server = OpenSshServer.start(serverFolder);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    static Stream<Arguments> everyKind() {
        return Stream.of("", PASSPHRASE)
                .flatMap(passphrase -> Stream.of("RFC4716", "PEM", "PKCS8").flatMap(format -> Stream.of(
                                List.of("ed25519", "256"),
                                List.of("ecdsa", "256"),
                                List.of("ecdsa", "384"),
                                List.of("ecdsa", "521"),
                                List.of("rsa", "2048"))
                        .map(kind -> Arguments.of(kind.get(0), kind.get(1), format, passphrase))));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void everyKindOfKeyLetsUsIn(String type, String bits, String format, String passphrase) throws Exception {
        Path key = folder.resolve("key");
        OpenSshServer.keygen(key, "-t", type, "-b", bits, "-m", format, "-N", passphrase, "-a", "2");
        allow(key);

        if (isLockedForOthersOnly(key, passphrase)) {
            assertThatThrownBy(() -> login(key, passphrase))
                    .isInstanceOf(SftpRefusedException.class)
                    .hasMessageContaining("letters, digits and signs of ASCII")
                    .hasMessageContaining("ssh-keygen -p");
            return;
        }
        SftpLogin login = login(key, passphrase.isEmpty() ? null : passphrase);

        assertThat(login.fingerprint()).isEqualTo(fingerprint(key));
        assertThat(ask(login, server.knownHosts()).version()).contains("OpenSSH");
        if (!passphrase.isEmpty()) {
            assertThatThrownBy(() -> login(key, "password"))
                    .isInstanceOf(SftpRefusedException.class)
                    .hasMessageContaining("passphrase does not open")
                    .hasMessageNotContaining("password");
            assertThatThrownBy(() -> login(key, null)).hasMessageContaining("is locked: give its passphrase");
        }
    }

    @Test
    void anEd25519KeyOfOpensslLetsUsIn() throws Exception {
        ForeignProgram.require("openssl", "openssl");
        Path key = folder.resolve("key");
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString());
        Path locked = folder.resolve("locked");
        run("openssl", "pkcs8", "-topk8", "-in", key.toString(), "-passout", "pass:secret", "-out", locked.toString());

        assertThat(login(locked, "secret").fingerprint())
                .isEqualTo(login(key, null).fingerprint());
        assertThatThrownBy(() -> login(locked, "wrong")).hasMessageContaining("passphrase does not open");
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsToldOnce() throws Exception {
        Path key = folder.resolve("stranger");
        OpenSshServer.keygen(key, "-t", "ed25519", "-N", "");
        SftpLogin login = login(key, null);
        long before = refusals();
        try (SftpPartner partner = partner(login, server.knownHosts())) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(partner::abilities)
                        .isInstanceOfSatisfying(SftpRefusedException.class, e -> assertThat(e.reason())
                                .isEqualTo(Reason.LOGIN))
                        .hasMessageContaining("127.0.0.1:" + server.port())
                        .hasMessageContaining(login.fingerprint())
                        .hasMessageContaining("authorized_keys");
            }
        }
        for (int i = 0; i < 100 && refusals() == before; i++) {
            Thread.sleep(50); // until sshd has written it
        }
        assertThat(refusals() - before).as("connections").isEqualTo(1);
    }

    @Test
    void anUnknownHostIsToldWithItsFingerprintAndWhatToDo() throws Exception {
        KnownHosts empty = KnownHosts.of("# nobody\n", "/etc/waybill/known_hosts");

        assertThatThrownBy(() -> ask(server.login(), empty))
                .isInstanceOfSatisfying(
                        SftpRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HOST_KEY))
                .hasMessageContaining("/etc/waybill/known_hosts does not know 127.0.0.1:" + server.port())
                .hasMessageContaining(fingerprint(serverFolder.resolve("host_ed25519")))
                .hasMessageContaining("ssh-keyscan -p " + server.port() + " -t ed25519 127.0.0.1");
    }

    @Test
    void aChangedHostKeyIsToldWithBothFingerprints() throws Exception {
        Path other = folder.resolve("other");
        OpenSshServer.keygen(other, "-t", "ed25519", "-N", "");
        KnownHosts changed = hosts("[127.0.0.1]:" + server.port() + " " + Files.readString(publicHalf(other)));

        assertThatThrownBy(() -> ask(server.login(), changed))
                .isInstanceOf(SftpRefusedException.class)
                .hasMessageContaining("known_hosts has ssh-ed25519 " + fingerprint(other) + " in line 1")
                .hasMessageContaining("it showed ssh-ed25519 " + fingerprint(serverFolder.resolve("host_ed25519")));
    }

    @Test
    void aRevokedHostKeyIsRefused() throws Exception {
        String key = Files.readString(serverFolder.resolve("host_ed25519.pub"));
        String name = "[127.0.0.1]:" + server.port() + " ";

        assertThatThrownBy(() -> ask(server.login(), hosts(name + key + "@revoked * " + key)))
                .isInstanceOf(SftpRefusedException.class)
                .hasMessageContaining("is revoked");
    }

    /** The server would rather show its Ed25519 key, which is not known here. */
    @Test
    void aServerIsAskedForTheKeyThatIsKnown() throws Exception {
        assertThat(ask(server.login(), server.knownHosts("rsa")).canReplace()).isTrue();
    }

    @Test
    void linesThatSshKeyscanHashesAreUnderstood() throws Exception {
        ForeignProgram.require("ssh-keyscan", "openssh-client");
        String scanned = run("ssh-keyscan", "-H", "-p", String.valueOf(server.port()), "127.0.0.1");
        assertThat(scanned).contains("|1|");

        assertThat(ask(server.login(), hosts(scanned)).canForce()).isTrue();
    }

    private static KnownHosts hosts(String text) throws IOException {
        return KnownHosts.of(text, "known_hosts");
    }

    private static Abilities ask(SftpLogin login, KnownHosts knownHosts) throws IOException {
        try (SftpPartner partner = partner(login, knownHosts)) {
            return partner.abilities();
        }
    }

    private static SftpPartner partner(SftpLogin login, KnownHosts knownHosts) {
        return new SftpPartner(server.address(), login, knownHosts, Patience.LONG);
    }

    private static SftpLogin login(Path key, @Nullable String passphrase) throws IOException {
        return SftpLogin.of(Files.readAllBytes(key), passphrase == null ? null : passphrase.toCharArray());
    }

    private static void allow(Path key) throws IOException {
        Files.writeString(
                serverFolder.resolve("authorized_keys"), Files.readString(publicHalf(key)), StandardOpenOption.APPEND);
    }

    private static Path publicHalf(Path key) {
        return key.resolveSibling(key.getFileName() + ".pub");
    }

    private static String fingerprint(Path key) throws Exception {
        return run("ssh-keygen", "-l", "-f", publicHalf(key).toString()).split(" ")[1];
    }

    /** Java's PBES2 takes ASCII only. */
    private static boolean isLockedForOthersOnly(Path key, String passphrase) throws IOException {
        return Files.readString(key).contains("BEGIN ENCRYPTED PRIVATE KEY")
                && !passphrase.chars().allMatch(c -> c < 128);
    }

    private static long refusals() throws IOException {
        return server.log().lines().filter(line -> line.contains("[preauth]")).count();
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }
}
