package org.waybill.format.accesslog;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request, as the server logged it. What the format has no field for, or what the server left out ({@code -} or
 * nothing), is absent; nothing is guessed. Escapes of Apache and nginx ({@code \xhh}, {@code \"}, {@code \\}, {@code
 * \n} …) are undone; bytes that are not UTF-8 then stand as U+FFFD, except in {@code path}.
 *
 * @param client address, or name if the server looks names up; behind a proxy that of the proxy
 * @param user as the client claimed; a status of 401 means that nobody believed it
 * @param time of Apache when the request began; of nginx ({@code $time_local}) when it had ended, so that it may have
 *     begun long before. Both write the line at the end
 * @param method absent, as are target, path and protocol, if the request is not of the form of one: {@code -} for a
 *     connection that sent nothing, a TLS greeting sent to port 80
 * @param target what stands between method and protocol, with its query, not percent-decoded
 * @param path of the target: percent-decoded, dot segments resolved, repeated slashes as one, without query; absent if
 *     the target has none ({@code *}), leads above the root, has spaces, a NUL or a broken {@code %}, or is not UTF-8
 * @param protocol such as {@code HTTP/1.1}; absent in HTTP/0.9
 * @param status the final one, three digits; 0 if the server had none ({@code -})
 * @param responseBytes size of the response without its headers: of Apache ({@code %b}, {@code %B}) <em>not</em> how many
 *     bytes were sent; of nginx ({@code $body_bytes_sent}) how many it handed to the connection
 * @param sentBytes what went out, with headers ({@code %O} of mod_logio)
 * @param range of the request, such as {@code bytes=0-499}
 * @param contentRange of the response, such as {@code bytes 0-499/1234}; a response of several ranges has none
 * @param etag of the response, as in the header: with its quotes, and {@code W/} if it is weak
 */
public record AccessLogLine(
        Optional<String> client,
        Optional<String> user,
        Instant time,
        Optional<String> method,
        Optional<String> target,
        Optional<String> path,
        Optional<String> protocol,
        int status,
        OptionalLong responseBytes,
        OptionalLong sentBytes,
        Completion completion,
        Optional<String> range,
        Optional<String> contentRange,
        Optional<String> etag,
        Optional<String> agent)
        implements LogLine {

    /** @throws IllegalArgumentException if the status has more than three digits or a size is negative */
    public AccessLogLine {
        if (status < 0 || status > 999) {
            throw new IllegalArgumentException("a status has three digits");
        }
        if (responseBytes.orElse(0) < 0 || sentBytes.orElse(0) < 0) {
            throw new IllegalArgumentException("a size is not negative");
        }
    }

    /** How the response ended, by what the server saw of it. */
    public enum Completion {
        /** The server handed over all of it ({@code +} or {@code -} of {@code %X}, {@code OK} of nginx). */
        COMPLETED,
        /** The client left before ({@code X} of {@code %X}, no {@code OK} of nginx, nginx' status 499). */
        ABORTED,
        /** The format does not tell. */
        UNKNOWN
    }
}
