package org.waybill.ledger.receipt;

import java.time.Instant;
import java.util.Optional;
import org.waybill.format.accesslog.stream.LogHead;

/**
 * A log that was read before.
 *
 * @param first the head that it had when it was one line
 * @param position up to where, in uncompressed bytes
 * @param lastAt time of the last request in it that was read, or when it was seen first
 * @param isWhole whether nothing stood behind the position when it was seen last, and a later log had lines then
 * @param endedAs COMPRESSED, ROTATED or LOST; empty while it may go on
 */
public record LogStream(
        long streamId,
        LogHead head,
        LogHead first,
        String fileName,
        long position,
        Instant lastAt,
        boolean isWhole,
        Optional<String> endedAs) {

    /** Whether its compressed file was read to the end: nothing can come any more. */
    public boolean isCompressed() {
        return endedAs.filter("COMPRESSED"::equals).isPresent();
    }
}
