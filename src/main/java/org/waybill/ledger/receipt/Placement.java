package org.waybill.ledger.receipt;

import java.time.Instant;
import java.util.Optional;

/**
 * A delivery that was placed, and how long it stood there.
 *
 * @param placedAs below the channel's folder
 * @param from when it was placed
 * @param until when it was replaced or taken back, as recorded; empty while it stands
 * @param sureUntil from when on another version of the same size may have stood there already; empty if none
 * @param follows whether another version of the same size stood there before
 * @param sizeBytes of what was placed
 */
public record Placement(
        long deliveryId,
        String recipient,
        String placedAs,
        Instant from,
        Optional<Instant> until,
        Optional<Instant> sureUntil,
        boolean follows,
        long sizeBytes) {}
