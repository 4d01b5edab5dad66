package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waybill.format.manifest.Manifests.MD5;
import static org.waybill.format.manifest.Manifests.OTHER_MD5;
import static org.waybill.format.manifest.Manifests.SHA256;
import static org.waybill.format.manifest.Manifests.declared;
import static org.waybill.format.manifest.Manifests.rejected;
import static org.waybill.format.manifest.Manifests.resource;
import static org.waybill.format.manifest.Manifests.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.MalformedInputException;
import org.waybill.format.manifest.ManifestRow.Declared;
import org.waybill.format.manifest.ManifestRow.Facts;
import org.waybill.format.manifest.ManifestRow.Rejected;

/** Lists of EGA and of the Sensitive Data Archive. */
class JsonTest {

    private static final Checksum SUM = new Checksum(ChecksumAlgorithm.MD5, MD5);
    private static final Checksum OTHER_SUM = new Checksum(ChecksumAlgorithm.MD5, OTHER_MD5);
    private static final Checksum SHA = new Checksum(ChecksumAlgorithm.SHA256, SHA256);

    @Test
    void readsVersionOneWhereTheBareChecksumIsOfBytesThatNeverArrive() throws IOException {
        List<ManifestRow> rows = resource("ega-v1.json");
        assertThat(rows.get(0)).isInstanceOfSatisfying(Declared.class, row -> {
            assertThat(row.line()).isEqualTo(1);
            assertThat(row.name().value()).isEqualTo("a.bam.cip");
            assertThat(row.plain()).isEqualTo(new Facts(OptionalLong.of(1000), List.of(SUM)));
            assertThat(row.encrypted()).isEqualTo(Facts.NONE);
            assertThat(row.fileId()).contains("EGAF00000000001");
            assertThat(row.datasetId()).contains("EGAD00000000001");
        });
        assertThat(((Rejected) rows.get(1)).fault()).isEqualTo(RowFault.NO_ACCESS);
        assertThat(((Rejected) rows.get(2)).fault()).isEqualTo(RowFault.MISSING_CHECKSUM);
    }

    @Test
    void readsVersionTwo() throws IOException {
        List<ManifestRow> rows = resource("ega-v2.json");
        assertThat(rows.get(0)).isInstanceOfSatisfying(Declared.class, row -> {
            assertThat(row.plain()).isEqualTo(new Facts(OptionalLong.of(0), List.of(SHA)));
            assertThat(row.datasetId()).contains("EGAD00000000001");
        });
        assertThat(rows.get(1)).isInstanceOfSatisfying(Declared.class, row -> {
            assertThat(row.plain()).isEqualTo(new Facts(OptionalLong.of(1), List.of(SUM)));
            assertThat(row.datasetId()).isEmpty();
        });
    }

    @Test
    void readsTheOldApiInsideItsEnvelope() throws IOException {
        List<ManifestRow> rows = resource("ega-old-api.json");
        assertThat(rows)
                .extracting(row -> ((Declared) row).name().value())
                .containsExactly("EGAR1/a.bam.cip", "b.bam.cip");
        assertThat(((Declared) rows.get(0)).plain()).isEqualTo(new Facts(OptionalLong.of(1000), List.of(SUM)));
        assertThat(((Declared) rows.get(1)).plain()).isEqualTo(new Facts(OptionalLong.of(100), List.of(OTHER_SUM)));
    }

    @Test
    void namesTheFilesOfThePublicMetadataByTheirAccession() throws IOException {
        List<ManifestRow> rows = resource("ega-public-metadata.json");
        assertThat(rows.get(0)).isInstanceOfSatisfying(Declared.class, row -> {
            assertThat(row.name().value()).isEqualTo("EGAF00000000001.bam");
            assertThat(row.fileId()).contains("EGAF00000000001");
            assertThat(row.plain()).isEqualTo(new Facts(OptionalLong.empty(), List.of(SUM)));
        });
        assertThat(((Declared) rows.get(1)).name().value()).isEqualTo("EGAF00000000002");
    }

