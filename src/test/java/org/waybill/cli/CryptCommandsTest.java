package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.format.egaaes.EgaAesOutputStream;

/** The commands by hand, as a person calls them. After every failing command the output does not exist. */
class CryptCommandsTest {

    private static final Path CRYPT4GH = Path.of("src/test/resources/crypt4gh");
    private static final Path PYTHON_KEY = CRYPT4GH.resolve("keys/node-python.sec");
    private static final Path CIP = Path.of("src/test/resources/ega-aes");

    @TempDir
    private static Path made;

    @TempDir
    private Path folder;

    private Path key;
    private Path plain;
    private Path encrypted;
    private Path out;
    private byte[] content;

    @BeforeAll
    static void makeKeyAndFile() throws IOException {
        byte[] content = new byte[150_000];
        new Random(7).nextBytes(content);
        Files.write(made.resolve("a.bam"), content);
        assertThat(Called.with("crypt", "keygen", made.resolve("node")).code()).isEqualTo(ExitCode.DONE);
        assertThat(Called.with("crypt", "keygen", made.resolve("other")).code()).isEqualTo(ExitCode.DONE);
        assertThat(Called.with(
                                "crypt",
                                "encrypt",
                                "--recipient",
                                made.resolve("node.pub"),
                                made.resolve("a.bam"),
                                made.resolve("a.bam.c4gh"))
                        .code())
                .isEqualTo(ExitCode.DONE);
    }

    @BeforeEach
    void copyThem() throws IOException {
        for (String name : List.of("node.sec", "node.pub", "other.sec", "other.pub", "a.bam", "a.bam.c4gh")) {
            Files.copy(made.resolve(name), folder.resolve(name));
        }
        key = folder.resolve("node.sec");
        plain = folder.resolve("a.bam");
        encrypted = folder.resolve("a.bam.c4gh");
        out = folder.resolve("out");
        content = Files.readAllBytes(plain);
    }

    @Test
    void decryptsWhatItEncrypted() throws IOException {
        Called called = Called.with("crypt", "decrypt", "--key", key, encrypted, out);
        assertDone(called);
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        assertThat(called.out()).contains("150,000 bytes").contains(sha256(content));
    }

