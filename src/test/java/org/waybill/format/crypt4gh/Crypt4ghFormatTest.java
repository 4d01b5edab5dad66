package org.waybill.format.crypt4gh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.TruncatedInputException;

class Crypt4ghFormatTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 124",
        "1, 1, 153",
        "65536, 1, 65688",
        "65537, 1, 65717",
        "131072, 2, 131360",
        "1099511627776, 1, 1099981389948"
    })
    void knowsTheSizeOfAFileBeforeItIsWritten(long plain, int recipients, long encrypted) {
        assertThat(Crypt4ghFormat.encryptedSize(plain, recipients)).isEqualTo(encrypted);
        assertThat(Crypt4ghFormat.plainSize(encrypted - Crypt4ghFormat.headerSize(recipients)))
                .isEqualTo(plain);
    }

    @Test
    void knowsBothFormsOfTheEmptyFile() {
        assertThat(Crypt4ghFormat.plainSize(0)).isZero();
        assertThat(Crypt4ghFormat.plainSize(28)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 27, 65_565, 65_591})
    void refusesBodySizesThatNoFileHas(long bodySize) {
        assertThatThrownBy(() -> Crypt4ghFormat.plainSize(bodySize)).isInstanceOf(TruncatedInputException.class);
    }

    @Test
    void knowsItsFilesByTheirStart() {
        assertThat(Crypt4ghFormat.isCrypt4gh("crypt4gh\2".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(Crypt4ghFormat.isCrypt4gh("crypt4g".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(Crypt4ghFormat.isCrypt4gh("crypt4g!".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }
}
