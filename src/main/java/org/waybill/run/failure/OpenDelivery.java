package org.waybill.run.failure;

import java.time.Instant;
import org.waybill.ledger.delivery.HoldReason;

/**
 * A delivery that needs a person: it is held, nobody has acknowledged it in time, or what was acknowledged is not what was placed.
 *
 * @param placedAs path below the channel's folder
 * @param at since when it needs one
 * @param reason code of a {@link HoldReason}, {@link #OVERDUE} or {@link #WRONG_HASH}
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
    static final String WRONG_HASH = "WRONG_HASH";

    /** What the reason means. */
    public String cause() {
        return switch (reason) {
            case OVERDUE -> "it was placed, and there is no receipt that the recipient got all of it in time";
            case WRONG_HASH -> "the recipient wrote an acknowledgement with the SHA-256 of something else";
            default -> HoldReason.valueOf(reason).cause();
        };
    }

    /** What to do. */
    public String cure() {
        return switch (reason) {
            case OVERDUE ->
                "ask the recipient; sending it again starts the time anew, and sends nothing if it still stands there";
            case WRONG_HASH -> "have the recipient fetch it anew and acknowledge that, or send it again";
            default -> HoldReason.valueOf(reason).cure();
        };
    }
}