    @Test
    void readsTheArchiveThatKeepsSensitiveData() throws IOException {
        List<ManifestRow> rows = resource("sda.json");
        assertThat(rows.get(0)).isInstanceOfSatisfying(Declared.class, row -> {
            assertThat(row.name().value()).isEqualTo("folder/a.bam.c4gh");
            assertThat(row.encrypted().checksums()).containsExactly(OTHER_SUM);
            assertThat(row.plain().checksums()).containsExactly(SHA, SUM);
            assertThat(row.datasetId()).contains("EGAD1");
        });
        assertThat(rows.get(1)).isInstanceOfSatisfying(Declared.class, row -> {
            assertThat(row.name().value()).isEqualTo("b.txt.c4gh");
            assertThat(row.plain()).isEqualTo(new Facts(OptionalLong.of(32), List.of(SHA)));
        });
    }

    @Test
    void oneObjectThatIsAFileIsOneRow() throws IOException {
        String message =
                "{\"type\":\"ingest\",\"filepath\":\"a.c4gh\",\"encrypted_checksums\":[{\"type\":\"md5\",\"value\":\""
                        + MD5 + "\"}]}";
        assertThat(declared("m.json", message).encrypted().checksums()).containsExactly(SUM);
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("{\"fileId\":\"E\"}", RowFault.MISSING_NAME),
                Arguments.of("{}", RowFault.MISSING_NAME),
                Arguments.of("\"EGAD1\"", RowFault.MALFORMED_ROW),
                Arguments.of("[[1],{}]", RowFault.MALFORMED_ROW),
                Arguments.of("null", RowFault.MALFORMED_ROW),
                Arguments.of("{\"fileName\":\"\",\"fileMd5\":\"" + MD5 + "\"}", RowFault.NO_ACCESS),
                Arguments.of("{\"fileName\":{\"a\":1},\"fileMd5\":\"" + MD5 + "\"}", RowFault.MALFORMED_ROW),
                Arguments.of(
                        "{\"fileName\":\"a\",\"fileName\":\"b\",\"fileMd5\":\"" + MD5 + "\"}", RowFault.MALFORMED_ROW),
                Arguments.of("{\"fileName\":\"a\",\"decrypted_checksums\":[\"x\",{}]}", RowFault.MALFORMED_ROW),
                Arguments.of("{\"fileName\":\"a\"}", RowFault.MISSING_CHECKSUM),
                Arguments.of("{\"fileName\":\"a\",\"decrypted_checksums\":[]}", RowFault.MISSING_CHECKSUM),
                Arguments.of("{\"fileName\":\"a\",\"fileMd5\":\"x\"}", RowFault.BAD_CHECKSUM),
                Arguments.of(
                        "{\"fileName\":\"a\",\"plainChecksum\":\"" + MD5 + "\",\"plainChecksumType\":\"CRC\"}",
                        RowFault.BAD_CHECKSUM),
                Arguments.of(
                        "{\"fileName\":\"a\",\"plainChecksum\":\"" + MD5 + "\",\"fileMd5\":\"" + OTHER_MD5 + "\"}",
                        RowFault.CONFLICTING_DECLARATION),
                Arguments.of("{\"fileId\":\"E\",\"fileName\":\"a\",\"fileSize\":15}", RowFault.BAD_SIZE),
                Arguments.of("{\"fileId\":\"E\",\"fileName\":\"a\",\"fileSize\":-1}", RowFault.BAD_SIZE),
                Arguments.of("{\"fileId\":\"E\",\"fileName\":\"a\",\"fileSize\":1e9}", RowFault.BAD_SIZE),
                Arguments.of(
                        "{\"fileId\":\"E\",\"fileName\":\"a\",\"fileSize\":99999999999999999999}", RowFault.BAD_SIZE),
                Arguments.of("{\"fileName\":\"a/../../b\",\"fileMd5\":\"" + MD5 + "\"}", RowFault.PARENT_SEGMENT),
                Arguments.of("{\"fileName\":\"a\\u0000b\",\"fileMd5\":\"" + MD5 + "\"}", RowFault.NUL_CHARACTER),
                Arguments.of("{\"fileName\":\"a\\ud800\",\"fileMd5\":\"" + MD5 + "\"}", RowFault.BAD_ENCODING),
                Arguments.of(
                        "{\"fileName\":\"a\",\"datasetId\":\"../x\",\"fileMd5\":\"" + MD5 + "\"}",
                        RowFault.MALFORMED_ROW));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void rejectsTheFileAndReadsOn(String file, RowFault fault) throws IOException {
        String good = "{\"fileName\":\"good.bam\",\"fileMd5\":\"" + MD5 + "\",\"unknown\":{\"deep\":[[{}]]}}";
        List<ManifestRow> rows = rows("m.json", "[" + good + "," + file + "," + good + "]");
        assertThat(rows).extracting(ManifestRow::line).containsExactly(1L, 2L, 3L);
        assertThat(rows.get(1)).isInstanceOfSatisfying(Rejected.class, row -> assertThat(row.fault())
                .isEqualTo(fault));
        assertThat(rows.get(2)).isInstanceOf(Declared.class);
    }

