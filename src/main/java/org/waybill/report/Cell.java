package org.waybill.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a person reads a column and its values; the column's name says which quantity it is. */
public final class Cell {

    private Cell() {}

    /** Such as {@code BYTES /S} for {@code bytesPerSecond}. */
    public static String heading(String column) {
        return column.replaceAll("(Seconds|Bytes)$", "")
                .replaceAll("([A-Z])", " $1")
                .replaceFirst("^seconds$", "time")
                .replaceFirst("Per Second$", "/s")
                .toUpperCase(Locale.ROOT);
    }

    /** The value in words; a dash for none. */
    public static String text(String column, @Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Instant instant) {
            return Quantity.instant(instant);
        }
        if (value instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        if (value instanceof Number number && column.toLowerCase(Locale.ROOT).endsWith("seconds")) {
            return Quantity.duration(Duration.ofMillis((long) (number.doubleValue() * 1000)));
        }
        if (value instanceof Number number && column.toLowerCase(Locale.ROOT).contains("bytes")) {
            return Quantity.bytes(number.longValue());
        }
        return value.toString();
    }
}
