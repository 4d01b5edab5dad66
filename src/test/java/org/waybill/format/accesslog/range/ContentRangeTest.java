package org.waybill.format.accesslog.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {

    @Test
    void isRead() {
        assertThat(ContentRange.parse("bytes 0-499/1234")).hasValue(new ContentRange(0, 499, OptionalLong.of(1234)));
        assertThat(ContentRange.parse("Bytes 1233-1233/1234"))
                .hasValue(new ContentRange(1233, 1233, OptionalLong.of(1234)));
        assertThat(ContentRange.parse("bytes 0-0/*")).hasValue(new ContentRange(0, 0, OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes ",
                "bytes */1234",
                "bytes 0-499",
                "bytes 0-/1234",
                "bytes -5/1234",
                "bytes 5-4/1234",
                "bytes 0-1234/1234",
                "bytes 0-0/0",
                "bytes 0-499/",
                "bytes 0-499/x",
                "items 0-1/2",
                "bytes +0-1/2",
                "bytes 0-9223372036854775808/*",
                "bytes 0-1/99999999999999999999",
                "bytes 0-1/2, bytes 3-4/5",
                "bytes 1/2-3"
            })
    void isNothingIfItCanNotBe(String header) {
        assertThat(ContentRange.parse(header)).isEmpty();
    }

    @Test
    void liesWithinTheWhole() {
        assertThatThrownBy(() -> new ContentRange(0, 5, OptionalLong.of(5)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
