package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAsWideAsTheyNeedToBe() {
        assertThat(new TextTable()
                        .right("ID")
                        .left("NAME")
                        .left("STATE")
                        .row(1, "a.bam", "EXPECTED")
                        .row(1234, "prøve.bam", null)
                        .toString())
                .isEqualTo("""
                          ID  NAME       STATE
                           1  a.bam      EXPECTED
                        1234  prøve.bam  -
                        """);
    }

    @Test
    void tableWithoutHeadingsStartsWithItsFirstRow() {
        assertThat(new TextTable().indented(2).left("").left("").row("a", "b").toString())
                .isEqualTo("  a  b\n");
    }

    @Test
    void nothingInAFileNameReachesTheTerminalAsACommand() {
        assertThat(new TextTable()
                        .left("")
                        .row("a\u001b[2Jb\r\nc\td\u202ee\u0085f")
                        .toString())
                .isEqualTo("a?[2Jb??c?d?e?f\n");
    }

    @Test
    void refusesRowsThatDoNotFit() {
        assertThatThrownBy(() -> new TextTable().left("A").row("a", "b")).isInstanceOf(IllegalArgumentException.class);
    }
}
