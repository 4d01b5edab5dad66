package org.waybill.format.crypt4gh.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.PassphraseNeeded;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.UnusableKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.WrongPassphrase;

/**
 * The key files that the tests make hold the secret key 00 01 … 1f, locked by {@code pässwörd€} where they are locked;
 * made with hashlib, python3-bcrypt ({@code bcrypt.kdf(passphrase, salt, 32, 100)}) and libsodium, PKCS#8 and SPKI checked with openssl.
 */
class KeyFileReaderTest {

    private static final Path KEYS = Path.of("src/test/resources/crypt4gh/keys");
    private static final String PASSPHRASE = "pässwörd€";
    private static final String PUBLIC = "j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=";
    private static final String RAW = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String UNLOCKED = "YzRnaC12MQAEbm9uZQAEbm9uZQAgAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String SCRYPT = "YzRnaC12MQAGc2NyeXB0ABQAAAAAAAECAwQFBgcICQoLDA0ODwARY2hhY2hhMjBfcG9seTEzMDUAP"
            + "AAAAAAAAAAAAAAAAPHAnwGCkrhYTsNOBZ43eQvZ9GHRe6UzNJGZFX0PBLgaB0vzDGkVFwbYt9ACRsMMYwAJYSBjb21tZW50";
    private static final String PBKDF2 =
            "YzRnaC12MQAScGJrZGYyX2htYWNfc2hhMjU2ABQAAYagAAECAwQFBgcICQoLDA0ODwARY2hhY2hhMjBf"
                    + "cG9seTEzMDUAPAAAAAAAAAAAAAAAAD72Bd8qTN3Q2cAlGcT7vjoh6/9rSP9TLNanUf5GD0Ic81ob/5XrbSIJ3IrstlKl4Q==";
    private static final String BCRYPT =
            "YzRnaC12MQAGYmNyeXB0ABQAAABkAAECAwQFBgcICQoLDA0ODwARY2hhY2hhMjBfcG9seTEzMDUAPAA"
                    + "AAAAAAAAAAAAAACEcWORxH/2zpLCwWxL+VTUMSem6BVZ91bR0Qk0kZIqvlHWkvQwmyx3fvVX0jMkFjA==";
    private static final String PKCS8 = "MC4CAQAwBQYDK2VuBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
    private static final String SPKI = "MCowBQYDK2VuAyEAj0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=";
    private static final String ED25519_PKCS8 = "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"node-python, pypass", "node-go, gopass", "node-c, cpass"})
    void readsTheKeysOfOtherImplementations(String name, String passphrase) throws IOException {
        try (Crypt4ghSecretKey secret =
                KeyFileReader.readSecret(KEYS.resolve(name + ".sec"), passphrase.toCharArray())) {
            assertThat(KeyFileReader.readPublic(KEYS.resolve(name + ".pub"))).isEqualTo(secret.publicKey());
        }
    }

    /** Made by the Python tool 1.7 as on a machine without scrypt: bcrypt, 100 rounds, with a comment in the file. */
    @Test
    void readsAKeyThatThePythonToolLockedByBcrypt() throws IOException {
        Path key = KEYS.resolve("bcrypt.sec");

        assertThat(publicOf(key, PASSPHRASE))
                .isEqualTo(KeyFileReader.readPublic(KEYS.resolve("bcrypt.pub")).toString());
        assertThatThrownBy(() -> KeyFileReader.readSecret(key, "password".toCharArray()))
                .isInstanceOf(WrongPassphrase.class);
    }

    @Test
    void readsSecretKeysOfEveryKindWhateverTheLabelSays() throws IOException {
        assertThat(publicOf(pem("CRYPT4GH ENCRYPTED PRIVATE KEY", SCRYPT), PASSPHRASE))
                .isEqualTo(PUBLIC);
        assertThat(publicOf(pem("CRYPT4GH PRIVATE KEY", SCRYPT), PASSPHRASE)).isEqualTo(PUBLIC);
        assertThat(publicOf(pem("ENCRYPTED PRIVATE KEY", SCRYPT), PASSPHRASE)).isEqualTo(PUBLIC);
        assertThat(publicOf(pem("CRYPT4GH PRIVATE KEY", PBKDF2), PASSPHRASE)).isEqualTo(PUBLIC);
        assertThat(publicOf(pem("CRYPT4GH PRIVATE KEY", BCRYPT), PASSPHRASE)).isEqualTo(PUBLIC);
        assertThat(publicOf(pem("CRYPT4GH PRIVATE KEY", UNLOCKED), null)).isEqualTo(PUBLIC);
        assertThat(publicOf(pem("CRYPT4GH PRIVATE KEY", RAW), null)).isEqualTo(PUBLIC);
        assertThat(publicOf(pem("PRIVATE KEY", PKCS8), null)).isEqualTo(PUBLIC);
    }

