package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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

import java.io.IOException;
import java.util.List;
import java.util.Map;
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

/** CSV and TSV with a header. */
class TableTest {

    private static final Checksum SUM = new Checksum(ChecksumAlgorithm.MD5, MD5);
    private static final Checksum OTHER_SUM = new Checksum(ChecksumAlgorithm.MD5, OTHER_MD5);

    @Test
    void readsTheRunTableOfEga() throws IOException {
        List<ManifestRow> rows = resource("ega-run-table.csv");
        assertThat(rows)
                .extracting(row -> ((Declared) row).name().value())
                .containsExactly("folder/a, with comma.bam.gpg", "he said \"b\".bam.gpg");
        assertThat(rows).allSatisfy(row -> {
            assertThat(((Declared) row).encrypted().checksums()).containsExactly(OTHER_SUM);
            assertThat(((Declared) row).plain().checksums()).containsExactly(SUM);
        });
    }

    @Test
    void onePairedLineGivesTwoRows() throws IOException {
        List<ManifestRow> rows = resource("ega-paired-fastq.csv");
        assertThat(rows).extracting(ManifestRow::line).containsExactly(2L, 2L, 3L, 4L, 4L);
        Declared second = (Declared) rows.get(1);
        assertThat(second.name().value()).isEqualTo("s1_R2.fastq.gz.gpg");
        assertThat(second.encrypted().checksums()).containsExactly(SUM);
        assertThat(second.plain().checksums()).containsExactly(OTHER_SUM);
        assertThat(((Rejected) rows.get(4)).fault()).isEqualTo(RowFault.MISSING_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void sniffsTheSeparator(String separator) throws IOException {
        String table = String.join(separator, "Filename", "File Size", "MD5sum", "Dataset ID", "file_id") + "\r\n"
                + String.join(separator, "a.bam", "12", MD5, "EGAD1", "EGAF1") + "\r\n";
        Declared row = declared("any", "\uFEFF" + table);
        assertThat(row.name().value()).isEqualTo("a.bam");
        assertThat(row.plain().sizeBytes()).hasValue(12);
        assertThat(row.plain().checksums()).containsExactly(SUM);
        assertThat(row.datasetId()).contains("EGAD1");
        assertThat(row.fileId()).contains("EGAF1");
    }

    static Stream<Arguments> sides() {
        return Stream.of(
                Arguments.of("file,md5", "a.bam," + MD5, List.of(SUM), List.of()),
                Arguments.of("file,md5", "a.bam.c4gh," + MD5, List.of(), List.of(SUM)),
                Arguments.of(
                        "file,checksum,unencrypted checksum",
                        "a.bam," + MD5 + "," + OTHER_MD5,
                        List.of(OTHER_SUM),
                        List.of(SUM)),
                Arguments.of(
                        "file,md5,encrypted_md5", "a.gpg," + MD5 + "," + OTHER_MD5, List.of(SUM), List.of(OTHER_SUM)),
                Arguments.of(
                        "file,md5 (decrypted),md5 (encrypted)",
                        "a.gpg," + MD5 + "," + OTHER_MD5,
                        List.of(SUM),
                        List.of(OTHER_SUM)),
                Arguments.of("fastq_1,md5_1,fastq_2", "a.gz," + MD5 + ",", List.of(SUM), List.of()));
    }

    @ParameterizedTest
    @MethodSource("sides")
    void eachChecksumBelongsToItsSide(String header, String line, List<Checksum> plain, List<Checksum> encrypted)
            throws IOException {
        Declared row = declared("t.csv", header + "\n" + line + "\n");
        assertThat(row.plain().checksums()).isEqualTo(plain);
        assertThat(row.encrypted().checksums()).isEqualTo(encrypted);
    }

    @Test
    void theStrongestChecksumComesFirst() throws IOException {
        Declared row = declared("t.csv", "file,md5,sha256\na.bam," + MD5 + "," + SHA256 + "\n");
        assertThat(row.plain().checksums())
                .extracting(Checksum::algorithm)
                .containsExactly(ChecksumAlgorithm.SHA256, ChecksumAlgorithm.MD5);
    }

    @Test
    void theRouteMayNameTheColumns() throws IOException {
        Map<String, String> columns = Map.of("name", "Datei", "encrypted-sha256", "Prüfsumme", "size", "Länge");
        byte[] table = ("Nr;Datei;Länge;prüfsumme;md5\n1;a.bam;5;" + SHA256 + ";ignored\n").getBytes(UTF_8);
        Declared row = (Declared) rows("t.csv", table, columns).get(0);
        assertThat(row.encrypted().checksums()).extracting(Checksum::hex).containsExactly(SHA256);
        assertThat(row.plain()).isEqualTo(new Facts(java.util.OptionalLong.of(5), List.of()));
    }

    @Test
    void aColumnOfTheRouteThatIsMissingIsSaid() {
        Map<String, String> columns = Map.of("name", "Datei", "md5", "Summe");
        assertThatThrownBy(() -> rows("t.csv", "Datei,md5\na,b\n".getBytes(UTF_8), columns))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("Summe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"md4", "plain-name", "encrypted-dataset", "", "name-3"})
    void anUnknownMeaningIsAFaultOfTheRoute(String meaning) {
        assertThatThrownBy(() -> rows("t.csv", new byte[0], Map.of("name", "n", meaning, "m")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRouteThatDoesNotSayWhichColumnIsTheNameIsRefused() {
        assertThatThrownBy(() -> rows("t.csv", new byte[0], Map.of("md5", "m")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    static Stream<Arguments> badLines() {
        return Stream.of(
                Arguments.of("b.bam," + MD5, RowFault.MALFORMED_ROW),
                Arguments.of("b.bam," + MD5 + ",1,surplus", RowFault.MALFORMED_ROW),
                Arguments.of("unquoted, comma.bam," + MD5 + ",1", RowFault.MALFORMED_ROW),
                Arguments.of("\"b.bam\"x," + MD5 + ",1", RowFault.MALFORMED_ROW),
                Arguments.of("\"line\nbreak.bam\"," + MD5 + ",1", RowFault.CONTROL_CHARACTER),
                Arguments.of("," + MD5 + ",1", RowFault.MISSING_NAME),
                Arguments.of("b.bam,,", RowFault.MISSING_CHECKSUM),
                Arguments.of("b.bam,x,", RowFault.BAD_CHECKSUM),
                Arguments.of("b.bam," + SHA256 + ",", RowFault.BAD_CHECKSUM),
                Arguments.of("b.bam,,-1", RowFault.BAD_SIZE),
                Arguments.of("b.bam,,1.5", RowFault.BAD_SIZE),
                Arguments.of("b.bam,,1e3", RowFault.BAD_SIZE),
                Arguments.of("b.bam,,9223372036854775808", RowFault.BAD_SIZE),
                Arguments.of("b.bam,,\u0661", RowFault.BAD_SIZE),
                Arguments.of("/b.bam," + MD5 + ",1", RowFault.ABSOLUTE_NAME));
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void rejectsTheRowAndReadsOn(String line, RowFault fault) throws IOException {
        List<ManifestRow> rows = rows("t.csv", "file,md5,size\na.bam," + MD5 + ",1\n" + line + "\nlast," + MD5 + ",\n");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).isInstanceOfSatisfying(Rejected.class, row -> {
            assertThat(row.fault()).isEqualTo(fault);
            assertThat(row.line()).isEqualTo(3);
        });
        assertThat(rows.get(2)).isInstanceOf(Declared.class);
    }

    @Test
    void emptyRecordsAndTrailingSeparatorsAreHarmless() throws IOException {
        assertThat(rows("t.csv", "file,md5\n\n,\na.bam," + MD5 + ",,\n,,\n"))
                .singleElement()
                .isInstanceOf(Declared.class);
    }

    @Test
    void commentsMayStandBeforeTheHeader() throws IOException {
        assertThat(declared("t.csv", "# exported\n\n#file,md5\n#1.bam," + MD5 + "\n")
                        .name()
                        .value())
                .isEqualTo("#1.bam");
    }

    @Test
    void aQuoteThatIsNeverClosedCostsBoundedMemoryAndIsSaid() throws IOException {
        assertThat(rejected("t.csv", "file,md5\n\"a.bam," + MD5).fault()).isEqualTo(RowFault.MALFORMED_ROW);
        List<ManifestRow> rows = rows("t.csv", "file,md5\n\"a.bam," + MD5 + "\n" + ("b," + MD5 + "\n").repeat(5_000));
        assertThat(rows.get(0)).isInstanceOfSatisfying(Rejected.class, row -> {
            assertThat(row.fault()).isEqualTo(RowFault.LINE_TOO_LONG);
            assertThat(row.detail()).containsPattern("line \\d+");
        });
        assertThat(rows.get(rows.size() - 1)).isInstanceOf(Declared.class);
    }

    @Test
    void bytesThatAreNotUtf8RejectOnlyTheirRecord() throws IOException {
        byte[] table = ("file,md5\n\u00e4," + MD5 + "\nb," + MD5 + "\n").getBytes(ISO_8859_1);
        List<ManifestRow> rows = rows("t.csv", table, Map.of());
        assertThat(((Rejected) rows.get(0)).fault()).isEqualTo(RowFault.BAD_ENCODING);
        assertThat(rows.get(1)).isInstanceOf(Declared.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file,comment", "md5,size", "file,md5,MD5", "file;filename;md5", "file,md5,md5_2"})
    void aHeaderThatDoesNotSayEnoughIsMalformed(String header) {
        assertThatThrownBy(() -> rows("t.csv", header + "\na,b,c\n"))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("header");
    }

    @Test
    void aTableWithoutRowsIsMalformed() {
        assertThatThrownBy(() -> rows("t.csv", "file,md5\n\n"))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("no row");
    }
}
