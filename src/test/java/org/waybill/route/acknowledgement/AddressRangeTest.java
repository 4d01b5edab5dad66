package org.waybill.route.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.route.yaml.RouteValues;

/** Which addresses are in a range; names are never looked up. */
class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,        192.0.2.7,          true",
        "192.0.2.7,        192.0.2.8,          false",
        "10.0.0.0/8,       10.255.255.255,     true",
        "10.0.0.0/8,       11.0.0.0,           false",
        "10.1.2.3/8,       10.9.9.9,           true",
        "198.51.100.128/25, 198.51.100.129,    true",
        "198.51.100.128/25, 198.51.100.127,    false",
        "0.0.0.0/0,        203.0.113.1,        true",
        "0.0.0.0/0,        2001:db8::1,        false",
        "2001:db8::/32,    2001:db8:ffff::1,   true",
        "2001:db8::/32,    2001:db9::1,        false",
        "::1,              0:0:0:0:0:0:0:1,    true",
        "192.0.2.0/24,     ::ffff:192.0.2.9,   true",
    })
    void containsWhatHasTheSameFirstBits(String range, String address, boolean isIn) throws RouteValues.Unusable {
        assertThat(AddressRange.read(range)
                        .contains(AddressRange.literal(address).orElseThrow()))
                .isEqualTo(isIn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "example.org", "1", "1.2.3", "256.0.0.1", "1.2.3.4.5", "", ":", "fe80::1%eth0"})
    void takesNoNamesAndNoHalfAddresses(String text) {
        assertThat(AddressRange.literal(text)).isEmpty();
    }

    @Test
    void aPrefixHasNoMoreBitsThanAnAddress() {
        assertThat(catchThrowable(() -> AddressRange.read("10.0.0.0/33"))).isInstanceOf(RouteValues.Unusable.class);
    }
}
