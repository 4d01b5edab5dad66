package org.waybill.format.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.WrongKeyException;

/** We read whatever the real gpg writes. */
@Tag("oracle")
class OpenPgpGnupgIT {

    private static final String RSA = "rsa@example.org";
    private static final String CURVE = "curve@example.org";
    private static final String LOCKED = "locked@example.org";
    private static final String PASSWORD = "pässwörd";

    @TempDir
    private static Path folder = Path.of("");

    private static Gnupg gpg; // none if it could not be started
    private static Path plain = Path.of("");
    private static Path rsaKey = Path.of("");
    private static Path curveKey = Path.of("");
    private static Path lockedKey = Path.of("");

    @BeforeAll
    static void makeKeys() throws Exception {
        gpg = Gnupg.start();
        gpg.run("", "--quick-gen-key", RSA, "rsa2048");
        gpg.run("", "--quick-gen-key", CURVE, "future-default");
        gpg.run("geheim", "--quick-gen-key", LOCKED, "future-default");
        String rsa = gpg.fingerprints(RSA).get(0);
        for (String algorithm : List.of("rsa2048", "nistp256", "nistp521", "brainpoolP256r1", "elg1024")) {
            gpg.run("", "--quick-add-key", rsa, algorithm, "encr", "2y");
        }
        rsaKey = gpg.exportSecret("", folder.resolve("rsa.asc"), RSA);
        curveKey = gpg.exportSecret("", folder.resolve("curve.asc"), CURVE);
        lockedKey = gpg.exportSecret("geheim", folder.resolve("locked.asc"), LOCKED);
        plain = Files.write(folder.resolve("plain"), content(300_000));
    }

