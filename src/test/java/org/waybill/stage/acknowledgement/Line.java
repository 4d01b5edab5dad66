package org.waybill.stage.acknowledgement;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A line in our format for good proof. */
record Line(
        String client,
        String user,
        Instant at,
        String method,
        String path,
        int status,
        long bytes,
        long sent,
        char completion,
        String contentRange,
        String etag,
        String agent) {

    private static final DateTimeFormatter LOG_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    Line from(String other) {
        return new Line(other, user, at, method, path, status, bytes, sent, completion, contentRange, etag, agent);
    }

    Line as(String other) {
        return new Line(client, other, at, method, path, status, bytes, sent, completion, contentRange, etag, agent);
    }

    Line at(Instant other) {
        return new Line(client, user, other, method, path, status, bytes, sent, completion, contentRange, etag, agent);
    }

    Line by(String other) {
        return new Line(client, user, at, other, path, status, bytes, sent, completion, contentRange, etag, agent);
    }

    Line of(String other) {
        return new Line(client, user, at, method, other, status, bytes, sent, completion, contentRange, etag, agent);
    }

    Line status(int other) {
        return new Line(client, user, at, method, path, other, bytes, sent, completion, contentRange, etag, agent);
    }

    Line size(long other) {
        return new Line(
                client, user, at, method, path, status, other, other + 300, completion, contentRange, etag, agent);
    }

    Line sent(long other) {
        return new Line(client, user, at, method, path, status, bytes, other, completion, contentRange, etag, agent);
    }

    Line ended(char other) {
        return new Line(client, user, at, method, path, status, bytes, sent, other, contentRange, etag, agent);
    }

    Line etag(String other) {
        return new Line(client, user, at, method, path, status, bytes, sent, completion, contentRange, other, agent);
    }

    Line agent(String other) {
        return new Line(client, user, at, method, path, status, bytes, sent, completion, contentRange, etag, other);
    }

    /** The piece from the first byte to before the last one. */
    Line piece(long from, long to, long size) {
        return new Line(
                client,
                user,
                at,
                method,
                path,
                206,
                to - from,
                to - from + 300,
                completion,
                "bytes " + from + "-" + (to - 1) + "/" + size,
                etag,
                agent);
    }

    String text() {
        return "%s - %s [%s] \"%s %s HTTP/1.1\" %d %s %d %s 1234 \"-\" \"%s\" \"%s\" \"%s\""
                .formatted(
                        client,
                        user,
                        LOG_TIME.format(at),
                        method,
                        path,
                        status,
                        bytes == 0 ? "-" : String.valueOf(bytes),
                        sent,
                        completion,
                        contentRange,
                        etag.replace("\"", "\\\""),
                        agent);
    }
}
