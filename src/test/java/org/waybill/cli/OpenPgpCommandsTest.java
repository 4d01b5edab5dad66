package org.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.cli.OpenPgpFiles.Owner;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import tools.jackson.databind.JsonNode;

/** OpenPGP messages by hand. After every failing command the output does not exist. */
class OpenPgpCommandsTest {

    private static final byte[] CONTENT = new byte[150_000];
    private static Owner node = Owner.create();
    private static Owner other = Owner.create();
    private static byte[] message = {};

    @TempDir
    private Path folder;

    private Path key;
    private Path encrypted;
    private Path out;

    @BeforeAll
    static void makeMessage() throws Exception {
        new Random(7).nextBytes(CONTENT);
        message = OpenPgpFiles.mdc().to(node).encrypt(CONTENT);
    }

    @BeforeEach
    void writeFiles() throws IOException {
        key = node.writeSecret(folder.resolve("node.asc"), "");
        encrypted = Files.write(folder.resolve("a.bam.gpg"), message);
        out = folder.resolve("out");
    }

    @Test
    void decryptsAMessageAndMeasuresBothSides() throws IOException {
        Called called = Called.with("--json", "crypt", "decrypt", "--key", key, encrypted, out);
        assertDone(called);
        assertThat(Files.readAllBytes(out)).isEqualTo(CONTENT);
        assertThat(called.err()).as("OpenPGP proves itself that it is whole").isEmpty();
        JsonNode document = called.json();
        assertThat(document.get("format").asString()).isEqualTo("openpgp");
        assertSide(document.get("plain"), CONTENT);
        assertSide(document.get("encrypted"), message);
        assertThat(document.at("/signature/outcome").asString()).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"a.bam.pgp, true", "a.txt, true", "a, false", "a.bam, false"})
    void knowsAMessageByItsContent(String name, boolean armoured) throws IOException {
        Path file = Files.write(folder.resolve(name), armoured ? OpenPgpFiles.armour(message) : message);
        assertDone(Called.with("crypt", "decrypt", "--key", key, file, out));
        assertThat(Files.readAllBytes(out)).isEqualTo(CONTENT);
    }

    @Test
    void opensAMessageByItsPasswordAndNoOther() throws Exception {
        Files.write(encrypted, OpenPgpFiles.mdc().byPassword("sesame").encrypt(CONTENT));
        Path wrong = Called.secretFile(folder, "wrong");
        Called refused = Called.with("crypt", "decrypt", "--password", "file:" + wrong, encrypted, out);
        assertFailed(refused, ExitCode.FAILED);
        assertThat(refused.err()).contains("none of our keys or passwords");
        Path right = Called.secretFile(folder, "sesame");
        assertDone(Called.with("crypt", "decrypt", "--password", "file:" + right, encrypted, out));
        assertThat(Files.readAllBytes(out)).isEqualTo(CONTENT);
    }

    @Test
    void namesTheKeysOfAMessageThatIsForSomebodyElse() throws IOException {
        Path wrong = other.writeSecret(folder.resolve("other.asc"), "");
        Called called = Called.with("crypt", "decrypt", "--key", wrong, encrypted, out);
        assertFailed(called, ExitCode.FAILED);
        assertThat(called.err()).contains(node.keyId()).contains(other.keyId()).contains(encrypted.toString());
        assertDone(Called.with("crypt", "decrypt", "--key", wrong, "--key", key, encrypted, out));
    }

    @Test
    void asksForAKeyOrAPassword() {
        Called called = Called.with("crypt", "decrypt", encrypted, out);
        assertFailed(called, ExitCode.WRONG_USAGE);
        assertThat(called.err()).contains("--key SEC").contains("--password REF");
        assertFailed(Called.with("crypt", "decrypt", "--key", folder.resolve("no"), encrypted, out), ExitCode.FAILED);
    }

    @Test
    void unlocksAKeyWithItsPassphraseAndNoOther() throws IOException {
        node.writeSecret(key, "pass");
        Called without = Called.with("crypt", "decrypt", "--key", key, encrypted, out);
        assertFailed(without, ExitCode.FAILED);
        assertThat(without.err()).contains("--passphrase env:NAME or file:PATH");
        String wrong = "file:" + Called.secretFile(folder, "wrong");
        assertFailed(
                Called.with("crypt", "decrypt", "--key", key, "--passphrase", wrong, encrypted, out), ExitCode.FAILED);
        String right = "file:" + Called.secretFile(folder, "pass");
        assertDone(Called.with("crypt", "decrypt", "--key", key, "--passphrase", right, encrypted, out));
    }

    @Test
    void takesOfKeysOfBothKindsThoseThatTheFormatHas() throws IOException {
        Path pair = folder.resolve("pair");
        assertThat(Called.with("crypt", "keygen", pair).code()).isEqualTo(ExitCode.DONE);
        Path plain = Files.write(folder.resolve("a.bam"), CONTENT);
        Path crypt4gh = folder.resolve("a.c4gh");
        assertDone(Called.with("crypt", "encrypt", "--recipient", pair + ".pub", plain, crypt4gh));
        for (Path file : new Path[] {crypt4gh, encrypted}) {
            assertDone(Called.with("crypt", "decrypt", "--key", pair + ".sec", "--key", key, file, out));
            Files.delete(out);
        }
        Called wrongKind = Called.with("crypt", "decrypt", "--key", pair + ".sec", encrypted, out);
        assertFailed(wrongKind, ExitCode.FAILED);
        assertThat(wrongKind.err()).contains("no OpenPGP key");
        assertFailed(Called.with("crypt", "decrypt", "--key", key, crypt4gh, out), ExitCode.FAILED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 100, 75_000, 149_999, 150_000})
    void makesNothingOfACutOrChangedMessage(int at) throws IOException {
        Files.write(encrypted, Arrays.copyOf(message, at));
        assertFailed(Called.with("crypt", "decrypt", "--key", key, encrypted, out), ExitCode.FAILED);
        byte[] changed = message.clone();
        changed[at] ^= 1;
        Files.write(encrypted, changed);
        Called called = Called.with("crypt", "decrypt", "--key", key, encrypted, out);
        assertFailed(called, ExitCode.FAILED);
        assertThat(called.err()).contains("at byte ");
    }

    @Test
    void makesNothingOfAMessageWithoutIntegrityProtection() throws Exception {
        Files.write(encrypted, OpenPgpFiles.unprotected().to(node).encrypt(CONTENT));
        Called called = Called.with("crypt", "decrypt", "--key", key, encrypted, out);
        assertFailed(called, ExitCode.FAILED);
        assertThat(called.err()).contains("no integrity protection").contains("have it encrypted again");
    }

    @Test
    void verifiesASignatureWhoseKeyIsNamed() throws Exception {
        Path signer = other.writePublic(folder.resolve("other.pgp"));
        Files.write(encrypted, OpenPgpFiles.mdc().to(node).encryptSigned(CONTENT, CONTENT, other));
        Called good = Called.with("--json", "crypt", "decrypt", "--key", key, "--signer", signer, encrypted, out);
        assertDone(good);
        assertThat(good.err()).isEmpty();
        assertThat(good.json().at("/signature/outcome").asString()).isEqualTo("good");
        assertThat(good.json().at("/signature/key").asString()).isEqualTo(other.fingerprint());
        Files.delete(out);

        Called unverified = Called.with("crypt", "decrypt", "--key", key, encrypted, out);
        assertDone(unverified);
        assertThat(unverified.out()).contains("signature not verified").contains("--signer PUB");
        Files.delete(out);

        Called absent = Called.with("crypt", "decrypt", "--key", key, "--signer", signer, unsigned(), out);
        assertDone(absent);
        assertThat(absent.out()).contains("signature none");
        assertThat(absent.err()).contains("the message is not signed");
    }

    @Test
    void makesNothingOfAMessageWhoseSignatureIsBad() throws Exception {
        Path signer = other.writePublic(folder.resolve("other.pgp"));
        byte[] foreign = "something else".getBytes(UTF_8);
        Files.write(encrypted, OpenPgpFiles.mdc().to(node).encryptSigned(CONTENT, foreign, other));
        Called bad = Called.with("crypt", "decrypt", "--key", key, "--signer", signer, encrypted, out);
        assertFailed(bad, ExitCode.FAILED);
        assertThat(bad.err()).contains("the signature is bad");
    }

    @Test
    void refusesASignerWhereNothingCanBeSigned() throws IOException {
        Path signer = other.writePublic(folder.resolve("other.pgp"));
        Path cip = Files.write(folder.resolve("a.cip"), CONTENT);
        String password = "file:" + Called.secretFile(folder, "aeskey");
        assertFailed(
                Called.with("crypt", "decrypt", "--password", password, "--signer", signer, cip, out),
                ExitCode.WRONG_USAGE);
        Path noKey = Files.writeString(folder.resolve("text"), "text");
        assertFailed(Called.with("crypt", "decrypt", "--key", key, "--signer", noKey, encrypted, out), ExitCode.FAILED);
    }

    @Test
    void comparesWithWhatIsExpected() {
        assertFailed(
                Called.with("crypt", "decrypt", "--key", key, "--expect-size", 149_999, encrypted, out),
                ExitCode.FAILED);
        assertDone(Called.with("crypt", "decrypt", "--key", key, "--expect-size", 150_000, encrypted, out));
    }

    @Test
    void showsForWhomAMessageIsWithoutAnyKey() throws Exception {
        byte[] several =
                OpenPgpFiles.mdc().to(node).toHidden(other).byPassword("sesame").encrypt(CONTENT);
        Path file = Files.write(folder.resolve("several"), OpenPgpFiles.armour(several));
        Called called = Called.with("--json", "crypt", "inspect", file);
        assertDone(called);
        JsonNode document = called.json();
        assertThat(document.get("format").asString()).isEqualTo("openpgp");
        assertThat(document.get("size").asLong()).isEqualTo(Files.size(file));
        assertThat(document.get("plainSize").isNull()).isTrue();
        assertThat(document.at("/openpgp/armoured").asBoolean()).isTrue();
        assertThat(document.at("/openpgp/recipients/0/keyId").asString()).isEqualTo(node.keyId());
        assertThat(document.at("/openpgp/recipients/0/algorithm").asString()).isEqualTo("ECDH");
        assertThat(document.at("/openpgp/recipients/1/keyId").isNull()).isTrue();
        assertThat(document.at("/openpgp/recipients").size()).isEqualTo(2);
        assertThat(document.at("/openpgp/passwords").asInt()).isEqualTo(1);
        assertThat(document.at("/openpgp/unknown").asInt()).isZero();
        assertThat(document.at("/openpgp/integrityProtection").asString()).isEqualTo("mdc");
        assertThat(document.at("/openpgp/cipher").isNull()).isTrue();
        assertThat(document.at("/openpgp/opened").asBoolean()).isFalse();
        assertThat(Called.with("crypt", "inspect", file).out())
                .contains("key " + node.keyId())
                .contains("a hidden key")
                .contains("a password");
    }

    @Test
    void showsHowAMessageIsProtected() throws Exception {
        Files.write(encrypted, OpenPgpFiles.aead().byPassword("sesame").encrypt(CONTENT));
        JsonNode aead = Called.with("--json", "crypt", "inspect", encrypted).json();
        assertThat(aead.at("/openpgp/integrityProtection").asString()).isEqualTo("aead");
        assertThat(aead.at("/openpgp/cipher").asString()).isEqualTo("aes-256");
        assertThat(aead.at("/openpgp/passwords").asInt()).isEqualTo(1);
        Files.write(encrypted, OpenPgpFiles.unprotected().to(node).encrypt(CONTENT));
        assertThat(Called.with("crypt", "inspect", encrypted).out()).contains("a change could not be noticed");
    }

    @Test
    void showsWhetherAKeyOpensAMessage() throws IOException {
        Called called = Called.with("--json", "crypt", "inspect", "--key", key, encrypted);
        assertDone(called);
        assertThat(called.json().at("/openpgp/opened").asBoolean()).isTrue();
        assertThat(called.json().get("size").asLong()).isEqualTo(message.length);
        Path wrong = other.writeSecret(folder.resolve("other.asc"), "");
        Called refused = Called.with("crypt", "inspect", "--key", wrong, encrypted);
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains(node.keyId()).contains(other.keyId());
    }

    @Test
    void saysWhatIsNoEncryptedMessage() throws IOException {
        Path file = Files.writeString(folder.resolve("a.gpg"), "a text,\nof two lines\n");
        for (String command : new String[] {"inspect", "decrypt"}) {
            Called called = command.equals("inspect")
                    ? Called.with("crypt", "inspect", file)
                    : Called.with("crypt", "decrypt", "--key", key, file, out);
            assertFailed(called, ExitCode.FAILED);
            assertThat(called.err()).contains(file.toString()).contains("no OpenPGP message");
        }
    }

    private Path unsigned() throws IOException {
        return Files.write(folder.resolve("unsigned.gpg"), message);
    }

    private static void assertSide(JsonNode side, byte[] bytes) {
        assertThat(side.get("size").asLong()).isEqualTo(bytes.length);
        for (ChecksumAlgorithm algorithm : new ChecksumAlgorithm[] {ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA256}) {
            assertThat(side.get(algorithm.label()).asString())
                    .isEqualTo(Checksum.of(algorithm, algorithm.newDigest().digest(bytes))
                            .hex());
        }
    }

    private void assertDone(Called called) {
        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
    }

    private void assertFailed(Called called, ExitCode code) {
        assertThat(called.code()).as(called.err()).isEqualTo(code);
        assertThat(called.err()).isNotEmpty().doesNotContain("fault of the program");
        assertThat(out).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**/.waybill*");
    }
}
