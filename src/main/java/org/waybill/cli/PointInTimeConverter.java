package org.waybill.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads points in time: {@code 90m}, {@code 24h} and {@code 7d} ago, {@code +7d} from now, a day such as {@code 2026-07-01}, or
 * an instant, in UTC.
 */
final class PointInTimeConverter implements ITypeConverter<Instant> {

    private static final Pattern DISTANCE = Pattern.compile("(?<ahead>\\+?)(?<amount>[1-9]\\d{0,8})(?<unit>[smhdw])");

    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));

    private final InstantSource clock;

    PointInTimeConverter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        Matcher distance = DISTANCE.matcher(text);
        try {
            if (distance.matches()) {
                Duration unit = UNITS.getOrDefault(distance.group("unit"), Duration.ZERO);
                Duration length = unit.multipliedBy(Long.parseLong(distance.group("amount")));
                return distance.group("ahead").isEmpty()
                        ? clock.instant().minus(length)
                        : clock.instant().plus(length);
            }
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no point in time; write 24h, 7d, +7d, 2026-07-01 or 2026-07-01T18:00:00Z");
        }
    }
}