    @Test
    void readsThirtyTwoRawBytesAsASecretKeyAndNeverAsAPublicOne() throws IOException {
        byte[] raw = new byte[32];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) i;
        }
        Path file = Files.write(folder.resolve("raw"), raw);

        assertThat(KeyFileReader.readSecret(file, null).publicKey().toString()).isEqualTo(PUBLIC);
        assertThatThrownBy(() -> KeyFileReader.readPublic(file)).isInstanceOf(UnusableKey.class);
    }

    @Test
    void readsPublicKeysOfBothKinds() throws IOException {
        assertThat(KeyFileReader.readPublic(pem("CRYPT4GH PUBLIC KEY", PUBLIC))).hasToString(PUBLIC);
        assertThat(KeyFileReader.readPublic(pem("PUBLIC KEY", SPKI))).hasToString(PUBLIC);
    }

    @Test
    void takesAnyLineLengthLineEndAndByteOrderMark() throws IOException {
        String wrapped = SCRYPT.replaceAll("(.{64})", "$1\r\n");
        String text = "\ufeff-----BEGIN CRYPT4GH PRIVATE KEY-----\r\n" + wrapped
                + "\r\n-----END CRYPT4GH PRIVATE KEY-----\r\n\r\n";

        assertThat(publicOf(file(text), PASSPHRASE)).isEqualTo(PUBLIC);
    }

    @Test
    void leavesThePassphraseToItsOwner() throws IOException {
        char[] passphrase = PASSPHRASE.toCharArray();

        KeyFileReader.readSecret(pem("CRYPT4GH PRIVATE KEY", SCRYPT), passphrase)
                .close();

        assertThat(passphrase).isEqualTo(PASSPHRASE.toCharArray());
    }

    @Test
    void saysThatThePassphraseIsWrong() throws IOException {
        Path key = pem("CRYPT4GH PRIVATE KEY", SCRYPT);

        for (String wrong : new String[] {"password", "", PASSPHRASE + "\n"}) {
            assertThatThrownBy(() -> KeyFileReader.readSecret(key, wrong.toCharArray()))
                    .isInstanceOf(WrongPassphrase.class)
                    .hasMessageContaining(key.toString())
                    .message()
                    .doesNotContain("password");
        }
    }

    @Test
    void saysThatAPassphraseIsNeeded() throws IOException {
        Path key = pem("CRYPT4GH PRIVATE KEY", SCRYPT);

        assertThatThrownBy(() -> KeyFileReader.readSecret(key, null))
                .isInstanceOf(PassphraseNeeded.class)
                .hasMessageContaining(key.toString());
    }

    @Test
    void saysWhenTheOtherKeyOfThePairWasGiven() {
        assertThatThrownBy(() -> KeyFileReader.readPublic(KEYS.resolve("node-go.sec")))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("a secret key")
                .hasMessageContaining(".pub");
        assertThatThrownBy(() -> KeyFileReader.readSecret(KEYS.resolve("node-go.pub"), null))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("a public key")
                .hasMessageContaining(".sec");
    }

    @Test
    void saysWhatAFileIsThatIsNoKey() throws IOException {
        assertUnusable(pem("OPENSSH PRIVATE KEY", "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU="), "the OpenSSH key is cut");
        assertUnusable(pem("PGP PUBLIC KEY BLOCK", "mDMEZ"), "an OpenPGP key");
        assertUnusable(pem("PRIVATE KEY", ED25519_PKCS8), "another algorithm");
        assertUnusable(pem("ENCRYPTED PRIVATE KEY", ED25519_PKCS8), "a locked PKCS#8 key");
        assertUnusable(Path.of("src/test/resources/crypt4gh/files/go.1.c4gh"), "a file encrypted by Crypt4GH");
        assertUnusable(file(""), "no key");
        assertUnusable(file("hello\n"), "no key");
        assertUnusable(file("-----BEGIN CRYPT4GH PRIVATE KEY-----\n" + UNLOCKED), "no key");
        assertUnusable(file("-----BEGIN "), "no key");
        assertUnusable(pem("CRYPT4GH PRIVATE KEY", "no base64!"), "no key");
    }

    @Test
    void saysThatAKeyFileIsDamaged() throws IOException {
        assertUnusable(pem("CRYPT4GH PRIVATE KEY", SCRYPT.substring(0, 60)), "cut or damaged");
        assertUnusable(pem("CRYPT4GH PRIVATE KEY", UNLOCKED.substring(0, 48)), "cut or damaged");
        assertUnusable(hexBody("0004 6e6f6e65 0004 6e6f6e65 0002 0102"), "has 2 bytes");
        assertUnusable(hexBody("0004 6e6f6e65 0003 616573 0002 0102"), "unknown cipher");
        assertUnusable(
                hexBody("0003 616263 0004 00000000 0011 63686163686132305f706f6c7931333035 0000"), "unknown way");
        for (String kdf : new String[] {"0012 70626b6466325f686d61635f736861323536", "0006 626372797074"}) {
            String behind = "0011 63686163686132305f706f6c7931333035 0000";
            assertUnusable(hexBody(kdf + "0004 ffffffff" + behind), "4294967295 rounds");
            assertUnusable(hexBody(kdf + "0004 00000000" + behind), "0 rounds");
        }
        assertUnusable(
                hexBody("0006 626372797074 0004 00002711 0011 63686163686132305f706f6c7931333035 0000"),
                "10001 rounds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "public"})
    void passesOnThatThereIsNoFile(String kind) {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> {
                    if (kind.equals("secret")) {
                        KeyFileReader.readSecret(missing, null);
                    } else {
                        KeyFileReader.readPublic(missing);
                    }
                })
                .isInstanceOf(NoSuchFileException.class);
    }

    private void assertUnusable(Path file, String reason) {
        assertThatThrownBy(() -> KeyFileReader.readSecret(file, PASSPHRASE.toCharArray()))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private static String publicOf(Path secretKey, @Nullable String passphrase) throws IOException {
        char[] characters = passphrase == null ? null : passphrase.toCharArray();
        try (Crypt4ghSecretKey key = KeyFileReader.readSecret(secretKey, characters)) {
            return key.publicKey().toString();
        }
    }

    private Path hexBody(String hex) throws IOException {
        byte[] body = HexFormat.of().parseHex("633467682d7631" + hex.replace(" ", ""));
        return pem("CRYPT4GH PRIVATE KEY", Base64.getEncoder().encodeToString(body));
    }

    private Path pem(String label, String base64) throws IOException {
        return file("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }

    private Path file(String content) throws IOException {
        return Files.write(Files.createTempFile(folder, "key", ""), content.getBytes(StandardCharsets.UTF_8));
    }
}
