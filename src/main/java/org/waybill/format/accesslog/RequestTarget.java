package org.waybill.format.accesslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * The path in the target of a request (RFC 9112, section 3.2), as a server finds the file by it: first percent-decoded,
 * then its dot segments resolved, so that {@code /a/%2e%2e/b} is {@code /b}. Repeated slashes are one, as they are to
 * every Unix file system.
 */
final class RequestTarget {

    private RequestTarget() {}

    /**
     * The path; nothing if there is none, or if no server finds a file by it.
     *
     * @param bytes with the log's escapes undone
     */
    static Optional<String> path(byte[] bytes, int from, int to) {
        int start = bytes[from] == '/' ? from : startOfPath(bytes, from, to);
        if (start < 0) {
            return Optional.empty();
        }
        for (int i = start; i < to; i++) {
            switch (bytes[i]) {
                case '?', '#' -> {
                    return Optional.of(i == start ? "/" : new String(bytes, start, i - start, ISO_8859_1));
                }
                case '/' -> {
                    if (i + 1 < to && (bytes[i + 1] == '/' || bytes[i + 1] == '.')) {
                        return decoded(bytes, start, to);
                    }
                }
                default -> {
                    if (bytes[i] <= ' ' || bytes[i] == '%') { // or not ASCII
                        return decoded(bytes, start, to);
                    }
                }
            }
        }
        return Optional.of(start == to ? "/" : new String(bytes, start, to - start, ISO_8859_1));
    }

    /** Of the absolute form, which proxies are sent and which every server must accept. */
    private static int startOfPath(byte[] bytes, int from, int to) {
        String start = new String(bytes, from, Math.min(8, to - from), ISO_8859_1);
        int scheme = start.regionMatches(true, 0, "http://", 0, 7) ? 7 : start.equalsIgnoreCase("https://") ? 8 : 0;
        if (scheme == 0) {
            return -1;
        }
        int at = from + scheme;
        while (at < to && bytes[at] != '/' && bytes[at] != '?' && bytes[at] != '#') {
            at++;
        }
        return at;
    }

    private static Optional<String> decoded(byte[] bytes, int from, int to) {
        byte[] path = new byte[to - from + 1];
        int length = 0;
        for (int i = from; i < to && bytes[i] != '?' && bytes[i] != '#'; i++) {
            int b = bytes[i];
            if (b == '%') {
                b = i + 2 < to ? LogText.hexByte(bytes, i + 1) : -1;
                if (b < 0) {
                    return Optional.empty();
                }
                i += 2;
            } else if (b == ' ') {
                return Optional.empty(); // where it ends depends on the server
            }
            if (b == 0) {
                return Optional.empty();
            }
            path[length++] = (byte) b;
        }
        return resolved(path, length);
    }

    /** In place: what is written never overtakes what is read. */
    private static Optional<String> resolved(byte[] path, int length) {
        int out = 0;
        for (int at = 0; at < length; ) {
            int end = at + 1; // behind the slash at which a segment begins
            while (end < length && path[end] != '/') {
                end++;
            }
            int size = end - at - 1;
            boolean dot = size == 1 && path[at + 1] == '.';
            boolean dots = size == 2 && path[at + 1] == '.' && path[at + 2] == '.';
            if (dots && out == 0) {
                return Optional.empty();
            }
            if (dots) {
                do {
                    out--;
                } while (path[out] != '/');
            } else if (!dot && size > 0) {
                System.arraycopy(path, at, path, out, end - at);
                out += end - at;
            }
            if (end == length && (dot || dots || size == 0)) {
                path[out++] = '/';
            }
            at = end;
        }
        try {
            ByteBuffer whole = ByteBuffer.wrap(path, 0, out);
            return Optional.of(UTF_8.newDecoder().decode(whole).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
