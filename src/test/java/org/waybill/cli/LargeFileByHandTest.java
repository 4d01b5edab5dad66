package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import tools.jackson.databind.JsonNode;

/** A file that is large enough to be hashed and written beside the thread that encrypts or decrypts it. */
class LargeFileByHandTest {

    private static final int BYTES = 3_000_017;

    @TempDir
    private Path folder;

    private byte[] content;
    private Path plain;
    private Path encrypted;
    private Path out;

    @BeforeEach
    void makeKeyAndFiles() throws IOException {
        content = new byte[BYTES];
        new Random(7).nextBytes(content);
        plain = Files.write(folder.resolve("a.bam"), content);
        encrypted = folder.resolve("a.bam.c4gh");
        out = folder.resolve("out");
        assertDone(Called.with("crypt", "keygen", folder.resolve("node")));
        assertDone(encrypt(encrypted));
    }

    @Test
    void isMeasuredOnBothSides() throws IOException {
        Path again = folder.resolve("again.c4gh");
        JsonNode made = encrypt(again).json();
        assertThatAreOf(made.get("plain"), content);
        assertThatAreOf(made.get("encrypted"), Files.readAllBytes(again));

        JsonNode opened = decrypt().json();
        assertThatAreOf(opened.get("plain"), content);
        assertThatAreOf(opened.get("encrypted"), Files.readAllBytes(encrypted));
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
    }

    @Test
    void isOnlyCountedWhereChecksumsAreLeftOut() throws IOException {
        Path again = folder.resolve("again.c4gh");
        JsonNode made = encrypt(again, "--no-checksums").json();
        assertThat(made.get("plain")).hasToString("{\"size\":" + BYTES + "}");
        assertThat(made.get("encrypted")).hasToString("{\"size\":" + Files.size(again) + "}");

        JsonNode opened = decrypt("--no-checksums").json();
        assertThat(opened.get("plain")).hasToString("{\"size\":" + BYTES + "}");
        assertThat(opened.get("encrypted")).hasToString("{\"size\":" + Files.size(encrypted) + "}");
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
    }

    @Test
    void isComparedWithTheChecksumThatIsExpectedEvenIfTheOthersAreLeftOut() {
        String right = hex(ChecksumAlgorithm.MD5, content);
        String wrong = right.substring(1) + (right.startsWith("0") ? "1" : "0");
        Called failed = decrypt("--no-checksums", "--expect-md5", wrong);
        assertFailed(failed);
        assertThat(failed.err()).contains(wrong).contains(right);

        Called met = decrypt("--no-checksums", "--expect-md5", right);
        assertDone(met);
        assertThat(met.json().get("plain")).hasToString("{\"size\":" + BYTES + ",\"md5\":\"" + right + "\"}");
        assertThat(met.json().get("encrypted").has("md5")).isFalse();
        assertThat(met.json().get("expectationMet").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {BYTES / 2, BYTES - 1})
    void isNotThereIfTheInputIsDamaged(int at) throws IOException {
        byte[] file = Files.readAllBytes(encrypted);
        file[at] ^= 1;
        Files.write(encrypted, file);
        assertFailed(decrypt());
        assertFailed(decrypt("--no-checksums"));
    }

    @Test
    void isNotThereIfTheInputIsCut() throws IOException {
        Files.write(encrypted, Arrays.copyOf(Files.readAllBytes(encrypted), BYTES - 50_000));
        assertFailed(decrypt());
        assertFailed(decrypt("--no-checksums"));
    }

    @Test
    void goesToStandardOutputWhole() {
        for (List<String> options : List.of(List.<String>of(), List.of("--no-checksums"))) {
            List<Object> words = new ArrayList<>(List.of("crypt", "decrypt", "--key", folder.resolve("node.sec")));
            words.addAll(options);
            words.addAll(List.of(encrypted, "-"));
            Called called = Called.with(words.toArray());
            assertDone(called);
            assertThat(called.outBytes()).isEqualTo(content);
        }
    }

    @Test
    void isHandedToOtherReadersWithTheChecksumsOfWhatIsWritten() throws IOException {
        assertDone(Called.with("crypt", "keygen", folder.resolve("other")));
        Path rewrapped = folder.resolve("b.c4gh");
        Called called = Called.with(
                "--json",
                "crypt",
                "rewrap",
                "--key",
                folder.resolve("node.sec"),
                "--recipient",
                folder.resolve("other.pub"),
                encrypted,
                rewrapped);
        assertDone(called);
        assertThatAreOf(called.json().get("encrypted"), Files.readAllBytes(rewrapped));
        assertDone(Called.with("crypt", "decrypt", "--key", folder.resolve("other.sec"), rewrapped, out));
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
    }

    @Test
    void hasItsOwnChecksumsWhenOthersAreDigestedInTheSameCommand() throws IOException {
        JsonNode all =
                Called.with("--json", "checksum", plain, encrypted, plain).json();
        assertThatAreOf(all.get(0), content);
        assertThatAreOf(all.get(1), Files.readAllBytes(encrypted));
        assertThatAreOf(all.get(2), content);
    }

    private Called encrypt(Path to, String... options) {
        List<Object> words = new ArrayList<>(List.of("--json", "crypt", "encrypt"));
        words.addAll(List.of(options));
        words.addAll(List.of("--recipient", folder.resolve("node.pub"), plain, to));
        return Called.with(words.toArray());
    }

    private Called decrypt(String... options) {
        List<Object> words = new ArrayList<>(List.of("--json", "crypt", "decrypt"));
        words.addAll(List.of(options));
        words.addAll(List.of("--key", folder.resolve("node.sec"), encrypted, out));
        return Called.with(words.toArray());
    }

    private static void assertThatAreOf(JsonNode measured, byte[] bytes) {
        assertThat(measured.get("size").asLong()).isEqualTo(bytes.length);
        assertThat(measured.get("md5").asString()).isEqualTo(hex(ChecksumAlgorithm.MD5, bytes));
        assertThat(measured.get("sha256").asString()).isEqualTo(hex(ChecksumAlgorithm.SHA256, bytes));
    }

    private static String hex(ChecksumAlgorithm algorithm, byte[] bytes) {
        return Checksum.of(algorithm, algorithm.newDigest().digest(bytes)).hex();
    }

    private static void assertDone(Called called) {
        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
    }

    private void assertFailed(Called called) {
        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.FAILED);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.equals("out") || name.startsWith(".waybill"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
