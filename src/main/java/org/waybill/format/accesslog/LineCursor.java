package org.waybill.format.accesslog;

import static org.waybill.format.accesslog.LogText.CONTROL;
import static org.waybill.format.accesslog.LogText.ESCAPE;
import static org.waybill.format.accesslog.LogText.QUOTE;
import static org.waybill.format.accesslog.LogText.SPACE;

import org.jspecify.annotations.Nullable;

/**
 * Goes over the bytes of a line, field by field. Each step says whether it succeeded; if not, the fault and where it was
 * noticed stand in {@code fault} and {@code at}.
 */
final class LineCursor {

    /** No server's line is longer: 8,190 bytes of request line and of each header, each byte as four of {@code \xhh}. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int TIME_BYTES = LogTime.BYTES + 2; // with its brackets
    private static final byte[] NONE = {};

    byte[] bytes = NONE;
    int at;
    int from; // of the field that was read last
    int to;
    int seen; // the classes of its bytes
    long number;

    @Nullable
    LineFault fault;

    private int end;

    boolean begin(byte[] line, int lineFrom, int lineTo) {
        bytes = line;
        at = lineFrom;
        end = lineTo > lineFrom && line[lineTo - 1] == '\r' ? lineTo - 1 : lineTo;
        fault = null;
        if (end - at > MAX_BYTES) {
            return fail(LineFault.TOO_LONG, at + MAX_BYTES);
        }
        return end > at || fail(LineFault.EMPTY_LINE, at);
    }

    /** Lets the bytes go. */
    void leave() {
        bytes = NONE;
    }

    boolean atEnd() {
        return at == end;
    }

    boolean isQuote() {
        return at < end && bytes[at] == '"';
    }

    boolean space() {
        if (at == end) {
            return fail(LineFault.ENDS_EARLY, at);
        }
        if (bytes[at] != ' ') {
            return fail(LineFault.UNEXPECTED_BYTE, at);
        }
        at++;
        return true;
    }

    /** What stands before the next space. */
    boolean word() {
        from = at;
        seen = 0;
        while (at < end) {
            byte type = LogText.classOf(bytes[at]);
            if ((type & (SPACE | CONTROL | QUOTE)) != 0) {
                break;
            }
            seen |= type;
            at++;
        }
        to = at;
        return (to > from && (at == end || bytes[at] == ' ')) || unexpected();
    }

    /** What stands in quotes. */
    boolean quoted() {
        if (!isQuote()) {
            return unexpected();
        }
        from = at + 1;
        to = endOfRaw(from);
        if (to == end) {
            return fail(LineFault.OPEN_QUOTE, at);
        }
        if (bytes[to] != '"') {
            return fail(LineFault.CONTROL_BYTE, to);
        }
        at = to + 1;
        return at == end || bytes[at] == ' ' || fail(LineFault.STRAY_QUOTE, to);
    }

    /** What stands before the space before the time: anything but a raw quote. Apache writes an empty name as two. */
    boolean user() {
        from = at;
        if (at + 2 < end && bytes[at] == '"' && bytes[at + 1] == '"' && bytes[at + 2] == ' ') {
            to = at;
            seen = 0;
            at += 3;
            return true;
        }
        int quote = endOfRaw(at);
        if (quote == end) {
            return fail(LineFault.ENDS_EARLY, end);
        }
        if (bytes[quote] != '"') {
            return fail(LineFault.CONTROL_BYTE, quote);
        }
        to = quote - 1 - TIME_BYTES - 1;
        if (to <= from || bytes[to] != ' ') {
            return fail(LineFault.BAD_TIME, quote);
        }
        at = to + 1;
        return true;
    }

    /** The time in its brackets; the field is what is between them. */
    boolean time() {
        boolean shaped = end - at > TIME_BYTES && bytes[at] == '[' && bytes[at + TIME_BYTES - 1] == ']';
        if (!shaped) {
            return fail(LineFault.BAD_TIME, at);
        }
        from = at + 1;
        to = from + LogTime.BYTES;
        at += TIME_BYTES;
        return true;
    }

    /** Takes the field for a number. */
    boolean number() {
        number = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
                return fail(LineFault.BAD_NUMBER, i);
            }
            number = number * 10 + digit;
        }
        return true;
    }

    /** Whether the field is that text. */
    boolean is(String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean fail(LineFault reason, int where) {
        fault = reason;
        at = where;
        return false;
    }

    private boolean unexpected() {
        if (at == end) {
            return fail(LineFault.ENDS_EARLY, at);
        }
        boolean control = LogText.classOf(bytes[at]) == CONTROL;
        return fail(control ? LineFault.CONTROL_BYTE : LineFault.UNEXPECTED_BYTE, at);
    }

    /** Where the next quote that is not escaped stands, or the next control byte; else the end. */
    private int endOfRaw(int start) {
        int classes = 0;
        int i = start;
        for (; i < end; i++) {
            byte type = LogText.classOf(bytes[i]);
            if ((type & (QUOTE | CONTROL)) != 0) {
                break;
            }
            classes |= type;
            if (type == ESCAPE && i + 1 < end && (bytes[i + 1] == '"' || bytes[i + 1] == '\\')) {
                i++;
            }
        }
        seen = classes;
        return Math.min(i, end);
    }
}
