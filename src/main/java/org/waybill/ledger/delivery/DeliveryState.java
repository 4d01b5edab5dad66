package org.waybill.ledger.delivery;

import java.util.Map;
import java.util.Set;

/** Where a delivery is, and the only list of the moves that are allowed. */
public enum DeliveryState {
    /** It is decided who gets it; it is to be sent. */
    PENDING,
    /** It was placed for its recipient, and compared there. */
    DELIVERED,
    /** It cannot be placed until a person has looked. */
    HELD,
    /** A later version of the file has its place. */
    REPLACED,
    /** A person wants it back, or not sent; the next run sees to it that nothing of it stays there. */
    RECALLING,
    /** It was taken back, or never sent. */
    RECALLED;

    private static final Map<DeliveryState, Set<DeliveryState>> BY_STAGES = Map.of(
            PENDING, Set.of(DELIVERED, HELD, REPLACED),
            DELIVERED, Set.of(REPLACED),
            HELD, Set.of(REPLACED),
            REPLACED, Set.of(),
            RECALLING, Set.of(RECALLED, HELD),
            RECALLED, Set.of());

    private static final Map<DeliveryState, Set<DeliveryState>> BY_PERSONS = Map.of(
            PENDING, Set.of(RECALLING),
            DELIVERED, Set.of(PENDING, RECALLING),
            HELD, Set.of(PENDING, RECALLING),
            REPLACED, Set.of(),
            RECALLING, Set.of(PENDING),
            RECALLED, Set.of(PENDING));

    /** Whether the stage may move a delivery so. */
    public boolean leadsTo(DeliveryState next) {
        return BY_STAGES.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether a person may set a delivery so, giving a reason. */
    public boolean canBeSetTo(DeliveryState next) {
        return BY_PERSONS.getOrDefault(this, Set.of()).contains(next);
    }
}
