package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.format.manifest.Manifests.MD5;
import static org.waybill.format.manifest.Manifests.OTHER_MD5;
import static org.waybill.format.manifest.Manifests.SHA1;
import static org.waybill.format.manifest.Manifests.SHA256;
import static org.waybill.format.manifest.Manifests.SHA512;
import static org.waybill.format.manifest.Manifests.declared;
import static org.waybill.format.manifest.Manifests.rejected;
import static org.waybill.format.manifest.Manifests.rows;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.Side;
import org.waybill.format.manifest.ManifestRow.Declared;
import org.waybill.format.manifest.ManifestRow.Facts;
import org.waybill.format.manifest.ManifestRow.Rejected;

/** Lists of GNU coreutils, of BSD and of lega-mirroring. */
class ChecksumListTest {

    static Stream<Arguments> goodLines() {
        return Stream.of(
                Arguments.of(MD5 + "  a.bam", "a.bam", ChecksumAlgorithm.MD5),
                Arguments.of(SHA1 + "  a.bam", "a.bam", ChecksumAlgorithm.SHA1),
                Arguments.of(SHA256 + "  a.bam", "a.bam", ChecksumAlgorithm.SHA256),
                Arguments.of(SHA512 + "  a.bam", "a.bam", ChecksumAlgorithm.SHA512),
                Arguments.of(MD5.toUpperCase(Locale.ROOT) + "  a.bam", "a.bam", ChecksumAlgorithm.MD5),
                Arguments.of(MD5 + " *a.bam", "a.bam", ChecksumAlgorithm.MD5),
                Arguments.of(MD5 + " a.bam", "a.bam", ChecksumAlgorithm.MD5),
                Arguments.of(MD5 + "\ta.bam", "a.bam", ChecksumAlgorithm.MD5),
                Arguments.of(MD5 + "  ./dir/./a.bam", "dir/a.bam", ChecksumAlgorithm.MD5),
                Arguments.of(MD5 + "   two blanks ", " two blanks ", ChecksumAlgorithm.MD5),
                Arguments.of(MD5 + "  **", "**", ChecksumAlgorithm.MD5),
                Arguments.of(MD5 + "  a.bam\r\n", "a.bam", ChecksumAlgorithm.MD5),
                Arguments.of("\uFEFF" + MD5 + "  a.bam", "a.bam", ChecksumAlgorithm.MD5),
                Arguments.of("\\" + MD5 + "  back\\\\slash", "back\\slash", ChecksumAlgorithm.MD5),
                Arguments.of(MD5 + "  back\\slash\\n", "back\\slash\\n", ChecksumAlgorithm.MD5),
                Arguments.of(MD5 + "  (a) = b", "(a) = b", ChecksumAlgorithm.MD5),
                Arguments.of("MD5 (a.bam) = " + MD5, "a.bam", ChecksumAlgorithm.MD5),
                Arguments.of("SHA256 (a) = b) = " + SHA256, "a) = b", ChecksumAlgorithm.SHA256),
                Arguments.of("SHA512 () = () = " + SHA512, ") = (", ChecksumAlgorithm.SHA512),
                Arguments.of("\\SHA1 (back\\\\slash) = " + SHA1, "back\\slash", ChecksumAlgorithm.SHA1));
    }

    @ParameterizedTest
    @MethodSource("goodLines")
    void readsTheNameAndTheChecksum(String line, String name, ChecksumAlgorithm algorithm) throws IOException {
        Declared row = declared("list.txt", line);
        assertThat(row.name().value()).isEqualTo(name);
        assertThat(row.plain().checksums())
                .singleElement()
                .extracting(Checksum::algorithm)
                .isEqualTo(algorithm);
        assertThat(row.encrypted()).isEqualTo(Facts.NONE);
        assertThat(row.datasetId()).isEmpty();
    }

