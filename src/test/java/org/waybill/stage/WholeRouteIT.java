package org.waybill.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.House;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;

/** The route from end to end, on real genomics files, declared in each manifest format. */
class WholeRouteIT {

    private static final Path GENOMICS = Path.of("src/test/resources/genomics");
    private static final String DATASET = "EGAD00000000001";

    @ParameterizedTest(name = "{0}")
    @MethodSource("manifests")
    void genomicsFilesComeBackFromTheArchiveAsTheyWere(String name, Manifest manifest, @TempDir Path home)
            throws IOException {
        Uploads uploads = Uploads.in(home);
        byte[] bam = genomics("range.bam");
        byte[] cram = genomics("range.cram");
        byte[] vcf = genomics("index.vcf");
        Map<String, byte[]> files = Map.of("range.bam", bam, "range.cram", cram, "index.vcf", vcf);
        uploads.crypt4gh("range.bam.c4gh", bam);
        uploads.egaAes("sub/range.cram.cip", cram, 128);
        uploads.crypt4gh("index.vcf.c4gh", vcf);
        StringBuilder text = new StringBuilder(manifest.head());
        files.forEach((file, bytes) -> text.append(manifest.row().of(file, bytes)));
        uploads.manifest(name, text.append(manifest.tail()).toString().replace(",]", "]"));

        try (House house = House.in(home)) {
            List<StageResult> results = house.runAll("ega");
            assertThat(results).allSatisfy(result -> {
                assertThat(result.message()).isNull();
                assertThat(result.status()).isEqualTo(Status.COMPLETED);
                assertThat(result.counts().found()).isEqualTo(3);
                assertThat(result.counts().done()).isEqualTo(3);
            });
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                assertThat(uploads.fromArchive(DATASET + "/" + file.getKey() + ".c4gh"))
                        .isEqualTo(file.getValue());
            }
        }
    }

    /** How a format declares files. */
    record Manifest(String head, Row row, String tail) {

        interface Row {
            String of(String name, byte[] content);
        }
    }

    static Stream<Arguments> manifests() {
        return Stream.of(
                Arguments.of(
                        DATASET + ".md5",
                        new Manifest("", (name, bytes) -> Uploads.md5(bytes) + "  " + name + "\n", "")),
                Arguments.of(
                        DATASET + ".sha256",
                        new Manifest("", (name, bytes) -> Uploads.sha256(bytes) + " *" + name + "\n", "")),
                Arguments.of(
                        DATASET + ".tag",
                        new Manifest(
                                "", (name, bytes) -> "SHA256 (" + name + ") = " + Uploads.sha256(bytes) + "\n", "")),
                Arguments.of(
                        DATASET + ".txt",
                        new Manifest("", (name, bytes) -> name + "\t" + Uploads.md5(bytes) + "\n", "")),
                Arguments.of(
                        DATASET + ".csv",
                        new Manifest(
                                "file name;size;md5\n",
                                (name, bytes) -> "\"" + name + "\";" + bytes.length + ";" + Uploads.md5(bytes) + "\n",
                                "")),
                Arguments.of(
                        "files.tsv",
                        new Manifest(
                                "dataset\tfilename\tsha256\n",
                                (name, bytes) -> DATASET + "\t" + name + "\t" + Uploads.sha256(bytes) + "\n",
                                "")),
                Arguments.of(
                        DATASET + ".json",
                        new Manifest(
                                "[",
                                (name, bytes) -> """
                                        {"fileId": "EGAF1", "fileName": "%s.cip", "fileSize": %d, "checksum": "%s"},""".formatted(name, bytes.length + 16, Uploads.md5(bytes)),
                                "]")));
    }

    private static byte[] genomics(String name) throws IOException {
        return Files.readAllBytes(GENOMICS.resolve(name));
    }
}
