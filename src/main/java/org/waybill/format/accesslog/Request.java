package org.waybill.format.accesslog;

import static org.waybill.format.accesslog.LogText.ESCAPE;
import static org.waybill.format.accesslog.LogText.HIGH;

import java.util.Optional;

/**
 * The request line ({@code %r}, {@code $request}) in its parts, those of the last one that was {@linkplain #read read}.
 * What is no request of HTTP, such as {@code -} or a TLS greeting, has none of them.
 */
final class Request {

    Optional<String> method = Optional.empty();
    Optional<String> target = Optional.empty();
    Optional<String> path = Optional.empty();
    Optional<String> protocol = Optional.empty();
    private final LogText methods = new LogText();
    private final LogText protocols = new LogText();

    void clear() {
        method = Optional.empty();
        target = Optional.empty();
        path = Optional.empty();
        protocol = Optional.empty();
    }

    /** @param seen the classes of all its bytes, as {@link LogText} gives them */
    void read(byte[] logged, int loggedFrom, int loggedTo, int seen) {
        clear();
        byte[] bytes = logged;
        int from = loggedFrom;
        int to = loggedTo;
        if ((seen & ESCAPE) != 0) {
            bytes = LogText.unescaped(logged, from, to);
            from = 0;
            to = bytes.length;
        }
        int afterMethod = from;
        while (afterMethod < to && isTokenByte(bytes[afterMethod])) {
            afterMethod++;
        }
        if (afterMethod == from || afterMethod + 1 >= to || bytes[afterMethod] != ' ') {
            return;
        }
        int lastSpace = to - 1;
        while (bytes[lastSpace] != ' ') {
            lastSpace--;
        }
        boolean isVersioned = isProtocol(bytes, lastSpace + 1, to) && lastSpace > afterMethod + 1;
        int targetTo = isVersioned ? lastSpace : to;
        if (!isVersioned && lastSpace > afterMethod) {
            return; // three words, and the last is no protocol
        }
        method = methods.of(bytes, from, afterMethod, 0);
        protocol = isVersioned ? protocols.of(bytes, lastSpace + 1, to, 0) : Optional.empty();
        int targetFrom = afterMethod + 1;
        while (targetFrom < targetTo && bytes[targetFrom] == ' ') {
            targetFrom++; // to every server several spaces are one separator
        }
        while (targetTo > targetFrom && bytes[targetTo - 1] == ' ') {
            targetTo--;
        }
        readTarget(bytes, targetFrom, targetTo, (seen & ESCAPE) != 0 ? HIGH : seen);
    }

    /**
     * @param bytes with the log's escapes undone
     * @param seen tells only whether they are all ASCII
     */
    void readTarget(byte[] bytes, int from, int to, int seen) {
        if (from == to) {
            return;
        }
        target = LogText.read(bytes, from, to, seen & HIGH);
        path = RequestTarget.path(bytes, from, to);
        if (path.equals(target)) {
            path = target; // one string for both
        }
    }

    /** RFC 9110, section 5.6.2; of all that clients send only letters, and few signs, are methods of anything. */
    private static boolean isTokenByte(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '-' || b == '_' || (b >= '0' && b <= '9');
    }

    private static boolean isProtocol(byte[] bytes, int from, int to) {
        if (to - from < 6 || bytes[from] != 'H' || bytes[from + 1] != 'T' || bytes[from + 2] != 'T') {
            return false;
        }
        for (int i = from + 5; i < to; i++) {
            if ((bytes[i] < '0' || bytes[i] > '9') && bytes[i] != '.') {
                return false;
            }
        }
        return bytes[from + 3] == 'P' && bytes[from + 4] == '/';
    }
}
