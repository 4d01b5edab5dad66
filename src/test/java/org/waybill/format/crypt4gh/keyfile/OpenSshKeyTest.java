package org.waybill.format.crypt4gh.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.PassphraseNeeded;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.UnusableKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.WrongPassphrase;

/**
 * The files {@code openssh-*} were made by {@code ssh-keygen -t ed25519}, with {@code -a 4 -N pässwörd€}, with {@code -N
 * ''}, with {@code -Z aes256-cbc -N abc}, with {@code -Z chacha20-poly1305@openssh.com -N abc} and with {@code -t rsa -b
 * 1024}. What they are as X25519 keys was told by the Python tool. They protect nothing.
 */
class OpenSshKeyTest {

    private static final Path KEYS = Path.of("src/test/resources/crypt4gh/keys");
    private static final String PASSPHRASE = "pässwörd€";
    private static final int LABEL_AND_LINE_END = 36;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "openssh-locked, pässwörd€, TfUEnbnvimdUB+iQAiz1RPW+EOoOaLTEzxmkZCiASmk=",
        "openssh-open, , j2/YaZlqeFrEQcLfPOD69rH+XfDmH50FmdRH/c45rnc=",
        "openssh-cbc, abc, 3DFcxUAvls1uEl36CkEaJso95W4F6/BDJqnQpOOIihU="
    })
    void readsBothHalvesAsThePythonToolDoes(String name, @Nullable String passphrase, String expected)
            throws IOException {
        char[] characters = passphrase == null ? null : passphrase.toCharArray();
        try (Crypt4ghSecretKey secret = KeyFileReader.readSecret(KEYS.resolve(name + ".sec"), characters)) {
            assertThat(secret.publicKey()).hasToString(expected);
        }
        assertThat(KeyFileReader.readPublic(KEYS.resolve(name + ".pub"))).hasToString(expected);
    }

    /** Seeds SHA-256("waybill 0") …, converted by libsodium: point, X25519 public, X25519 secret. */
    @ParameterizedTest
    @CsvSource({
        "0, d243501d0b830d2a6cd1c67a3d4ac32af0e5bc2d4d8f54afaf41e5df6c9eae50,"
                + "b5d6a1a352b1028138d3ea84853b1f60f29b48be3b85ba95ca89d67387fe6168,"
                + "30c1e2f6a1b342b5b88c392bf7bc07253b63e12d137258d67fa1e063b731ef54",
        "1, f7cd9cdf388e4eeb1c73e1d77eb1015c6bb4aaf602707fc61c5a00ddb722024c,"
                + "98ecc3fc2cf3ffdde71ea98a819898f55e3d2f641fbb1c12b38e0b1b6ea3b077,"
                + "084a96b5587acad1cd7dfd93568bcdc02c224d39271747c867fb351cd1ba0a40",
        "2, bbd06bb553d9c1d06b582e6c631319f6d0fb43ef594961ce08cdc5ea415d7954,"
                + "5fe363b532ce89180faa44bd5a9199ddf74e7b8f0ce717d89bb68ab5f1908e17,"
                + "10d0790de5dc56d2509335e278810dac5de4d879d1aabf6f2a8c177bb648c257",
        "3, 708c14b6989b8bc69ed8cf3c402dc9eb90594f16807747383abc5498ebde8736,"
                + "f790609a2ee6b2e1980fcecd77bb1feaa96afd851eb16acc0dc541f79c52ac64,"
                + "801c6b4ab856ac05193036bc88b8c7dc000d730e3c38bad0f413a2dd81905a4f",
        "5, ef73a4f7852b242fdda3f8808af44175d955fa907e28bbd27ce8024859c93162,"
                + "16b472b2c318f4563fdeb1338b2f67c38adb359eb6b466afc8c5af74ff42d73c,"
                + "f0bb2fa6429b52cf59bd18f3115c6ac1c3d8ac8b9a35bcf21d9a50d5bf889f40"
    })
    void convertsAsLibsodiumDoes(int seed, String point, String publicKey, String secretKey) throws Exception {
        byte[] seedBytes =
                MessageDigest.getInstance("SHA-256").digest(("waybill " + seed).getBytes(StandardCharsets.US_ASCII));

        assertThat(hex(Ed25519Key.point(seedBytes))).isEqualTo(point);
        assertThat(Ed25519Key.toX25519(HexFormat.of().parseHex(point)))
                .contains(new Crypt4ghPublicKey(HexFormat.of().parseHex(publicKey)));
        try (Crypt4ghSecretKey secret = Ed25519Key.secretToX25519(seedBytes)) {
            assertThat(hex(secret.copyBytes())).isEqualTo(secretKey);
        }
    }

    @Test
    void bothHalvesOfAnyKeyBelongTogether() {
        Random random = new Random(42);
        for (int i = 0; i < 200; i++) {
            byte[] seed = new byte[Ed25519Key.BYTES];
            random.nextBytes(seed);
            try (Crypt4ghSecretKey secret = Ed25519Key.secretToX25519(seed)) {
                assertThat(Ed25519Key.toX25519(Ed25519Key.point(seed))).contains(secret.publicKey());
            }
        }
    }

    /** The neutral point, one of order 4, one of order 8, and y = 2, which no point has; libsodium refuses them too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesPointsThatProtectNothing(String point) throws IOException {
        assertThat(Ed25519Key.toX25519(HexFormat.of().parseHex(point))).isEmpty();

        String key = Base64.getEncoder()
                .encodeToString(HexFormat.of().parseHex("0000000b7373682d6564323535313900000020" + point));
        assertThatThrownBy(() -> KeyFileReader.readPublic(file("ssh-ed25519 " + key + "\n")))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("cut or damaged");
    }

    @Test
    void tellsWrongAndMissingPassphrases() {
        Path key = KEYS.resolve("openssh-locked.sec");

        assertThatThrownBy(() -> KeyFileReader.readSecret(key, null)).isInstanceOf(PassphraseNeeded.class);
        for (String wrong : new String[] {"", "password", PASSPHRASE + "\n"}) {
            assertThatThrownBy(() -> KeyFileReader.readSecret(key, wrong.toCharArray()))
                    .isInstanceOf(WrongPassphrase.class)
                    .message()
                    .doesNotContain("password");
        }
    }

    @Test
    void saysWhenTheOtherHalfWasGiven() {
        for (String name : new String[] {"openssh-locked", "openssh-open", "openssh-chacha", "openssh-rsa"}) {
            assertThatThrownBy(() -> KeyFileReader.readPublic(KEYS.resolve(name + ".sec")))
                    .isInstanceOf(UnusableKey.class)
                    .hasMessageContaining("a secret key, and a public one is needed");
        }
        assertThatThrownBy(() -> KeyFileReader.readSecret(KEYS.resolve("openssh-open.pub"), null))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("a public key, and a secret one is needed");
    }

    @Test
    void saysWhichKeysCannotBeUsedAndWhatToDo() throws IOException {
        String line = Files.readString(KEYS.resolve("openssh-open.pub"));

        assertUnusable(KEYS.resolve("openssh-chacha.sec"), "ssh-keygen -p -Z aes256-ctr");
        assertUnusable(KEYS.resolve("openssh-rsa.sec"), "another kind than Ed25519");
        assertThatThrownBy(() -> KeyFileReader.readPublic(KEYS.resolve("openssh-rsa.pub")))
                .hasMessageContaining("another kind than Ed25519");
        assertThatThrownBy(() -> KeyFileReader.readPublic(file("ecdsa-sha2-nistp256 AAAA")))
                .hasMessageContaining("another kind than Ed25519");
        assertThatThrownBy(() -> KeyFileReader.readPublic(file(line + line)))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("several");
    }

    @Test
    void takesALineWithOrWithoutCommentAndLineEnd() throws IOException {
        String line = Files.readString(KEYS.resolve("openssh-open.pub")).strip();
        String bare = line.substring(0, line.lastIndexOf(' '));

        for (String text : new String[] {line, line + "\r\n\n", bare, bare + "\n", bare + " a long comment\n"}) {
            assertThat(KeyFileReader.readPublic(file(text)))
                    .hasToString("j2/YaZlqeFrEQcLfPOD69rH+XfDmH50FmdRH/c45rnc=");
        }
    }

    /** The body as bytes, of which any may be damaged: never another key, never an obscure failure. */
    @Test
    void everyCutAndFlippedByteIsTold() throws IOException {
        String open = Files.readString(KEYS.resolve("openssh-open.sec"));
        byte[] body = Base64.getMimeDecoder().decode(open.substring(LABEL_AND_LINE_END, open.indexOf("-----END")));
        String expected = "j2/YaZlqeFrEQcLfPOD69rH+XfDmH50FmdRH/c45rnc=";
        int refused = 0;
        for (int i = 0; i < body.length; i++) {
            byte[] flipped = body.clone();
            flipped[i] ^= 0x10;
            refused += isRefused(flipped, expected) ? 1 : 0;
            assertThat(isRefused(Arrays.copyOf(body, i), expected))
                    .as("cut at " + i)
                    .isTrue();
        }
        // Not looked at: the public key's copy within the section and its repetition behind the seed, and the comment.
        assertThat(refused).isGreaterThan(body.length * 6 / 10);
    }

    private boolean isRefused(byte[] body, String expected) throws IOException {
        Path file = pem(body);
        try (Crypt4ghSecretKey key = KeyFileReader.readSecret(file, null)) {
            assertThat(key.publicKey()).hasToString(expected);
            return false;
        } catch (KeyFileException e) {
            return true;
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00002711", "7fffffff", "ffffffff"})
    void refusesImpossibleRoundsAtOnce(String rounds) throws IOException {
        String locked = Files.readString(KEYS.resolve("openssh-locked.sec"));
        byte[] body = Base64.getMimeDecoder().decode(locked.substring(LABEL_AND_LINE_END, locked.indexOf("-----END")));
        String changed = hex(body).replaceFirst("00000004(0000000100000033)", rounds + "$1");
        assertThat(changed).isNotEqualTo(hex(body));

        assertUnusable(pem(HexFormat.of().parseHex(changed)), "rounds of bcrypt");
    }

    private static void assertUnusable(Path file, String reason) {
        assertThatThrownBy(() -> KeyFileReader.readSecret(file, PASSPHRASE.toCharArray()))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private Path pem(byte[] body) throws IOException {
        return file("-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(body) + "\n-----END OPENSSH PRIVATE KEY-----\n");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "key", ""), content);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
