package org.waybill.run.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.waybill.ledger.Reason;

class RunFaultTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DIED | the process died; found dead by the next run",
                "DATABASE_LOST | PSQLException: An I/O error occurred while sending to the backend.",
                "DATABASE_LOST | SQLTransientConnectionException: waybill - Connection is not available",
                "DISK_FULL | IOException: file 12: IOException: No space left on device",
                "READ_ONLY | FileSystemException: /a/b: Read-only file system",
                "TOO_MANY_FILES_OPEN | FileSystemException: /a/b: Too many open files",
                "NOT_PERMITTED | AccessDeniedException: /a/b",
                "DISK_FAULT | IOException: Input/output error",
                "FILE_GONE | NoSuchFileException: /a/b",
                "REPLACED | FencedException: another run took over",
                "OUT_OF_MEMORY | OutOfMemoryError: Java heap space",
                "NOT_CONSERVED | NotConservedException: found 2, but",
                "DISK_OR_NETWORK | IOException: something",
                "OTHER | IllegalStateException: something",
            })
    void isReadFromTheMessage(RunFault fault, String message) {
        assertThat(RunFault.of(message)).isEqualTo(fault);
    }

    @ParameterizedTest
    @EnumSource(RunFault.class)
    void namesCauseAndCure(RunFault fault) {
        assertThat(fault.cause()).hasSizeGreaterThan(10).doesNotEndWith(".");
        assertThat(fault.cure()).hasSizeGreaterThan(10).doesNotEndWith(".").isNotEqualTo(fault.cause());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void namesCauseAndCureOfAFile(Reason reason) {
        assertThat(reason.cause()).hasSizeGreaterThan(10).doesNotEndWith(".");
        assertThat(reason.cure()).hasSizeGreaterThan(10).doesNotEndWith(".").isNotEqualTo(reason.cause());
    }

    @Test
    void areFewEnoughToBeKnownByHeart() {
        assertThat(RunFault.values().length + Reason.values().length).isLessThanOrEqualTo(40);
        assertThat(Arrays.stream(RunFault.values()).map(Enum::name))
                .doesNotContainAnyElementsOf(
                        Arrays.stream(Reason.values()).map(Enum::name).toList());
    }
}