    @AfterAll
    static void stop() throws Exception {
        if (gpg != null) {
            gpg.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IDEA",
                "3DES",
                "CAST5",
                "BLOWFISH",
                "AES",
                "AES192",
                "AES256",
                "TWOFISH",
                "CAMELLIA128",
                "CAMELLIA192",
                "CAMELLIA256"
            })
    void readsEachCipher(String cipher) throws Exception {
        assertReads(encrypt("--cipher-algo", cipher, "--recipient", CURVE, "--encrypt"), curveKey);
        assertReadsByPassword(encrypt("--cipher-algo", cipher, "--symmetric"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "zip", "zlib", "bzip2"})
    void readsEachCompression(String compression) throws Exception {
        assertReads(encrypt("--compress-algo", compression, "--recipient", RSA, "--encrypt"), rsaKey);
        assertReadsByPassword(encrypt("--compress-algo", compression, "--armor", "--symmetric"));
    }

    @Test
    void readsEachKindOfKey() throws Exception {
        List<String> subkeys = gpg.fingerprints(RSA);
        assertThat(subkeys).hasSize(6);
        for (String subkey : subkeys.subList(1, subkeys.size())) {
            assertReads(encrypt("--recipient", subkey + "!", "--encrypt"), rsaKey);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 21, 22, 23, 511, 512, 513, 8_191, 8_192, 8_193, 65_535, 65_536, 65_537, 5_000_000})
    void readsEachLength(int length) throws Exception {
        Path file = Files.write(folder.resolve("length"), content(length));
        for (String compression : List.of("none", "zlib")) {
            Path message = folder.resolve("length.gpg");
            gpg.run(
                    "",
                    "--compress-algo",
                    compression,
                    "--recipient",
                    CURVE,
                    "--output",
                    message.toString(),
                    "--encrypt",
                    file.toString());
            try (OpenPgpKeys keys = keys(curveKey)) {
                assertThat(decrypt(message, keys)).isEqualTo(content(length));
            }
        }
    }

    @Test
    void readsArmour() throws Exception {
        Path message = encrypt("--armor", "--comment", "of a test", "--recipient", CURVE, "--encrypt");

        assertThat(Files.readString(message)).startsWith("-----BEGIN PGP MESSAGE-----\n");
        assertReads(message, curveKey);
    }

    @Test
    void readsMessagesForSeveralAndForHiddenRecipients() throws Exception {
        assertReads(encrypt("--recipient", RSA, "--recipient", CURVE, "--encrypt"), curveKey);
        assertReads(encrypt("--recipient", RSA, "--recipient", CURVE, "--symmetric", "--encrypt"), curveKey);
        assertReadsByPassword(encrypt("--recipient", RSA, "--symmetric", "--encrypt"));
        assertReads(encrypt("--hidden-recipient", RSA, "--hidden-recipient", CURVE, "--encrypt"), curveKey);
        assertReads(encrypt("--throw-keyids", "--recipient", CURVE, "--encrypt"), rsaKey, curveKey);
    }

    @Test
    void unlocksAKeyWithItsPassphrase() throws Exception {
        Path message = encrypt("--recipient", LOCKED, "--encrypt");

        try (OpenPgpKeys keys = OpenPgpKeys.open(List.of(lockedKey), "geheim".toCharArray(), List.of())) {
            assertThat(decrypt(message, keys)).isEqualTo(content(300_000));
        }
        assertThatThrownBy(() -> OpenPgpKeys.open(List.of(lockedKey), null, List.of()))
                .isInstanceOf(OpenPgpKeyException.PassphraseNeeded.class);
        assertThatThrownBy(() -> OpenPgpKeys.open(List.of(lockedKey), "falsch".toCharArray(), List.of()))
                .isInstanceOf(OpenPgpKeyException.WrongPassphrase.class)
                .hasMessageNotContaining("falsch");
    }

    @ParameterizedTest
    @CsvSource({"LF,--no-armor", "CRLF,--no-armor", "LF,--sign", "CRLF,--sign"})
    void readsTextWithTheLinesOfThisSystem(String ending, String sign) throws Exception {
        String words = sign.equals("--sign") ? "läuft weiter" : "läuft\rweiter";
        String line = words + (ending.equals("LF") ? "\n" : "\r\n");
        Path text = Files.writeString(folder.resolve("text"), line.repeat(20_000));
        Path message = folder.resolve("text.gpg");
        gpg.run(
                "",
                "--textmode",
                sign,
                "--local-user",
                RSA,
                "--recipient",
                CURVE,
                "--output",
                message.toString(),
                "--encrypt",
                text.toString());
        OpenPgpSigners signers = OpenPgpSigners.read(List.of(publicKey(RSA)));

        try (OpenPgpKeys keys = keys(curveKey);
                OpenPgpInputStream in = open(message, keys, signers)) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo((words + "\n").repeat(20_000));
            assertThat(in.signature())
                    .isEqualTo(
                            sign.equals("--sign")
                                    ? new SignatureOutcome.Good(
                                            gpg.fingerprints(RSA).get(0))
                                    : new SignatureOutcome.None());
        }
    }

    @ParameterizedTest
    @CsvSource({RSA + ",none", RSA + ",zip", CURVE + ",none", CURVE + ",bzip2"})
    void verifiesSignatures(String signer, String compression) throws Exception {
        Path message = encrypt(
                "--compress-algo", compression, "--sign", "--local-user", signer, "--recipient", CURVE, "--encrypt");
        try (OpenPgpKeys keys = keys(curveKey)) {
            assertThat(signature(message, keys, OpenPgpSigners.read(List.of(publicKey(signer)))))
                    .isEqualTo(
                            new SignatureOutcome.Good(gpg.fingerprints(signer).get(0)));
            assertThat(signature(message, keys, OpenPgpSigners.read(List.of(publicKey(LOCKED)))))
                    .isEqualTo(new SignatureOutcome.Unverified(
                            gpg.fingerprints(signer).get(0).substring(24)));
            assertThat(signature(message, keys, OpenPgpSigners.NONE)).isInstanceOf(SignatureOutcome.Unverified.class);
        }
    }

