package org.waybill.ledger.receipt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a log as it was read: each of its lines is a fact, ignored, or unparseable.
 *
 * @param fileName what the file is called now
 * @param from its first byte, uncompressed
 * @param to the byte behind its last line
 * @param ignored how many lines, by the code of the rule
 * @param lastAt time of the last request in it; null if there is none
 */
public record LogReading(
        long streamId,
        String fileName,
        long from,
        long to,
        long lines,
        List<Request> requests,
        Map<String, Long> ignored,
        List<Unparseable> unparseable,
        @Nullable Instant lastAt) {

    public LogReading {
        requests = List.copyOf(requests);
        ignored = Map.copyOf(ignored);
        unparseable = List.copyOf(unparseable);
        long counted = requests.size()
                + ignored.values().stream().mapToLong(Long::longValue).sum()
                + unparseable.size();
        if (counted != lines || to <= from) {
            throw new IllegalArgumentException("expected " + lines + " lines, found " + counted);
        }
    }

    /**
     * A request that counts.
     *
     * @param offset of its line
     * @param piece what of the delivered file it proves to have been sent to the end; null for nothing
     * @param responseBytes empty if the log does not say
     */
    public record Request(
            long offset,
            long deliveryId,
            Instant at,
            String client,
            String user,
            int status,
            OptionalLong responseBytes,
            String completion,
            @Nullable Piece piece,
            String etag,
            String agent) {

        /** Microseconds since 1970: an array of numbers costs the driver a tenth of one of times. */
        long atMicros() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at);
        }
    }

    /** Half-open, in bytes of the delivered file. */
    public record Piece(long from, long to) {}

    /** A line that could not be read. */
    public record Unparseable(long offset, String fault, String line) {}
}
