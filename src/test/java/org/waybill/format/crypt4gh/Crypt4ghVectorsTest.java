package org.waybill.format.crypt4gh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;

/** Files that five other implementations wrote; see the README beside them. */
class Crypt4ghVectorsTest {

    private static final int VECTORS = 30;

    @ParameterizedTest
    @MethodSource("vectors")
    void decryptsToTheDeclaredDigests(Path vector) throws IOException {
        byte[] plaintext = Samples.decrypt(Files.readAllBytes(vector), Samples.pythonKey());

        assertThat(digests(plaintext)).isEqualTo(declared(vector));
    }

    @Test
    void everyVectorIsThere() throws IOException {
        assertThat(vectors()).hasSize(VECTORS);
    }

    @Test
    void appliesTheEditListOfTheVector() throws IOException {
        byte[] edited =
                Samples.decrypt(Files.readAllBytes(Samples.FILES.resolve("edit-list.c4gh")), Samples.pythonKey());
        byte[] whole =
                Samples.decrypt(Files.readAllBytes(Samples.FILES.resolve("python.131072.c4gh")), Samples.pythonKey());

        assertThat(edited).isEqualTo(Arrays.copyOfRange(whole, 70_000, whole.length));
        assertThat(digest(ChecksumAlgorithm.MD5, edited)).isEqualTo("f90acef34acca4d3bdf4f4206da3a1eb");
    }

    @Test
    void eachOfTwoRecipientsReadsTheSame() throws IOException {
        byte[] file = Files.readAllBytes(Samples.FILES.resolve("two-recipients.200000.c4gh"));

        byte[] first = Samples.decrypt(file, Samples.pythonKey());

        assertThat(first).hasSize(200_000);
        assertThat(Samples.decrypt(file, Samples.goKey())).isEqualTo(first);
        assertThat(Samples.decrypt(file, Crypt4ghSecretKey.generate(), Samples.goKey()))
                .isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void sizeArithmeticAgreesWithTheOtherImplementations(Path vector) throws IOException {
        long size = Files.size(vector);
        long plainSize = Long.parseLong(declared(vector).get(0));

        assertThat(Crypt4ghFormat.plainSize(size - Crypt4ghFormat.headerSize(1)))
                .isEqualTo(plainSize);
        if (plainSize > 0) {
            assertThat(Crypt4ghFormat.encryptedSize(plainSize, 1)).isEqualTo(size);
        }
    }

    static Stream<Path> vectors() throws IOException {
        try (Stream<Path> files = Files.list(Samples.FILES)) {
            return files
                    .filter(file -> !file.getFileName().toString().matches("(edit-list|two-recipients).*"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** The line of plaintexts.csv: size, MD5, SHA-256. */
    private static List<String> declared(Path vector) throws IOException {
        String size = vector.getFileName().toString().split("\\.", -1)[1];
        return Files.readAllLines(Path.of("src/test/resources/crypt4gh/plaintexts.csv")).stream()
                .map(line -> List.of(line.split(",", -1)))
                .filter(line -> line.get(0).equals(size))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> digests(byte[] plaintext) {
        return List.of(
                String.valueOf(plaintext.length),
                digest(ChecksumAlgorithm.MD5, plaintext),
                digest(ChecksumAlgorithm.SHA256, plaintext));
    }

    private static String digest(ChecksumAlgorithm algorithm, byte[] plaintext) {
        return Checksum.of(algorithm, algorithm.newDigest().digest(plaintext)).hex();
    }
}
