package org.waybill.route.delivery;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.YamlSection;

/**
 * How fast files may go to a recipient, by weekday and hour.
 *
 * @param zone of the hours
 * @param limits the first one whose time it is counts; where there is none, there is no limit
 */
public record Bandwidth(ZoneId zone, List<Limit> limits) {

    public static final Bandwidth UNLIMITED = new Bandwidth(ZoneId.of("UTC"), List.of());

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final Pattern SPAN =
            Pattern.compile("(?i)(?<first>[a-z]{3})(-(?<last>[a-z]{3}))?", Pattern.CASE_INSENSITIVE);

    /**
     * A limit and when it holds.
     *
     * @param from the first minute of the day
     * @param until the first minute after; not later than from: past midnight, on the days after these
     * @param bytesPerSecond more than 0
     */
    public record Limit(Set<DayOfWeek> days, LocalTime from, LocalTime until, long bytesPerSecond) {

        public Limit {
            days = Set.copyOf(days);
            if (bytesPerSecond <= 0) {
                throw new IllegalArgumentException("no bytes a second: " + bytesPerSecond);
            }
        }

        boolean holds(ZonedDateTime now) {
            LocalTime time = now.toLocalTime();
            DayOfWeek day = now.getDayOfWeek();
            if (from.isBefore(until)) {
                return days.contains(day) && !time.isBefore(from) && time.isBefore(until);
            }
            return (days.contains(day) && !time.isBefore(from))
                    || (days.contains(day.minus(1)) && time.isBefore(until));
        }
    }

    public Bandwidth {
        limits = List.copyOf(limits);
    }

    /** Bytes a second that may go now; empty: as many as will. */
    public OptionalLong at(ZonedDateTime now) {
        ZonedDateTime there = now.withZoneSameInstant(zone);
        return limits.stream()
                .filter(limit -> limit.holds(there))
                .mapToLong(Limit::bytesPerSecond)
                .findFirst();
    }

    /** The limits in the list {@code bandwidth} of a section; none where there is no such list. */
    static Bandwidth from(YamlSection section, ZoneId zone) {
        List<Limit> limits = new ArrayList<>();
        for (YamlSection each : section.sections("bandwidth")) {
            Set<DayOfWeek> days = each.value("days", Bandwidth::days).orElse(EnumSet.allOf(DayOfWeek.class));
            LocalTime from = each.value("from", Bandwidth::time).orElse(LocalTime.MIDNIGHT);
            LocalTime until = each.value("until", Bandwidth::time).orElse(LocalTime.MIDNIGHT);
            each.required("at-most", RouteValues::size, "write how many bytes a second, such as 5MB")
                    .ifPresent(bytes -> limits.add(new Limit(days, from, until, bytes)));
        }
        return new Bandwidth(zone, limits);
    }

    private static Set<DayOfWeek> days(String text) throws RouteValues.Unusable {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",")) {
            Matcher span = SPAN.matcher(part.strip());
            if (!span.matches()) {
                throw noDays(text);
            }
            DayOfWeek last = day(span.group("last") == null ? span.group("first") : span.group("last"), text);
            DayOfWeek day = day(span.group("first"), text);
            for (days.add(day); day != last; days.add(day)) {
                day = day.plus(1);
            }
        }
        return days;
    }

    private static DayOfWeek day(String word, String text) throws RouteValues.Unusable {
        int index = DAYS.indexOf(word.substring(0, 1).toUpperCase(Locale.ROOT)
                + word.substring(1).toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw noDays(text);
        }
        return DayOfWeek.of(index + 1);
    }

    private static RouteValues.Unusable noDays(String text) {
        return new RouteValues.Unusable(RouteProblem.quoted(text) + " names no weekdays", "write Mon-Fri or Sat,Sun");
    }

    private static LocalTime time(String text) throws RouteValues.Unusable {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a time of day", "write it in quotes, such as \"08:00\"");
        }
    }
}
