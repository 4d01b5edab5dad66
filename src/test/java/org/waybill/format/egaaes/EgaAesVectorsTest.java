package org.waybill.format.egaaes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.TruncatedInputException;

class EgaAesVectorsTest {

    private static final Path VECTORS = Path.of("src/test/resources/ega-aes");
    private static final EgaAesKey KEY = EgaAesKey.derive("aeskey".toCharArray(), 128);

    /** Made by EGA's own code; see the README beside the files. */
    @Test
    void decryptsEveryVectorToItsDigests() throws IOException {
        List<String> declared = Files.readAllLines(VECTORS.resolve("plaintexts.csv"));
        assertThat(declared).hasSize(8);
        for (String line : declared.subList(1, declared.size())) {
            String[] columns = line.split(",", -1);
            Path vector = VECTORS.resolve("c.128." + columns[0] + ".bam.cip");

            byte[] plaintext = decrypt(Files.readAllBytes(vector), KEY);

            assertThat(plaintext).hasSize(Integer.parseInt(columns[0]));
            assertThat(digest(ChecksumAlgorithm.MD5, plaintext)).isEqualTo(columns[1]);
            assertThat(digest(ChecksumAlgorithm.SHA256, plaintext)).isEqualTo(columns[2]);
            assertThat(EgaAesFormat.plainSize(Files.size(vector))).isEqualTo(plaintext.length);
        }
    }

    @ParameterizedTest
    @CsvSource({"128, 48043b5b56d3ce3e1a2b", "256, 7c6c14b66ba852cf3080"})
    void decryptsBothKeySizes(int bits, String ciphertext) throws IOException {
        byte[] file = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f" + ciphertext);
        try (EgaAesKey key = EgaAesKey.derive("aeskey".toCharArray(), bits)) {
            assertThat(new String(decrypt(file, key), StandardCharsets.US_ASCII))
                    .isEqualTo("hello, ega");
        }
    }

    /** The counter of this file overflows its low 32 and 64 bits after one block. */
    @Test
    void countsWithAllBitsOfTheInitialCounter() throws Exception {
        byte[] iv = HexFormat.of().parseHex("0000000000000000ffffffffffffffff");
        byte[] file = Arrays.copyOf(iv, 16 + 32);

        byte[] keyStream = decrypt(file, KEY);

        byte[] next = Arrays.copyOf(HexFormat.of().parseHex("00000000000000010000000000000000"), 16 + 16);
        assertThat(Arrays.copyOfRange(keyStream, 16, 32)).isEqualTo(decrypt(next, KEY));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 65_535, 65_536, 65_537, 200_000})
    void readsWhatItWrites(int length) throws IOException {
        byte[] plaintext = new byte[length];
        new Random(12).nextBytes(plaintext);
        for (int readSize : new int[] {1, 13, 16, 65_536}) {
            byte[] file = encrypt(plaintext, KEY, readSize);

            assertThat(file).hasSize((int) EgaAesFormat.encryptedSize(length));
            assertThat(readBy(readSize, file)).isEqualTo(plaintext);
        }
    }

    @Test
    void neverUsesACounterTwice() throws IOException {
        byte[] plaintext = new byte[100];

        assertThat(encrypt(plaintext, KEY, 100)).isNotEqualTo(encrypt(plaintext, KEY, 100));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15})
    void refusesAFileThatEndsWithinItsCounter(int length) {
        assertThatThrownBy(() -> decrypt(new byte[length], KEY))
                .isInstanceOf(TruncatedInputException.class)
                .extracting(fault -> ((TruncatedInputException) fault).offset())
                .isEqualTo((long) length);
        assertThatThrownBy(() -> EgaAesFormat.plainSize(length)).isInstanceOf(TruncatedInputException.class);
    }

    @Test
    void touchesNothingOfTheArrayBesideItsPart() throws IOException {
        byte[] array = new byte[100];
        try (InputStream in = new EgaAesInputStream(Files.newInputStream(VECTORS.resolve("c.128.5000.bam.cip")), KEY)) {
            assertThat(in.read(array, 40, 20)).isEqualTo(20);
        }

        assertThat(Arrays.copyOf(array, 40)).containsOnly(0);
        assertThat(Arrays.copyOfRange(array, 60, 100)).containsOnly(0);
        assertThat(Arrays.copyOfRange(array, 40, 60))
                .isEqualTo(Arrays.copyOf(decrypt(Files.readAllBytes(VECTORS.resolve("c.128.5000.bam.cip")), KEY), 20));
    }

    @Test
    void isOfNoUseOnceClosed() {
        EgaAesKey key = EgaAesKey.derive("aeskey".toCharArray(), 256);
        key.close();

        assertThat(key.isDestroyed()).isTrue();
        assertThatThrownBy(() -> decrypt(new byte[16], key)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesOtherKeySizesAndNoPassword() {
        assertThatThrownBy(() -> EgaAesKey.derive("aeskey".toCharArray(), 192))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EgaAesKey.derive(new char[0], 256)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] encrypt(byte[] plaintext, EgaAesKey key, int writeSize) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (EgaAesOutputStream out = new EgaAesOutputStream(file, key)) {
            for (int at = 0; at < plaintext.length; at += writeSize) {
                out.write(plaintext, at, Math.min(writeSize, plaintext.length - at));
            }
        }
        return file.toByteArray();
    }

    private static byte[] decrypt(byte[] file, EgaAesKey key) throws IOException {
        try (InputStream in = new EgaAesInputStream(new ByteArrayInputStream(file), key)) {
            return in.readAllBytes();
        }
    }

    private static byte[] readBy(int readSize, byte[] file) throws IOException {
        ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
        byte[] buffer = new byte[readSize];
        try (InputStream in = new EgaAesInputStream(new ByteArrayInputStream(file), KEY)) {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                plaintext.write(buffer, 0, count);
            }
        }
        return plaintext.toByteArray();
    }

    private static String digest(ChecksumAlgorithm algorithm, byte[] plaintext) {
        return Checksum.of(algorithm, algorithm.newDigest().digest(plaintext)).hex();
    }
}
