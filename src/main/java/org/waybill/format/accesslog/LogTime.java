package org.waybill.format.accesslog;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Times by hand: {@code 17/May/2015:10:05:03 +0000}, which Apache and nginx write in English whatever the locale; and for
 * patterns of routes also ISO 8601 with an offset and seconds since 1970. Remembers the last second and the last day.
 */
final class LogTime {

    static final int BYTES = 26;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int DATE_BYTES = 12; // with its colon
    private static final int OFFSET_AT = 20;
    private static final int FIRST_YEAR = 1970; // no server logged before; a clock that says so is wrong

    private final byte[] last = new byte[BYTES];
    private @Nullable Instant lastInstant;
    private long lastMidnight; // of the date and offset in last, in seconds since 1970

    /** The time in the 26 bytes from there on; null if it is none. */
    @Nullable
    Instant ofServer(byte[] bytes, int at) {
        boolean sameDate = lastInstant != null
                && Arrays.equals(bytes, at, at + DATE_BYTES, last, 0, DATE_BYTES)
                && Arrays.equals(bytes, at + OFFSET_AT, at + BYTES, last, OFFSET_AT, BYTES);
        if (sameDate && Arrays.equals(bytes, at + DATE_BYTES, at + OFFSET_AT, last, DATE_BYTES, OFFSET_AT)) {
            return lastInstant;
        }
        long midnight = sameDate ? lastMidnight : midnight(bytes, at);
        int second = secondOfDay(bytes, at + DATE_BYTES);
        if (midnight == Long.MIN_VALUE || second < 0) {
            return null;
        }
        System.arraycopy(bytes, at, last, 0, BYTES);
        lastMidnight = midnight;
        lastInstant = Instant.ofEpochSecond(midnight + second);
        return lastInstant;
    }

    /** The time in any of the three forms; null if it is in none. */
    @Nullable
    Instant ofPattern(byte[] bytes, int from, int to) {
        if (to - from == BYTES && bytes[from + 2] == '/') {
            return ofServer(bytes, from);
        }
        return to - from > 4 && bytes[from + 4] == '-' ? ofIso(bytes, from, to) : ofEpoch(bytes, from, to);
    }

    private static long midnight(byte[] bytes, int at) {
        int month = month(bytes, at + 3);
        boolean shaped = bytes[at + 2] == '/' && bytes[at + 6] == '/' && bytes[at + 11] == ':' && bytes[at + 20] == ' ';
        int offset = offset(bytes, at + OFFSET_AT + 1, false);
        if (!shaped || offset == Integer.MIN_VALUE) {
            return Long.MIN_VALUE;
        }
        return midnight(number(bytes, at + 7, 4), month, number(bytes, at, 2), offset);
    }

    private static long midnight(int year, int month, int day, int offsetSeconds) {
        if (year < FIRST_YEAR || month < 1 || month > 12 || day < 1) {
            return Long.MIN_VALUE;
        }
        YearMonth of = YearMonth.of(year, month);
        return of.isValidDay(day) ? of.atDay(day).toEpochDay() * 86_400 - offsetSeconds : Long.MIN_VALUE;
    }

    /** A leap second is the first of the next minute, as POSIX counts. */
    private static int secondOfDay(byte[] bytes, int at) {
        int hour = number(bytes, at, 2);
        int minute = number(bytes, at + 3, 2);
        int second = number(bytes, at + 6, 2);
        boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
        return valid && bytes[at + 2] == ':' && bytes[at + 5] == ':' ? (hour * 60 + minute) * 60 + second : -1;
    }

    private static int month(byte[] bytes, int at) {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (bytes[at] == MONTHS.charAt(i)
                    && bytes[at + 1] == MONTHS.charAt(i + 1)
                    && bytes[at + 2] == MONTHS.charAt(i + 2)) {
                return i / 3 + 1;
            }
        }
        return -1;
    }

    private static int offset(byte[] bytes, int at, boolean colon) {
        int hours = number(bytes, at + 1, 2);
        int minutes = number(bytes, at + (colon ? 4 : 3), 2);
        boolean valid = hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60;
        if (!valid || (bytes[at] != '+' && bytes[at] != '-')) {
            return Integer.MIN_VALUE;
        }
        int seconds = (hours * 60 + minutes) * 60;
        return bytes[at] == '+' ? seconds : -seconds;
    }

    private static @Nullable Instant ofIso(byte[] bytes, int from, int to) {
        int zone = from + 19;
        if (to <= zone || bytes[from + 7] != '-' || (bytes[from + 10] != 'T' && bytes[from + 10] != ' ')) {
            return null;
        }
        int nanos = 0;
        if (bytes[zone] == '.') {
            int end = endOfDigits(bytes, zone + 1, to);
            nanos = nanos(bytes, zone + 1, end);
            zone = end;
        }
        int offset =
                switch (to - zone) {
                    case 1 -> bytes[zone] == 'Z' ? 0 : Integer.MIN_VALUE;
                    case 5 -> offset(bytes, zone, false);
                    case 6 -> bytes[zone + 3] == ':' ? offset(bytes, zone, true) : Integer.MIN_VALUE;
                    default -> Integer.MIN_VALUE;
                };
        int second = secondOfDay(bytes, from + 11);
        if (nanos < 0 || offset == Integer.MIN_VALUE || second < 0) {
            return null;
        }
        int month = number(bytes, from + 5, 2);
        long midnight = midnight(number(bytes, from, 4), month, number(bytes, from + 8, 2), offset);
        return midnight == Long.MIN_VALUE ? null : Instant.ofEpochSecond(midnight + second, nanos);
    }

    private static @Nullable Instant ofEpoch(byte[] bytes, int from, int to) {
        int point = endOfDigits(bytes, from, to);
        if (point == from || point - from > 11) {
            return null;
        }
        int nanos = 0;
        if (point < to) {
            boolean fraction = bytes[point] == '.' && endOfDigits(bytes, point + 1, to) == to;
            nanos = fraction ? nanos(bytes, point + 1, to) : -1;
        }
        long seconds = 0;
        for (int i = from; i < point; i++) {
            seconds = seconds * 10 + bytes[i] - '0';
        }
        return nanos < 0 ? null : Instant.ofEpochSecond(seconds, nanos);
    }

    private static int endOfDigits(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
            end++;
        }
        return end;
    }

    private static int nanos(byte[] bytes, int from, int to) {
        int digits = to - from;
        return digits < 1 || digits > 9 ? -1 : number(bytes, from, digits) * (int) Math.pow(10, 9 - digits);
    }

    /** The number that so many digits are; -1 if one is none. */
    private static int number(byte[] bytes, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