    static Stream<Arguments> badLines() {
        return Stream.of(
                Arguments.of(MD5, RowFault.MISSING_NAME),
                Arguments.of(MD5 + "  ", RowFault.MISSING_NAME),
                Arguments.of(MD5 + "  .", RowFault.MISSING_NAME),
                Arguments.of("MD5 () = " + MD5, RowFault.MISSING_NAME),
                Arguments.of(MD5 + "0  a.bam", RowFault.BAD_CHECKSUM),
                Arguments.of(MD5.replace('d', 'x') + "  a.bam", RowFault.BAD_CHECKSUM),
                Arguments.of("  a.bam", RowFault.BAD_CHECKSUM),
                Arguments.of("MD5 (a.bam) = " + SHA1, RowFault.BAD_CHECKSUM),
                Arguments.of("MD5 (a.bam) = ", RowFault.BAD_CHECKSUM),
                Arguments.of("SHA384 (a.bam) = " + SHA256, RowFault.BAD_CHECKSUM),
                Arguments.of("a.bam", RowFault.MALFORMED_ROW),
                Arguments.of("\\" + MD5 + "  a\\x", RowFault.MALFORMED_ROW),
                Arguments.of("\\" + MD5 + "  a\\", RowFault.MALFORMED_ROW),
                Arguments.of("\\" + MD5 + "  line\\nbreak", RowFault.CONTROL_CHARACTER),
                Arguments.of("\\MD5 (line\\nbreak) = " + MD5, RowFault.CONTROL_CHARACTER),
                Arguments.of(MD5 + "  /etc/passwd", RowFault.ABSOLUTE_NAME),
                Arguments.of(MD5 + "  ../../a.bam", RowFault.PARENT_SEGMENT),
                Arguments.of(MD5 + "  .waybill/a.bam", RowFault.RESERVED_NAME),
                Arguments.of(MD5 + "  a\0b", RowFault.NUL_CHARACTER),
                Arguments.of(MD5 + "  " + "a".repeat(ManifestLines.MAX_BYTES), RowFault.LINE_TOO_LONG));
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void rejectsTheRowAndReadsOn(String line, RowFault fault) throws IOException {
        List<ManifestRow> rows = rows("list.md5", MD5 + "  first\n" + line + "\n" + OTHER_MD5 + "  last\n");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).isInstanceOfSatisfying(Rejected.class, row -> {
            assertThat(row.fault()).isEqualTo(fault);
            assertThat(row.line()).isEqualTo(2);
            assertThat(row.detail()).doesNotContain(MD5);
        });
        assertThat(rows.get(2))
                .isInstanceOf(Declared.class)
                .extracting(ManifestRow::line)
                .isEqualTo(3L);
    }

    @Test
    void theSuffixOfTheNameTellsTheSide() throws IOException {
        for (String suffix : List.of(".c4gh", ".cip", ".gpg", ".pgp")) {
            Declared row = declared("list", MD5 + "  a.bam" + suffix);
            assertThat(row.plain()).isEqualTo(Facts.NONE);
            assertThat(row.of(Side.ENCRYPTED).checksums()).containsExactly(new Checksum(ChecksumAlgorithm.MD5, MD5));
        }
    }

    @Test
    void aNameThatIsNotUtf8RejectsOnlyItsRow() throws IOException {
        byte[] list = (MD5 + "  \u00e4rger\n" + MD5 + "  last\n").getBytes(ISO_8859_1);
        assertThat(rows("list", list, Map.of()))
                .extracting(row -> row instanceof Rejected rejected ? rejected.fault() : null)
                .containsExactly(RowFault.BAD_ENCODING, null);
    }

    @Test
    void blankLinesAndCommentsAreNoRows() throws IOException {
        assertThat(rows("list", "\n# made by md5sum\r\n" + MD5 + "  a\n   \n\r\n#\n" + MD5 + "  b"))
                .extracting(ManifestRow::line)
                .containsExactly(3L, 7L);
    }

    @Test
    void gnuAndBsdLinesMayBeMixed() throws IOException {
        assertThat(rows("list", MD5 + "  a\nSHA256 (b) = " + SHA256 + "\n")).allMatch(Declared.class::isInstance);
    }

