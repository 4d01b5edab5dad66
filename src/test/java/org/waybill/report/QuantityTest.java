package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0,                   0 B",
        "1023,                1023 B",
        "1024,                1.0 KiB",
        "1536,                1.5 KiB",
        "1048524,             1023.9 KiB",
        "1048575,             1.0 MiB",
        "1610612736,          1.5 GiB",
        "9223372036854775807, 8.0 EiB",
    })
    void sizesAreInIecUnits(long bytes, String text) {
        assertThat(Quantity.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,       0.0 s",
        "PT0.09S,    0.0 s",
        "PT59.99S,   59.9 s",
        "PT1M,       1 min",
        "PT1M5S,     1 min 5 s",
        "PT59M59S,   59 min 59 s",
        "PT1H,       1 h",
        "PT23H59M,   23 h 59 min",
        "PT24H,      1 d",
        "PT98H30M,   4 d 2 h",
    })
    void durationsHaveTwoUnits(Duration duration, String text) {
        assertThat(Quantity.duration(duration)).isEqualTo(text);
    }

    @Test
    void instantsAreToTheSecondInUtc() {
        assertThat(Quantity.instant(Instant.parse("2026-07-01T18:00:00.987Z"))).isEqualTo("2026-07-01T18:00:00Z");
    }

    @Test
    void oneIsNotMany() {
        assertThat(Quantity.count(1, "file")).isEqualTo("1 file");
        assertThat(Quantity.count(0, "file")).isEqualTo("0 files");
    }
}