    @Test
    void verifiesTwoSignatures() throws Exception {
        Path message = encrypt("--sign", "--local-user", RSA, "--local-user", CURVE, "--recipient", CURVE, "--encrypt");
        try (OpenPgpKeys keys = keys(curveKey)) {
            assertThat(signature(message, keys, OpenPgpSigners.read(List.of(publicKey(RSA), publicKey(CURVE)))))
                    .isInstanceOf(SignatureOutcome.Good.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CAST5", "AES256"})
    void refusesMessagesWithoutIntegrityProtection(String cipher) throws Exception {
        Path message = encrypt("--rfc2440", "--cipher-algo", cipher, "--symmetric");

        try (OpenPgpKeys keys = byPassword(PASSWORD)) {
            assertThatThrownBy(() -> decrypt(message, keys))
                    .isExactlyInstanceOf(MalformedInputException.class)
                    .hasMessageContaining("no integrity protection");
        }
    }

    @Test
    void refusesWhatIsNotEncrypted() throws Exception {
        try (OpenPgpKeys keys = keys(curveKey)) {
            for (String how : List.of("--store", "--sign", "--clear-sign", "--detach-sign")) {
                Path message = encrypt("--armor", how);

                assertThatThrownBy(() -> decrypt(message, keys)).isInstanceOf(MalformedInputException.class);
            }
        }
    }

    @Test
    void saysWhomTheMessageIsFor() throws Exception {
        Path message = encrypt("--recipient", RSA, "--symmetric", "--encrypt");
        String meant = gpg.fingerprints(RSA).get(gpg.fingerprints(RSA).size() - 1);
        String ours = gpg.fingerprints(CURVE).get(1);

        try (OpenPgpKeys keys = OpenPgpKeys.open(List.of(curveKey), null, List.of("wrong".toCharArray()))) {
            assertThatThrownBy(() -> decrypt(message, keys))
                    .isInstanceOf(WrongKeyException.class)
                    .hasMessageContaining(ours.substring(24))
                    .hasMessageContaining("a password");
        }
        assertThat(meant).isNotEqualTo(ours);
        try (OpenPgpKeys keys = byPassword("wrong")) {
            Path symmetric = encrypt("--symmetric");
            assertThatThrownBy(() -> decrypt(symmetric, keys)).isInstanceOf(WrongKeyException.class);
        }
    }

    @Test
    void namesAKeyWhoseSecretPartIsElsewhere() throws Exception {
        Path stub = folder.resolve("stub.asc");
        gpg.run(
                "",
                "--output",
                stub.toString(),
                "--armor",
                "--export-secret-subkeys",
                gpg.fingerprints(RSA).get(1) + "!");
        Path toTheSubkey = encrypt("--recipient", gpg.fingerprints(RSA).get(1) + "!", "--encrypt");
        try (OpenPgpKeys keys = keys(stub)) {
            assertThat(decrypt(toTheSubkey, keys)).isEqualTo(content(300_000));
            assertThat(keys.keys()).extracting(OpenPgpKey::present).containsExactly(false, true);
        }
    }

    @Test
    void listsOurKeys() throws Exception {
        try (OpenPgpKeys keys = keys(rsaKey, curveKey)) {
            assertThat(keys.keys())
                    .extracting(OpenPgpKey::fingerprint)
                    .containsAll(gpg.fingerprints(RSA))
                    .contains(gpg.fingerprints(CURVE).get(1))
                    .hasSize(7);
            assertThat(keys.keys())
                    .extracting(key -> key.algorithm() + " " + key.bits())
                    .contains("RSA 2048", "ElGamal 1024", "ECDH 256");
            assertThat(keys.keys())
                    .filteredOn(key -> key.algorithm().equals("ElGamal"))
                    .allMatch(key -> key.expires().isPresent());
        }
    }

    @Test
    void readsSeveralKeysInOneFileAndBinaryOnes() throws Exception {
        Path binary = folder.resolve("all.gpg");
        gpg.run("geheim", "--output", binary.toString(), "--export-secret-keys", RSA, CURVE);
        Path joined = Files.writeString(
                folder.resolve("joined.asc"), Files.readString(rsaKey) + "\n" + Files.readString(curveKey));
        Path message = encrypt("--recipient", CURVE, "--encrypt");

        assertReads(message, binary);
        assertReads(message, joined);
    }

    @Test
    void refusesEveryCut() throws Exception {
        Path message = encrypt("--recipient", CURVE, "--encrypt");
        byte[] whole = Files.readAllBytes(message);
        List<Integer> cuts = new ArrayList<>();
        for (int edge = 65_536; edge < whole.length; edge += 65_536) {
            cuts.addAll(List.of(edge - 1, edge, edge + 1));
        }
        cuts.addAll(List.of(0, 1, 2, 50, 100, 150, 200, whole.length - 22, whole.length - 1));
        try (OpenPgpKeys keys = keys(curveKey)) {
            for (int cut : cuts) {
                Path shorter = Files.write(folder.resolve("cut.gpg"), Arrays.copyOf(whole, cut));
                assertThatThrownBy(() -> decrypt(shorter, keys))
                        .as("cut at %d", cut)
                        .isInstanceOfAny(TruncatedInputException.class, AuthenticationFailedException.class);
            }
            Path longer = Files.write(folder.resolve("longer.gpg"), Arrays.copyOf(whole, whole.length + 1));
            assertThatThrownBy(() -> decrypt(longer, keys)).isInstanceOf(MalformedInputException.class);
        }
    }

    private static Path encrypt(String... arguments) throws Exception {
        Path message = Files.createTempFile(folder, "message", ".gpg");
        Stream<String> all = Stream.concat(
                Stream.of("--output", message.toString()),
                Stream.concat(Stream.of(arguments), Stream.of(plain.toString())));
        gpg.run(Arrays.asList(arguments).contains("--symmetric") ? PASSWORD : "", all.toArray(String[]::new));
        return message;
    }

    private static Path publicKey(String user) throws Exception {
        Path file = folder.resolve(user + ".pub");
        gpg.run("", "--output", file.toString(), "--export", user);
        return file;
    }

    private static OpenPgpKeys keys(Path... files) throws Exception {
        return OpenPgpKeys.open(List.of(files), null, List.of());
    }

    private static OpenPgpKeys byPassword(String password) throws Exception {
        return OpenPgpKeys.open(List.of(), null, List.of("other".toCharArray(), password.toCharArray()));
    }

    private static void assertReads(Path message, Path... keyFiles) throws Exception {
        try (OpenPgpKeys keys = keys(keyFiles)) {
            assertThat(decrypt(message, keys)).isEqualTo(content(300_000));
        }
    }

    private static void assertReadsByPassword(Path message) throws Exception {
        try (OpenPgpKeys keys = byPassword(PASSWORD)) {
            assertThat(decrypt(message, keys)).isEqualTo(content(300_000));
        }
    }

    private static SignatureOutcome signature(Path message, OpenPgpKeys keys, OpenPgpSigners signers) throws Exception {
        try (OpenPgpInputStream in = open(message, keys, signers)) {
            assertThat(in.readAllBytes()).isEqualTo(content(300_000));
            return in.signature();
        }
    }

    private static byte[] decrypt(Path message, OpenPgpKeys keys) throws Exception {
        try (InputStream in = open(message, keys, OpenPgpSigners.NONE)) {
            return in.readAllBytes();
        }
    }

    private static OpenPgpInputStream open(Path message, OpenPgpKeys keys, OpenPgpSigners signers) throws Exception {
        return new OpenPgpInputStream(Files.newInputStream(message), keys, OpenPgpLimits.USUAL, signers);
    }

    /** Half of it compressible. */
    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(7).nextBytes(content);
        for (int i = 0; i < length / 2; i++) {
            content[i] &= 3;
        }
        return content;
    }
}
