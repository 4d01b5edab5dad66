package org.waybill.remote.res;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the head of an answer announces a file, and if not, what is wrong. */
final class ResAnswer {

    private static final String FILE = "application/octet-stream";
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9/+.-]{1,60}");

    /** The service cannot answer now. */
    static final class BusyException extends IOException {

        private static final long serialVersionUID = 1L;
        private final @Nullable Duration retryAfter;

        BusyException(int status, @Nullable Duration retryAfter) {
            super("the service answers with status " + status);
            this.retryAfter = retryAfter;
        }

        /** The pause that the service asks for; null if it asks for none. */
        @Nullable
        Duration retryAfter() {
            return retryAfter;
        }
    }

    private ResAnswer() {}

    /**
     * @throws BusyException if asking again may help
     * @throws ResRefusedException if it will not
     */
    static void requireFile(int status, HttpHeaders headers, InstantSource clock) throws IOException {
        if (status != 200) {
            throw fault(status, headers, clock);
        }
        String type =
                headers.firstValue("Content-Type").orElse(FILE).split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase(FILE)) {
            String shown = MEDIA_TYPE.matcher(type).matches() ? type : "another kind";
            throw new ResRefusedException(
                    status, "the answer is a page (" + shown + "), not a file: a log-in or error page; check the URL");
        }
        boolean isChunked = headers.firstValue("Transfer-Encoding")
                .filter(encoding -> encoding.equalsIgnoreCase("chunked"))
                .isPresent();
        if (!isChunked && headers.firstValue("Content-Length").isEmpty()) {
            throw new ResRefusedException(
                    status,
                    "the answer has neither chunks nor a length, so that a cut would look like its end: let what stands"
                            + " before the service speak HTTP/1.1 to it");
        }
    }

    private static IOException fault(int status, HttpHeaders headers, InstantSource clock) {
        return switch (status) {
            case 401, 403 ->
                new ResRefusedException(
                        status, "the service refuses this machine (status " + status + "): ask who runs it");
            case 404 ->
                new ResRefusedException(
                        status, "the service knows no such file (status 404): check the file's path and the URL");
            case 400 ->
                new ResRefusedException(
                        status, "the service does not understand (status 400): check the formats and their keys");
            case 408, 425, 429 -> new BusyException(status, retryAfter(headers, clock));
            default -> {
                if (status >= 500) {
                    yield new BusyException(status, retryAfter(headers, clock));
                }
                yield new ResRefusedException(
                        status,
                        status / 100 == 3
                                ? "the service redirects (status " + status
                                        + "), and the key is not sent elsewhere: write the right URL"
                                : "the service answers with status " + status + ": check the URL");
            }
        };
    }

    /** In seconds or as a date (RFC 9110, section 10.2.3); null if not said, or not so. */
    private static @Nullable Duration retryAfter(HttpHeaders headers, InstantSource clock) {
        String written = headers.firstValue("Retry-After").orElse("").strip();
        if (written.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(written));
        }
        try {
            ZonedDateTime then = ZonedDateTime.parse(written, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), then.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
