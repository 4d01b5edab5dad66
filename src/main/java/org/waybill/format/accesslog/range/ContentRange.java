package org.waybill.format.accesslog.range;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The header Content-Range of a response with one range (RFC 9110, section 14.4), such as {@code bytes 0-499/1234}.
 *
 * @param first of the bytes, from 0
 * @param last of the bytes, itself included
 * @param total size of the whole in bytes; absent if the server did not know it ({@code *})
 */
public record ContentRange(long first, long last, OptionalLong total) {

    private static final String UNIT = "bytes ";

    /** @throws IllegalArgumentException if the range is empty, negative, or goes beyond the whole */
    public ContentRange {
        if (!possible(first, last, total)) {
            throw new IllegalArgumentException("a range lies within the whole, and its last byte not before its first");
        }
    }

    /** The header's range; nothing if there is none in it ({@code bytes *}{@code /1234}) or none that can be. */
    public static Optional<ContentRange> parse(String header) {
        int dash = header.indexOf('-');
        int slash = header.indexOf('/');
        boolean bytes = header.regionMatches(true, 0, UNIT, 0, UNIT.length());
        if (!bytes || dash < 0 || slash < dash) {
            return Optional.empty();
        }
        OptionalLong first = number(header.substring(UNIT.length(), dash));
        OptionalLong last = number(header.substring(dash + 1, slash));
        String whole = header.substring(slash + 1);
        OptionalLong total = number(whole);
        boolean complete = first.isPresent() && last.isPresent() && (total.isPresent() || whole.equals("*"));
        return complete && possible(first.getAsLong(), last.getAsLong(), total)
                ? Optional.of(new ContentRange(first.getAsLong(), last.getAsLong(), total))
                : Optional.empty();
    }

    private static boolean possible(long first, long last, OptionalLong total) {
        return first >= 0 && last >= first && last < total.orElse(Long.MAX_VALUE);
    }

    private static OptionalLong number(String digits) {
        if (digits.isEmpty() || digits.length() > 19 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // more than 2^63 - 1
        }
    }
}
