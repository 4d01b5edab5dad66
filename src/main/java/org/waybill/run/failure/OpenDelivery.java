package org.waybill.run.failure;

import java.time.Instant;
import org.waybill.ledger.delivery.HoldReason;

/**
 * A delivery that needs a person: it is held, or nobody has acknowledged it in time.
 *
 * @param placedAs path below the channel's folder
 * @param at since when it needs one
 * @param reason code of a {@link HoldReason}, or {@link #OVERDUE}
 * @param detail what was expected and what was found
 */
public record OpenDelivery(
        long deliveryId,
        String route,
        long fileId,
        String path,
        String recipient,
        String placedAs,
        Instant at,
        String reason,
        String detail) {

    static final String OVERDUE = "OVERDUE";

    /** What the reason means. */
    public String cause() {
        return reason.equals(OVERDUE)
                ? "it was placed, and there is no receipt that the recipient got all of it in time"
                : HoldReason.valueOf(reason).cause();
    }

    /** What to do. */
    public String cure() {
        return reason.equals(OVERDUE)
                ? "ask the recipient; sending it again starts the time anew, and sends nothing if it still stands there"
                : HoldReason.valueOf(reason).cure();
    }
}
