package org.waybill.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The time that a report is of.
 *
 * @param since this moment is in it
 * @param until this one is not
 * @param night if it is a night: the day on which it began
 * @param zone whose noon began the night
 * @param upToNow whether it ends now, so that what is known only of now belongs to it
 */
public record Period(Instant since, Instant until, Optional<LocalDate> night, ZoneId zone, boolean upToNow) {

    /** What happened lately. */
    public static Period upTo(Instant now, Instant since) {
        return new Period(since, now, Optional.empty(), ZoneOffset.UTC, true);
    }

    /** A time that may be long over. */
    public static Period between(Instant since, Instant until) {
        return new Period(since, until, Optional.empty(), ZoneOffset.UTC, false);
    }

    /** From noon of a day to noon of the next one, by the clock of a zone: 23 to 25 hours. */
    public static Period night(LocalDate day, ZoneId zone) {
        return new Period(noon(day, zone), noon(day.plusDays(1), zone), Optional.of(day), zone, false);
    }

    private static Instant noon(LocalDate day, ZoneId zone) {
        return day.atTime(LocalTime.NOON).atZone(zone).toInstant();
    }
}
