package org.waybill.ledger.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a delivery. As JSON its shape is an interface.
 *
 * @param placedAs path below the channel's folder
 * @param sizeBytes of what was placed; null before
 * @param acknowledgeBy when an acknowledgement is overdue; null: never
 */
public record DeliverySheet(
        long id,
        String route,
        long fileId,
        String path,
        int version,
        String recipient,
        String label,
        String rule,
        String channel,
        String placedAs,
        String form,
        DeliveryState state,
        @Nullable String reason,
        @Nullable String cause,
        @Nullable String cure,
        Instant decidedAt,
        @Nullable Instant deliveredAt,
        @Nullable Long sizeBytes,
        @Nullable String sha256,
        @Nullable String verifiedBy,
        @Nullable Boolean forced,
        @Nullable Instant acknowledgeBy,
        List<Event> events,
        List<Receipt> receipts) {

    /** What is proved. @param at time of the evidence */
    public record Receipt(String rung, Instant at, String evidence) {}

    /** @param from null when the delivery was decided on */
    public record Event(
            Instant at,
            @Nullable String from,
            String to,
            String reason,
            String detail,
            @Nullable Long runId,
            String actor) {}

    public DeliverySheet {
        events = List.copyOf(events);
        receipts = List.copyOf(receipts);
    }
}
