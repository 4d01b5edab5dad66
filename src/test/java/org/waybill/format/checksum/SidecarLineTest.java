package org.waybill.format.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.MalformedInputException;

class SidecarLineTest {

    private static final String MD5_OF_X = "9dd4e461268c8034f5c8564e155c67a6";
    private static final Checksum CHECKSUM = new Checksum(ChecksumAlgorithm.MD5, MD5_OF_X);

    /** The lines of GNU md5sum 9.1. */
    @Test
    void writesAsMd5sumDoes() {
        assertThat(text("a.bam.c4gh")).isEqualTo(MD5_OF_X + "  a.bam.c4gh\n");
        assertThat(text("a\\b")).isEqualTo("\\" + MD5_OF_X + "  a\\\\b\n");
        assertThat(text("n\nl")).isEqualTo("\\" + MD5_OF_X + "  n\\nl\n");
        assertThat(text("c\rr")).isEqualTo("\\" + MD5_OF_X + "  c\\rr\n");
        assertThat(text("ä ö  ü")).isEqualTo(MD5_OF_X + "  ä ö  ü\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " a ", "*a", "a\\b", "\\", "\\n", "n\nl\n", "\r\n", "a  b", "Größe.bam", "a) = b"})
    void readsBackWhatItWrites(String name) {
        SidecarLine line = new SidecarLine(CHECKSUM, name);

        assertThat(SidecarLine.parse(line.text())).isEqualTo(line);
    }

    @Test
    void readsEveryAlgorithmByItsDigits() {
        for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
            SidecarLine line = new SidecarLine(new Checksum(algorithm, "a".repeat(algorithm.hexDigits())), "x");

            assertThat(SidecarLine.parse(line.text())).isEqualTo(line);
        }
    }

    @Test
    void readsBinaryModeUpperCaseAndAMissingLineFeed() {
        assertThat(SidecarLine.parse("9DD4E461268C8034F5C8564E155C67A6 *x")).isEqualTo(new SidecarLine(CHECKSUM, "x"));
    }

    /** Without the leading backslash a name is taken as it stands, as md5sum -c does. */
    @Test
    void unescapesOnlyWhatIsMarkedAsEscaped() {
        assertThat(SidecarLine.parse(MD5_OF_X + "  a\\nb").name()).isEqualTo("a\\nb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                MD5_OF_X,
                MD5_OF_X + " x",
                MD5_OF_X + "  ",
                MD5_OF_X + "\tx",
                "9dd4  x",
                "zdd4e461268c8034f5c8564e155c67a6  x",
                "  x",
                "\\" + MD5_OF_X + "  a\\tb",
                "\\" + MD5_OF_X + "  a\\",
                MD5_OF_X + "  a\0b",
            })
    void refusesWhatIsNoSuchLine(String line) {
        assertThatThrownBy(() -> SidecarLine.parse(line)).isInstanceOf(MalformedInputException.class);
    }

    @Test
    void saysWhereAnEscapeIsWrong() {
        assertThatThrownBy(() -> SidecarLine.parse("\\" + MD5_OF_X + "  a\\tb"))
                .isInstanceOf(MalformedInputException.class)
                .extracting(fault -> ((MalformedInputException) fault).offset())
                .isEqualTo(36L);
    }

    @Test
    void needsAName() {
        assertThatThrownBy(() -> new SidecarLine(CHECKSUM, "")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(String name) {
        return new SidecarLine(CHECKSUM, name).text();
    }
}