    @Test
    void linesThatEndWithNulAreNotUnescaped() throws IOException {
        List<ManifestRow> rows = rows("list", MD5 + "  back\\slash\0" + MD5 + "  line\nbreak\0" + MD5 + "  b\r\0");
        assertThat(rows.get(0))
                .isInstanceOfSatisfying(
                        Declared.class, row -> assertThat(row.name().value()).isEqualTo("back\\slash"));
        assertThat(rows.subList(1, 3))
                .allSatisfy(row -> assertThat(((Rejected) row).fault()).isEqualTo(RowFault.CONTROL_CHARACTER));
        assertThat(rejected("list", "\\" + MD5 + "  a\0").fault()).isEqualTo(RowFault.BAD_CHECKSUM);
    }

    @Test
    void aRejectedNameIsShownWithoutItsControlCharacters() throws IOException {
        assertThat(rejected("list", "\\" + MD5 + "  a\\nb\u001b[31m").name()).contains("a?b?[31m");
    }

    @Test
    void legaMirroringNamesTheDatasetByTheManifestAndTheFileByItsName() throws IOException {
        Declared row = declared("EGAD00001000001.txt", "EGAF00000000001.bam.cip\t" + MD5 + "\r\n");
        assertThat(row.name().value()).isEqualTo("EGAF00000000001.bam.cip");
        assertThat(row.fileId()).contains("EGAF00000000001");
        assertThat(row.datasetId()).contains("EGAD00001000001");
        assertThat(row.plain().checksums()).containsExactly(new Checksum(ChecksumAlgorithm.MD5, MD5));
        assertThat(row.encrypted()).isEqualTo(Facts.NONE);
    }

    static Stream<Arguments> badLegaLines() {
        return Stream.of(
                Arguments.of("a.bam " + MD5, RowFault.MALFORMED_ROW),
                Arguments.of("a.bam\tbc41ac2", RowFault.BAD_CHECKSUM),
                Arguments.of("a.bam\t" + SHA256, RowFault.BAD_CHECKSUM),
                Arguments.of("a.bam\t", RowFault.BAD_CHECKSUM),
                Arguments.of("\t" + MD5, RowFault.MISSING_NAME),
                Arguments.of("a\tb.bam\t" + MD5, RowFault.CONTROL_CHARACTER),
                Arguments.of("../a.bam\t" + MD5, RowFault.PARENT_SEGMENT));
    }

    @ParameterizedTest
    @MethodSource("badLegaLines")
    void rejectsBadRowsOfLegaMirroring(String line, RowFault fault) throws IOException {
        List<ManifestRow> rows = rows("EGAD1.txt", "first.bam\t" + MD5 + "\n" + line + "\n");
        assertThat(rows.get(1)).isInstanceOfSatisfying(Rejected.class, row -> assertThat(row.fault())
                .isEqualTo(fault));
    }

    @Test
    void aHashSignBeginsACommentOfLegaMirroringOnlyIfTheLineCanBeNoRow() throws IOException {
        assertThat(rows("EGAD1.txt", "#1.bam\t" + MD5 + "\n# a comment\n"))
                .singleElement()
                .isInstanceOf(Declared.class);
    }

    @Test
    void aDatasetNameThatIsNotFitForAFolderRejectsItsRows() throws IOException {
        assertThat(rejected("...txt", "a.bam\t" + MD5).fault()).isEqualTo(RowFault.MALFORMED_ROW);
    }

    @Test
    void bytesAreCountedNotCharacters() throws IOException {
        String longest = MD5 + "  " + "ä".repeat((ManifestLines.MAX_BYTES - 34) / 2);
        assertThat(longest.getBytes(UTF_8)).hasSize(ManifestLines.MAX_BYTES);
        assertThat(rejected("list", longest).fault()).isEqualTo(RowFault.NAME_TOO_LONG);
        assertThat(rejected("list.md5", longest + "x").fault()).isEqualTo(RowFault.LINE_TOO_LONG);
    }
}
