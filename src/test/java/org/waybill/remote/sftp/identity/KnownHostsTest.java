package org.waybill.remote.sftp.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;

class KnownHostsTest {

    private static final PublicKey KEY = newKey();
    private static final PublicKey OTHER = newKey();

    private static PublicKey newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair().getPublic();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(PublicKey key) {
        SshKey written = SshKey.of(key);
        return " " + written.type() + " " + written.base64() + " a comment with blanks\n";
    }

    @ParameterizedTest
    @CsvSource({
        "sftp.example.org, sftp.example.org, 22, true",
        "sftp.example.org, SFTP.example.ORG, 22, true",
        "sftp.example.org, sftp.example.org, 2222, false",
        "[sftp.example.org]:2222, sftp.example.org, 2222, true",
        "[sftp.example.org]:2222, sftp.example.org, 22, false",
        "'other,sftp.example.org', sftp.example.org, 22, true",
        "*.example.org, sftp.example.org, 22, true",
        "sftp?.example.org, sftp1.example.org, 22, true",
        "sftp?.example.org, sftp.example.org, 22, false",
        "'*.example.org,!sftp.example.org', sftp.example.org, 22, false",
        "'!sftp.example.org,*.example.org', sftp.example.org, 22, false",
        "sftp.example.org, sftpXexample.org, 22, false",
        "2001:db8::1, 2001:db8::1, 22, true",
        "[2001:db8::1]:2222, 2001:db8::1, 2222, true",
    })
    void aLineIsForItsHostAndPortAlone(String hosts, String host, int port, boolean isKnown) throws Exception {
        KnownHosts known = KnownHosts.of("# comment\n\n" + hosts + line(KEY), "known_hosts");
        SftpAddress address = new SftpAddress(host, port, "clinic");

        if (isKnown) {
            assertThatCode(() -> known.check(address, KEY)).doesNotThrowAnyException();
            assertThatThrownBy(() -> known.check(address, OTHER)).hasMessageContaining("is not the trusted one");
        } else {
            assertThatThrownBy(() -> known.check(address, KEY))
                    .isInstanceOfSatisfying(SftpRefusedException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.HOST_KEY))
                    .hasMessageContaining("does not know " + address);
        }
        assertThat(known.keyTypes(address))
                .isEqualTo(isKnown ? java.util.Set.of("ecdsa-sha2-nistp256") : java.util.Set.of());
    }

    @Test
    void aHashedNameIsFoundByItsPortToo() throws Exception {
        byte[] salt = "twenty bytes of salt".getBytes(StandardCharsets.US_ASCII);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(salt, "HmacSHA1"));
        String hash = Base64.getEncoder()
                .encodeToString(mac.doFinal("[sftp.example.org]:2222".getBytes(StandardCharsets.UTF_8)));
        KnownHosts known =
                KnownHosts.of("|1|" + Base64.getEncoder().encodeToString(salt) + "|" + hash + line(KEY), "known_hosts");

        assertThatCode(() -> known.check(new SftpAddress("sftp.example.org", 2222, "clinic"), KEY))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> known.check(new SftpAddress("sftp.example.org", 22, "clinic"), KEY))
                .isInstanceOf(SftpRefusedException.class);
    }

    @Test
    void aRevocationBeatsTrust() throws Exception {
        KnownHosts known = KnownHosts.of("sftp.example.org" + line(KEY) + "@revoked *" + line(KEY), "known_hosts");

        assertThatThrownBy(() -> known.check(new SftpAddress("sftp.example.org", 22, "clinic"), KEY))
                .hasMessageContaining("is revoked");
    }

    @Test
    void anAuthorityIsNotTakenForAHostKey() throws Exception {
        KnownHosts known = KnownHosts.of("@cert-authority *.example.org" + line(KEY), "known_hosts");

        assertThatThrownBy(() -> known.check(new SftpAddress("sftp.example.org", 22, "clinic"), KEY))
                .hasMessageContaining("certificates of hosts are not supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sftp.example.org",
                "sftp.example.org ssh-ed25519",
                "sftp.example.org ssh-ed25519 AAAA",
                "sftp.example.org ssh-ed25519 not*base64",
                "sftp.example.org 1024 35 123456789",
                "@revoked * ssh-ed25519",
                "@unknown * ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ",
                "sftp.example.org ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA=="
            })
    void aLineThatIsNotUnderstoodRefusesAll(String line) {
        assertThatThrownBy(() -> KnownHosts.of("# first\n" + line + "\n", "known_hosts"))
                .isInstanceOf(SftpRefusedException.class)
                .hasMessageContaining("line 2 of known_hosts is no line of known_hosts");
    }

    @Test
    void noFileIsToldAsSuch(@TempDir Path folder) {
        assertThatThrownBy(() -> KnownHosts.read(folder.resolve("known_hosts")))
                .isInstanceOf(SftpRefusedException.class)
                .hasMessageContaining("there is no known_hosts file " + folder.resolve("known_hosts"));
    }

    @ParameterizedTest
    @CsvSource({
        "sftp://example.org, 22, clinic",
        "'', 22, clinic",
        "-oProxyCommand, 22, clinic",
        "example.org/inbox, 22, clinic",
        "example.org, 0, clinic",
        "example.org, 65536, clinic",
        "example.org, 22, ''",
        "example.org, 22, 'a b'"
    })
    void anAddressIsAHostAPortAndAUser(String host, int port, String user) {
        assertThatThrownBy(() -> new SftpAddress(host, port, user)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519 AAAA someone, without .pub",
        "PuTTY-User-Key-File-3: ssh-ed25519, puttygen",
        "hello, this is no private key",
        "-----BEGIN OPENSSH PRIVATE KEY-----, the private key",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----, the private key"
    })
    void whatIsNoPrivateKeyIsToldSo(String text, String words) {
        assertThatThrownBy(() -> SftpLogin.of(text.getBytes(StandardCharsets.US_ASCII), null))
                .isInstanceOfSatisfying(
                        SftpRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PRIVATE_KEY))
                .hasMessageContaining(words);
    }
}
