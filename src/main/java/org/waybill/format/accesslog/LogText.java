package org.waybill.format.accesslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;

/**
 * Text of a field: undoes the escapes that Apache's mod_log_config ({@code ap_escape_logitem}) and nginx write. One that
 * is not known stays as it is. Remembers its last value, since neighbouring lines are much alike.
 */
final class LogText {

    /** What a byte means to who looks for the end of a field. */
    static final byte SPACE = 1;

    static final byte QUOTE = 2;
    static final byte ESCAPE = 4;
    static final byte CONTROL = 8;
    static final byte HIGH = 16; // not ASCII
    private static final byte[] CLASSES = classes();

    private byte[] last = {};
    private Optional<String> lastText = Optional.empty();

    /** 0 for a byte that is nothing but itself. */
    static byte classOf(byte b) {
        return CLASSES[b & 0xff];
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        Arrays.fill(classes, 0, 0x20, CONTROL);
        Arrays.fill(classes, 0x80, 0x100, HIGH);
        classes['\t'] = 0; // escaped by Apache and nginx, and harmless where others do not
        classes[' '] = SPACE;
        classes['"'] = QUOTE;
        classes['\\'] = ESCAPE;
        return classes;
    }

    /**
     * The field's text; nothing if it is empty or {@code -}.
     *
     * @param seen the classes of all its bytes
     */
    Optional<String> of(byte[] bytes, int from, int to, int seen) {
        if (Arrays.equals(bytes, from, to, last, 0, last.length)) {
            return lastText;
        }
        last = Arrays.copyOfRange(bytes, from, to);
        lastText = read(bytes, from, to, seen);
        return lastText;
    }

    /** As {@link #of}, for what hardly repeats. */
    static Optional<String> read(byte[] bytes, int from, int to, int seen) {
        if (to == from || (to == from + 1 && bytes[from] == '-')) {
            return Optional.empty();
        }
        return Optional.of(
                (seen & (ESCAPE | HIGH)) == 0
                        ? new String(bytes, from, to - from, ISO_8859_1)
                        : new String(unescaped(bytes, from, to), UTF_8));
    }

    static byte[] unescaped(byte[] bytes, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\\' || i + 1 == to) {
                out[length++] = bytes[i];
                continue;
            }
            int hex = bytes[i + 1] == 'x' && i + 3 < to ? hexByte(bytes, i + 2) : -1;
            int single = "bnrtv\\\"".indexOf(bytes[i + 1]);
            if (hex >= 0) {
                out[length++] = (byte) hex;
                i += 3;
            } else if (single >= 0) {
                out[length++] = (byte) "\b\n\r\t\u000b\\\"".charAt(single);
                i++;
            } else {
                out[length++] = bytes[i];
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** The byte that two hexadecimal digits stand for, or -1. */
    static int hexByte(byte[] bytes, int at) {
        int high = Character.digit(bytes[at], 16);
        int low = Character.digit(bytes[at + 1], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