    @Test
    void saysThatAFileIsNotProvedWholeUnlessSomethingIsExpectedOfIt() {
        assertThat(Called.with("crypt", "decrypt", "--key", key, encrypted, out).err())
                .contains("does not show whether whole segments were cut off")
                .contains("--expect-sha256");
        Called proved = Called.with(
                "crypt", "decrypt", "--key", key, "--expect-size", 150_000, encrypted, folder.resolve("proved"));
        assertDone(proved);
        assertThat(proved.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--expect-sha256", "--expect-md5"})
    void takesTheChecksumThatIsExpectedAndNoOther(String option) {
        ChecksumAlgorithm algorithm = option.endsWith("md5") ? ChecksumAlgorithm.MD5 : ChecksumAlgorithm.SHA256;
        String right =
                Checksum.of(algorithm, algorithm.newDigest().digest(content)).hex();
        String wrong = right.substring(1) + (right.startsWith("0") ? "1" : "0");
        Called failed = Called.with("crypt", "decrypt", "--key", key, option, wrong, encrypted, out);
        assertFailed(failed, ExitCode.FAILED);
        assertThat(failed.err()).contains(wrong).contains(right);
        assertDone(Called.with("crypt", "decrypt", "--key", key, option, right, encrypted, out));
    }

    @Test
    void refusesAFileThatLacksASegmentWhenItsSizeIsExpected() throws IOException {
        byte[] file = Files.readAllBytes(encrypted);
        Files.write(encrypted, Arrays.copyOf(file, 124 + 2 * 65_564)); // the format itself does not notice
        assertFailed(
                Called.with("crypt", "decrypt", "--key", key, "--expect-size", 150_000, encrypted, out),
                ExitCode.FAILED);
        assertDone(Called.with("crypt", "decrypt", "--key", key, encrypted, out));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 123, 124 + 27, 124 + 65_563, 149_000})
    void makesNothingOfACutFile(int length) throws IOException {
        Files.write(encrypted, Arrays.copyOf(Files.readAllBytes(encrypted), length));
        Called called = Called.with("crypt", "decrypt", "--key", key, encrypted, out);
        assertFailed(called, ExitCode.FAILED);
        assertThat(called.err()).contains(encrypted.toString()).doesNotContain("fault of the program");
    }

    @Test
    void makesNothingOfAChangedFile() throws IOException {
        byte[] file = Files.readAllBytes(encrypted);
        file[140_000] ^= 1;
        Files.write(encrypted, file);
        Called called = Called.with("crypt", "decrypt", "--key", key, encrypted, out);
        assertFailed(called, ExitCode.FAILED);
        assertThat(called.err()).contains("at byte ");
    }

    @Test
    void makesNothingWithAnotherKey() {
        Called called = Called.with("crypt", "decrypt", "--key", folder.resolve("other.sec"), encrypted, out);
        assertFailed(called, ExitCode.FAILED);
        assertThat(called.err()).contains("tried our public key");
    }

    @Test
    void triesEveryKeyThatIsNamed() {
        assertDone(Called.with("crypt", "decrypt", "--key", folder.resolve("other.sec"), "--key", key, encrypted, out));
    }

    @Test
    void leavesAnExistingFileAsItIs() throws IOException {
        Files.writeString(out, "mine");
        for (Called called : List.of(
                Called.with("crypt", "decrypt", "--key", key, encrypted, out),
                Called.with("crypt", "encrypt", "--recipient", folder.resolve("node.pub"), plain, out))) {
            assertThat(called.code()).isEqualTo(ExitCode.FAILED);
            assertThat(called.err()).contains("exists already");
        }
        assertThat(out).hasContent("mine");
    }

    @Test
    void leavesAnExistingLinkToNowhereAsItIs() throws IOException {
        Files.createSymbolicLink(out, folder.resolve("nowhere"));
        assertThat(Called.with("crypt", "decrypt", "--key", key, encrypted, out).code())
                .isEqualTo(ExitCode.FAILED);
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void namesWhatIsNotThere() {
        assertFailed(Called.with("crypt", "decrypt", "--key", key, folder.resolve("nothing"), out), ExitCode.FAILED);
        assertFailed(
                Called.with("crypt", "decrypt", "--key", folder.resolve("nokey"), encrypted, out), ExitCode.FAILED);
        assertFailed(Called.with("crypt", "decrypt", "--key", key, folder, out), ExitCode.FAILED);
        assertFailed(
                Called.with("crypt", "decrypt", "--key", key, encrypted, folder.resolve("no/out")), ExitCode.FAILED);
        assertFailed(Called.with("crypt", "encrypt", "--recipient", key, plain, out), ExitCode.FAILED); // a secret key
    }

    @Test
    void asksForTheKeyOrThePasswordThatIsMissing() throws IOException {
        assertFailed(Called.with("crypt", "decrypt", encrypted, out), ExitCode.WRONG_USAGE);
        assertFailed(
                Called.with("crypt", "decrypt", Files.copy(plain, folder.resolve("a.cip")), out), ExitCode.WRONG_USAGE);
        assertFailed(Called.with("crypt", "encrypt", plain, out), ExitCode.WRONG_USAGE);
        assertFailed(Called.with("crypt", "decrypt", "--bits", 64, encrypted, out), ExitCode.WRONG_USAGE);
        assertFailed(Called.with("crypt", "decrypt", "--expect-md5", "abc", encrypted, out), ExitCode.WRONG_USAGE);
        assertFailed(Called.with("crypt"), ExitCode.WRONG_USAGE);
    }

    @Test
    void unlocksAKeyWithItsPassphraseAndNoOther() throws IOException {
        Path file = CRYPT4GH.resolve("files/go.65537.c4gh");
        Called without = Called.with("crypt", "decrypt", "--key", PYTHON_KEY, file, out);
        assertFailed(without, ExitCode.FAILED);
        assertThat(without.err()).contains("--passphrase env:NAME or file:PATH");
        Path wrong = Called.secretFile(folder, "wrong");
        assertFailed(
                Called.with("crypt", "decrypt", "--key", PYTHON_KEY, "--passphrase", "file:" + wrong, file, out),
                ExitCode.FAILED);
        Path right = Called.secretFile(folder, "pypass");
        assertDone(Called.with("crypt", "decrypt", "--key", PYTHON_KEY, "--passphrase", "file:" + right, file, out));
        assertThat(out).hasSize(65_537);
    }

    @Test
    void neverPrintsASecretFromTheCommandLine() {
        Called called = Called.with("crypt", "decrypt", "--key", key, "--passphrase", "hunter2", encrypted, out);
        assertFailed(called, ExitCode.WRONG_USAGE);
        assertThat(called.err()).contains("env:NAME or file:PATH").doesNotContain("hunter2");
    }

    @Test
    void locksANewKeyByAPassphrase() throws IOException {
        Path passphrase = Called.secretFile(folder, "sesame");
        Called keygen = Called.with("crypt", "keygen", folder.resolve("locked"), "--passphrase", "file:" + passphrase);
        assertDone(keygen);
        assertThat(keygen.err()).isEmpty();
        assertThat(folder.resolve("locked.sec")).content().contains("ENCRYPTED PRIVATE KEY");
        Path file = folder.resolve("b.c4gh");
        assertDone(Called.with("crypt", "encrypt", "--recipient", folder.resolve("locked.pub"), plain, file));
        assertFailed(
                Called.with("crypt", "decrypt", "--key", folder.resolve("locked.sec"), file, out), ExitCode.FAILED);
        assertDone(Called.with(
                "crypt",
                "decrypt",
                "--key",
                folder.resolve("locked.sec"),
                "--passphrase",
                "file:" + passphrase,
                file,
                out));
    }

    @Test
    void makesAKeyPairOnceAndPrintsThePublicKey() throws IOException {
        Called keygen = Called.with("--json", "crypt", "keygen", folder.resolve("pair"));
        assertDone(keygen);
        assertThat(keygen.json().get("secretKeyFile").asString())
                .isEqualTo(folder.resolve("pair.sec").toString());
        assertThat(Files.readString(folder.resolve("pair.pub")))
                .contains(keygen.json().get("publicKey").asString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pair.sec"))))
                .isEqualTo("rw-------");
        byte[] secret = Files.readAllBytes(folder.resolve("pair.sec"));
        Files.delete(folder.resolve("pair.pub"));
        assertThat(Called.with("crypt", "keygen", folder.resolve("pair")).code())
                .isEqualTo(ExitCode.FAILED);
        assertThat(Files.readAllBytes(folder.resolve("pair.sec"))).isEqualTo(secret);
        assertThat(folder.resolve("pair.pub")).doesNotExist();
        Files.write(folder.resolve("half.pub"), secret);
        assertThat(Called.with("crypt", "keygen", folder.resolve("half")).code())
                .isEqualTo(ExitCode.FAILED);
        assertThat(folder.resolve("half.sec")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256})
    void decryptsEgaAesOfBothLengths(int bits) throws IOException {
        Path file = folder.resolve("a.bam.cip");
        try (EgaAesKey aes = EgaAesKey.derive("aeskey".toCharArray(), bits);
                EgaAesOutputStream cip = new EgaAesOutputStream(Files.newOutputStream(file), aes)) {
            cip.write(content);
        }
        String password = "file:" + Called.secretFile(folder, "aeskey");
        assertFailed(
                Called.with(
                        "crypt",
                        "decrypt",
                        "--password",
                        password,
                        "--bits",
                        384 - bits,
                        "--expect-sha256",
                        sha256(content),
                        file,
                        out),
                ExitCode.FAILED);
        Called called = Called.with("crypt", "decrypt", "--password", password, "--bits", bits, file, out);
        assertDone(called);
        assertThat(called.err()).contains("neither a wrong password nor changed or missing bytes");
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
    }

    @Test
    void decryptsWhatEgaMade() throws IOException {
        String password = "file:" + Called.secretFile(folder, "aeskey");
        Path file = CIP.resolve("c.128.5000.bam.cip");
        Called called = Called.with("--json", "crypt", "decrypt", "--password", password, "--bits", 128, file, out);
        assertDone(called);
        assertThat(Files.readString(CIP.resolve("plaintexts.csv")))
                .contains("5000,")
                .contains(called.json().get("plain").get("sha256").asString());
    }

    @ParameterizedTest
    @CsvSource({"128, 48043b5b56d3ce3e1a2b", "256, 7c6c14b66ba852cf3080"})
    void decryptsTheKnownVectors(int bits, String ciphertext) throws IOException {
        byte[] file = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f" + ciphertext);
        Path cip = Files.write(folder.resolve("hello.cip"), file);
        String password = "file:" + Called.secretFile(folder, "aeskey");
        assertDone(Called.with("crypt", "decrypt", "--password", password, "--bits", bits, cip, out));
        assertThat(out).hasContent("hello, ega");
    }

    @Test
    void writesEgaAesThatItReads() throws IOException {
        String password = "file:" + Called.secretFile(folder, "aeskey");
        for (List<Object> bits : List.of(List.<Object>of(), List.<Object>of("--bits", 128))) {
            Path cip = folder.resolve("written" + bits.size() + ".cip");
            List<Object> words = new ArrayList<>(
                    List.of("--json", "crypt", "encrypt", "--format", "ega-aes", "--password", password, plain, cip));
            words.addAll(bits);
            Called written = Called.with(words.toArray());
            assertDone(written);
            assertThat(written.json().get("format").asString()).isEqualTo("ega-aes");
            assertThat(written.json().get("recipients").size()).isZero();
            assertThat(written.json().at("/plain/sha256").asString()).isEqualTo(sha256(content));
            assertThat(written.json().at("/encrypted/size").asLong()).isEqualTo(150_016);
            assertThat(written.json().at("/encrypted/sha256").asString()).isEqualTo(sha256(Files.readAllBytes(cip)));
            assertThat(written.err()).contains("send the plain size and checksum along");
            List<Object> back = new ArrayList<>(List.of("crypt", "decrypt", "--password", password));
            back.addAll(bits);
            back.addAll(List.of("--expect-sha256", sha256(content), cip, out));
            assertDone(Called.with(back.toArray()));
            assertThat(Files.readAllBytes(out)).isEqualTo(content);
            Files.delete(out);
        }
    }

    @Test
    void saysThatOnlyTheNameTellsEgaAes() throws IOException {
        String password = "file:" + Called.secretFile(folder, "aeskey");
        Called called = Called.with("crypt", "encrypt", "--format", "ega-aes", "--password", password, plain, out);
        assertDone(called);
        assertThat(called.err()).contains("ends in .cip");
    }

    @Test
    void refusesOptionsOfAnotherFormat() throws IOException {
        Path recipient = folder.resolve("node.pub");
        String password = "file:" + Called.secretFile(folder, "aeskey");
        for (List<Object> options : List.of(
                List.<Object>of("--format", "ega-aes"),
                List.<Object>of("--format", "ega-aes", "--recipient", recipient),
                List.<Object>of("--format", "ega-aes", "--recipient", recipient, "--password", password),
                List.<Object>of("--format", "ega-aes", "--password", password, "--bits", 192),
                List.<Object>of("--password", password),
                List.<Object>of("--recipient", recipient, "--password", password),
                List.<Object>of("--recipient", recipient, "--bits", 256),
                List.<Object>of("--format", "crypt4gh"),
                List.<Object>of("--format", "openpgp", "--password", password),
                List.<Object>of("--format", "zip", "--password", password))) {
            List<Object> words = new ArrayList<>(List.of("crypt", "encrypt"));
            words.addAll(options);
            words.addAll(List.of(plain, out));
            assertFailed(Called.with(words.toArray()), ExitCode.WRONG_USAGE);
        }
        assertDone(Called.with("crypt", "encrypt", "--format", "crypt4gh", "--recipient", recipient, plain, out));
    }

    @Test
    void asksForTheRecipientOfARewrappedFile() {
        assertFailed(Called.with("crypt", "rewrap", "--key", key, encrypted, out), ExitCode.WRONG_USAGE);
    }

    @Test
    void measuresBothSidesOfWhatItDecrypts() throws IOException {
        Called called = Called.with("--json", "crypt", "decrypt", "--key", key, encrypted, out);
        assertDone(called);
        assertThat(called.json().at("/plain/md5").asString()).hasSize(32);
        assertThat(called.json().at("/plain/sha256").asString()).isEqualTo(sha256(content));
        assertThat(called.json().at("/encrypted/sha256").asString()).isEqualTo(sha256(Files.readAllBytes(encrypted)));
        assertThat(called.json().at("/encrypted/size").asLong()).isEqualTo(Files.size(encrypted));
        assertThat(called.json().get("signature").isNull()).isTrue();
    }

    @Test
    void saysThatCrypt4ghNamesNoReadersAndHowManyThereCanBe() {
        Path two = CRYPT4GH.resolve("files/two-recipients.200000.c4gh");
        assertThat(Called.with("crypt", "inspect", two).out()).contains("does not say for whom it is; 2 at most");
        assertThat(Called.with("--json", "crypt", "inspect", two).json().at("/crypt4gh/packetSizes"))
                .hasToString("[108,108]");
        assertThat(Called.with("crypt", "inspect", CRYPT4GH.resolve("files/edit-list.c4gh"))
                        .out())
                .contains("1 at most")
                .contains("maybe: --key SEC shows it");
    }

    @Test
    void namesThoseOfOurKeysThatOpenACrypt4ghFile() throws IOException {
        Called called = Called.with(
                "--json", "crypt", "inspect", "--key", folder.resolve("other.sec"), "--key", key, encrypted);
        assertDone(called);
        assertThat(called.json().at("/crypt4gh/opened/readers").size()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("node.pub")))
                .contains(called.json().at("/crypt4gh/opened/readers/0").asString());
    }

    @Test
    void refusesPlainDataWithWhatWasExpectedAndFound() {
        Called called = Called.with("crypt", "decrypt", "--key", key, plain, out);
        assertFailed(called, ExitCode.FAILED);
        assertThat(called.err()).contains("expected Crypt4GH, OpenPGP").contains("found none of them");
    }

    @ParameterizedTest
    @CsvSource({
        "python.131072, 124, 1, 2, 131072",
        "go.0, 124, 1, 1, 0",
        "c.65537, 124, 1, 2, 65537",
        "java-uio.1, 124, 1, 1, 1",
        "java-fega.65536, 124, 1, 1, 65536",
        "two-recipients.200000, 232, 2, 4, 200000",
    })
    void looksIntoFilesOfOtherPrograms(String name, int header, int packets, int segments, int plainSize) {
        Called called = Called.with("crypt", "inspect", "--json", CRYPT4GH.resolve("files/" + name + ".c4gh"));
        assertDone(called);
        assertThat(called.json().get("format").asString()).isEqualTo("crypt4gh");
        assertThat(called.json().get("plainSize").asLong()).isEqualTo(plainSize);
        assertThat(called.json().get("crypt4gh").get("headerSize").asInt()).isEqualTo(header);
        assertThat(called.json().get("crypt4gh").get("packets").asInt()).isEqualTo(packets);
        assertThat(called.json().get("crypt4gh").get("segments").asInt()).isEqualTo(segments);
        assertThat(called.json().get("crypt4gh").get("writers").get(0).asString())
                .hasSize(44);
        assertThat(called.json().get("crypt4gh").get("opened").isNull()).isTrue();
    }

    @Test
    void showsTheEditListToTheHolderOfAKey() throws IOException {
        String passphrase = "file:" + Called.secretFile(folder, "pypass");
        Path file = CRYPT4GH.resolve("files/edit-list.c4gh");
        Called called =
                Called.with("--json", "crypt", "inspect", "--key", PYTHON_KEY, "--passphrase", passphrase, file);
        assertDone(called);
        assertThat(called.json().at("/crypt4gh/opened/dataKeys").asInt()).isEqualTo(1);
        assertThat(called.json().at("/crypt4gh/opened/contentSize").asInt()).isEqualTo(61_072);
        assertDone(Called.with("crypt", "decrypt", "--key", PYTHON_KEY, "--passphrase", passphrase, file, out));
        assertThat(out).hasSize(61_072);
        assertThat(Called.with("crypt", "inspect", "--key", key, file).code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void looksIntoOtherFormats() {
        assertThat(Called.with("crypt", "inspect", CIP.resolve("c.128.17.bam.cip"))
                        .out())
                .contains("ega-aes")
                .contains("17 bytes");
        assertThat(Called.with("crypt", "inspect", plain).out()).contains("plain");
    }

    @Test
    void handsAFileToOtherReaders() throws IOException {
        Path rewrapped = folder.resolve("b.c4gh");
        assertDone(Called.with(
                "crypt", "rewrap", "--key", key, "--recipient", folder.resolve("other.pub"), encrypted, rewrapped));
        assertFailed(Called.with("crypt", "decrypt", "--key", key, rewrapped, out), ExitCode.FAILED);
        assertDone(Called.with("crypt", "decrypt", "--key", folder.resolve("other.sec"), rewrapped, out));
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
        Files.write(encrypted, Arrays.copyOf(Files.readAllBytes(encrypted), 124 + 5));
        assertThat(Called.with(
                                "crypt",
                                "rewrap",
                                "--key",
                                key,
                                "--recipient",
                                folder.resolve("other.pub"),
                                encrypted,
                                folder.resolve("cut"))
                        .code())
                .isEqualTo(ExitCode.FAILED);
        assertThat(folder.resolve("cut")).doesNotExist();
    }

    @Test
    void writesNothingButTheBytesToStandardOutput() {
        Called called = Called.with("crypt", "decrypt", "--key", key, encrypted, "-");
        assertDone(called);
        assertThat(called.outBytes()).isEqualTo(content);
        assertThat(Called.with("--json", "crypt", "decrypt", "--key", key, encrypted, "-")
                        .code())
                .isEqualTo(ExitCode.WRONG_USAGE);
    }

    private void assertDone(Called called) {
        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
        assertNothingUnpublished();
    }

    private void assertFailed(Called called, ExitCode code) {
        assertThat(called.code()).as(called.err()).isEqualTo(code);
        assertThat(called.err()).isNotEmpty();
        assertThat(out).doesNotExist();
        assertNothingUnpublished();
    }

    private void assertNothingUnpublished() {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(".waybill"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        return Checksum.of(
                        ChecksumAlgorithm.SHA256,
                        ChecksumAlgorithm.SHA256.newDigest().digest(bytes))
                .hex();
    }
}
