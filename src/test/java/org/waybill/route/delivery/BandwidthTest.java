package org.waybill.route.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.waybill.route.delivery.Bandwidth.Limit;

class BandwidthTest {

    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Bandwidth OFFICE = new Bandwidth(
            ZoneId.of("Europe/Oslo"),
            List.of(
                    new Limit(WEEKDAYS, LocalTime.of(8, 0), LocalTime.of(18, 0), 5),
                    new Limit(EnumSet.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(2, 0), 7)));

    @Test
    void holdsOnItsDaysAndHoursByTheClockOfItsZone() {
        assertThat(OFFICE.at(at("2026-11-27T06:59:59Z"))).isEmpty();
        assertThat(OFFICE.at(at("2026-11-27T07:00:00Z"))).isEqualTo(OptionalLong.of(5));
        assertThat(OFFICE.at(at("2026-11-27T16:59:59Z"))).isEqualTo(OptionalLong.of(5));
        assertThat(OFFICE.at(at("2026-11-27T17:00:00Z"))).isEmpty();
        assertThat(OFFICE.at(at("2026-11-28T10:00:00Z"))).isEmpty();
    }

    @Test
    void goesPastMidnight() {
        assertThat(OFFICE.at(at("2026-11-27T21:30:00Z"))).isEqualTo(OptionalLong.of(7));
        assertThat(OFFICE.at(at("2026-11-28T00:30:00Z"))).isEqualTo(OptionalLong.of(7));
        assertThat(OFFICE.at(at("2026-11-28T01:00:00Z"))).isEmpty();
        assertThat(OFFICE.at(at("2026-11-27T00:30:00Z"))).isEmpty();
    }

    @Test
    void thereIsNoneWhereNoneIsWritten() {
        assertThat(Bandwidth.UNLIMITED.at(at("2026-11-27T12:00:00Z"))).isEmpty();
    }

    private static ZonedDateTime at(String instant) {
        return ZonedDateTime.parse(instant);
    }
}
