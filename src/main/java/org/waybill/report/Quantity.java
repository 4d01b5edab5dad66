package org.waybill.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Sizes, durations and instants as a person reads them. */
public final class Quantity {

    private static final List<String> IEC_UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final int IEC_STEP = 1024;

    private Quantity() {}

    /** Such as {@code 512 B} and {@code 1.5 GiB}. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= IEC_STEP - 0.05 && unit < IEC_UNITS.size() - 1) {
            amount /= IEC_STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, IEC_UNITS.get(unit));
    }

    /** Such as {@code 0.3 s}, {@code 12 min 5 s}, {@code 3 h 20 min} and {@code 4 d 2 h}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(duration.toMillis() / 100.0) / 10);
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    /** To the second, in UTC: {@code 2026-07-01T18:00:00Z}. */
    public static String instant(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Such as {@code 1 file} and {@code 3 files}. */
    public static String count(long number, String one) {
        return count(number, one, one + "s");
    }

    /** The same of things whose plural is made otherwise. */
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
