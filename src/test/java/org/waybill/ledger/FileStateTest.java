package org.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The two tables say it all: a row for each state that is left, a column for each state that is entered. */
class FileStateTest {

    @Test
    void stagesMoveFilesOnlySo() {
        assertThat(table(FileState::leadsTo)).isEqualTo("""
                             EXPECTED ARRIVED PROCESSED ARCHIVED QUARANTINED
                EXPECTED     no       yes     no        no       yes
                ARRIVED      no       no      yes       no       yes
                PROCESSED    no       no      no        yes      yes
                ARCHIVED     no       no      no        no       yes
                QUARANTINED  no       no      no        no       no
                """);
    }

    @Test
    void personsSetFilesOnlySo() {
        assertThat(table(FileState::canBeSetTo)).isEqualTo("""
                             EXPECTED ARRIVED PROCESSED ARCHIVED QUARANTINED
                EXPECTED     no       no      no        no       no
                ARRIVED      yes      no      no        no       no
                PROCESSED    yes      yes     no        no       no
                ARCHIVED     yes      no      no        no       no
                QUARANTINED  yes      no      no        no       no
                """);
    }

    @Test
    void theStatesToSetAreThoseThatCanBeSet() {
        for (FileState from : FileState.values()) {
            assertThat(from.settableTo())
                    .containsExactlyInAnyOrder(Arrays.stream(FileState.values())
                            .filter(from::canBeSetTo)
                            .toArray(FileState[]::new));
        }
    }

    private interface Rule {
        boolean allows(FileState from, FileState to);
    }

    private static String table(Rule rule) {
        StringBuilder table = new StringBuilder(String.format("%-13s", ""));
        table.append(Arrays.stream(FileState.values()).map(FileState::name).collect(Collectors.joining(" ")));
        for (FileState from : FileState.values()) {
            StringBuilder row = new StringBuilder(String.format("%-13s", from));
            for (FileState to : FileState.values()) {
                String answer = rule.allows(from, to) ? "yes" : "no";
                row.append(answer).append(" ".repeat(to.name().length() + 1 - answer.length()));
            }
            table.append('\n').append(row.toString().stripTrailing());
        }
        return table.append('\n').toString();
    }
}