    @Test
    void leadingSlashesAreTheRootOfEgasArchive() throws IOException {
        assertThat(declared("m.json", "[{\"fileName\":\"//a/b.bam\",\"fileMd5\":\"" + MD5 + "\"}]")
                        .name()
                        .value())
                .isEqualTo("a/b.bam");
    }

    @Test
    void aListOfChecksumsWithoutAnEndIsNotKept() throws IOException {
        String sum = "{\"type\":\"md5\",\"value\":\"" + MD5 + "\"}";
        String file = "{\"filepath\":\"a\",\"decrypted_checksums\":[" + (sum + ",").repeat(10_000) + sum + "]}";
        assertThat(rejected("m.json", "[" + file + "]").fault()).isEqualTo(RowFault.MALFORMED_ROW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"response\":{\"result\":[]}}",
                "{\"header\":{\"code\":\"401\",\"userMessage\":\"Unauthorized\"},\"response\":null}",
                "{\"error\":\"invalid_token\",\"fields\":[\"a\",[1]]}",
                "{}",
                "[{\"fileName\":\"a\"}] trailing",
                "[{\"fileName\":\"a\"}]]",
                "[{\"fileName\":\"a\"}] 7",
                "[{\"fileName\":a}]",
                "[{\"fileName\":\"a\",}]"
            })
    void aDocumentWithoutFilesOrWithBrokenSyntaxIsMalformed(String document) {
        assertThatThrownBy(() -> rows("m.json", document)).isInstanceOf(MalformedInputException.class);
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        String document = "{\"response\":{\"result\":[{\"fileName\":\"a\",\"fileMd5\":\"" + MD5
                + "\"},{\"fileName\":\"b\",\"decrypted_checksums\":[{\"type\":\"md5\",\"value\":\"" + MD5 + "\"}]}]}}";
        assertThat(rows("m.json", document)).hasSize(2);
        for (int length = 1; length < document.length(); length++) {
            String cut = document.substring(0, length);
            assertThatThrownBy(() -> rows("m.json", cut))
                    .isInstanceOf(MalformedInputException.class)
                    .hasMessageContaining("truncated");
        }
    }

    @Test
    void aStringWithoutAnEndIsNotKept() {
        assertThatThrownBy(() -> rows("m.json", "[{\"fileName\":\"" + "a".repeat(200_000)))
                .isInstanceOf(MalformedInputException.class);
    }

    @Test
    void aDeviceThatFailsIsNotTheManifestsFault() throws IOException {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        String start = "[" + "{\"fileName\":\"a\"},".repeat(10_000);
        InputStream in = new SequenceInputStream(new ByteArrayInputStream(start.getBytes(UTF_8)), failing);
        try (ManifestReader reader = ManifestReader.open(in, "m.json", Map.of())) {
            assertThatThrownBy(() -> {
                        while (reader.next() != null) {
                            // until the disk is gone
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk is gone");
        }
    }
}
