package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class PointInTimeConverterTest {

    private final PointInTimeConverter converter =
            new PointInTimeConverter(InstantSource.fixed(Instant.parse("2026-07-08T12:00:00Z")));

    @ParameterizedTest
    @CsvSource({
        "30s,                  2026-07-08T11:59:30Z",
        "90m,                  2026-07-08T10:30:00Z",
        "24h,                  2026-07-07T12:00:00Z",
        "7d,                   2026-07-01T12:00:00Z",
        "2w,                   2026-06-24T12:00:00Z",
        "+7d,                  2026-07-15T12:00:00Z",
        "2026-07-01,           2026-07-01T00:00:00Z",
        "2026-07-01T18:00:00Z, 2026-07-01T18:00:00Z",
    })
    void readsPointsInTime(String text, Instant instant) {
        assertThat(converter.convert(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "24",
                "h",
                "0h",
                "-1h",
                "++1h",
                "24 h",
                "999999999999d",
                "2026-13-01",
                "2026-07-01T18:00",
                "now"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("write 24h");
    }
}
