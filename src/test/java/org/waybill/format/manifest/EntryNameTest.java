package org.waybill.format.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {

    @ParameterizedTest
    @CsvSource({"./a, a", "././a, a", "a/./b, a/b", "a/././b, a/b", "a/., a", "a, a", "a.b/.c, a.b/.c", "..., ..."})
    void dotSegmentsAreTakenOut(String written, String normalised) {
        assertThat(EntryName.normalised(written)).isEqualTo(normalised);
        assertThat(new EntryName(normalised).value()).isEqualTo(normalised);
    }

    static Stream<Arguments> faultyNames() {
        return Stream.of(
                Arguments.of("", RowFault.MISSING_NAME),
                Arguments.of(".", RowFault.MISSING_NAME),
                Arguments.of("/etc/passwd", RowFault.ABSOLUTE_NAME),
                Arguments.of("/", RowFault.ABSOLUTE_NAME),
                Arguments.of("C:\\data\\a.bam", RowFault.ABSOLUTE_NAME),
                Arguments.of("c:/data/a.bam", RowFault.ABSOLUTE_NAME),
                Arguments.of("..", RowFault.PARENT_SEGMENT),
                Arguments.of("../a", RowFault.PARENT_SEGMENT),
                Arguments.of("./../a", RowFault.PARENT_SEGMENT),
                Arguments.of("a/../../b", RowFault.PARENT_SEGMENT),
                Arguments.of("a/..", RowFault.PARENT_SEGMENT),
                Arguments.of("a//b", RowFault.EMPTY_SEGMENT),
                Arguments.of("a/", RowFault.EMPTY_SEGMENT),
                Arguments.of(".//a", RowFault.EMPTY_SEGMENT),
                Arguments.of(".waybill/received/a", RowFault.RESERVED_NAME),
                Arguments.of("./.WAYBILL/a", RowFault.RESERVED_NAME),
                Arguments.of("a\0b", RowFault.NUL_CHARACTER),
                Arguments.of("a\nb", RowFault.CONTROL_CHARACTER),
                Arguments.of("a\u007f", RowFault.CONTROL_CHARACTER),
                Arguments.of("a\u0085b", RowFault.CONTROL_CHARACTER),
                Arguments.of("a\ud800b", RowFault.BAD_ENCODING),
                Arguments.of("a".repeat(256), RowFault.SEGMENT_TOO_LONG),
                Arguments.of("ä".repeat(128), RowFault.SEGMENT_TOO_LONG),
                Arguments.of("abc/".repeat(1024) + "d", RowFault.NAME_TOO_LONG));
    }

    @ParameterizedTest
    @MethodSource("faultyNames")
    void eachFaultHasItsName(String written, RowFault fault) {
        String name = EntryName.normalised(written);
        assertThat(EntryName.faultOf(name)).contains(fault);
        assertThatThrownBy(() -> new EntryName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.bam",
                "with space",
                " leading",
                "back\\slash",
                "C:a",
                "a..b",
                "..a",
                "ärger.bam",
                "😀.txt",
                "-rf",
                "a/.waybill/b",
                "quote\"'",
                "$(rm)",
                "a\u3000b"
            })
    void namesThatAreOnlyOddAreTaken(String name) {
        assertThat(EntryName.faultOf(name)).isEmpty();
        assertThat(new EntryName(name).value()).isEqualTo(name);
    }

    @Test
    void theLongestNamesOfLinuxAreTaken() {
        assertThat(EntryName.faultOf("ä".repeat(127) + "x")).isEmpty();
        assertThat(EntryName.faultOf("abc/".repeat(1023) + "abcd")).isEmpty();
    }

    @Test
    void aNameThatIsNotNormalisedIsNoName() {
        assertThatThrownBy(() -> new EntryName("a/./b")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a.bam, a.bam, DUPLICATE_NAME",
        "a.bam, A.BAM, CASE_TWIN",
        "straße, STRASSE, CASE_TWIN",
        "ΟΔΟΣ, οδος, CASE_TWIN",
        "ΟΔΟΣ, οδοσ, CASE_TWIN",
        "\u00e4, a\u0308, UNICODE_TWIN",
        "\u00c4, a\u0308, CASE_TWIN",
        "\u212a, k, CASE_TWIN",
        "I, i, CASE_TWIN"
    })
    void twinsAreToldApart(String one, String other, RowFault fault) {
        assertThat(new EntryName(one).twinFault(new EntryName(other))).contains(fault);
        assertThat(new EntryName(other).twinFault(new EntryName(one))).contains(fault);
    }

    @ParameterizedTest
    @CsvSource({"x2, x²", "a, ä", "ﬁ.bam, fl.bam", "a.bam, a.bam.gpg"})
    void namesThatDifferAreNoTwins(String one, String other) {
        assertThat(new EntryName(one).twinFault(new EntryName(other))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultHasACauseAndACure(RowFault fault) {
        assertThat(fault.cause()).endsWith(".").doesNotContain("\n");
        assertThat(fault.cure()).endsWith(".").doesNotContain("\n");
    }
}
