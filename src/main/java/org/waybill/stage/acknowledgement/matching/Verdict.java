package org.waybill.stage.acknowledgement.matching;

import java.util.Optional;
import org.waybill.ledger.receipt.LogReading.Piece;
import org.waybill.ledger.receipt.Placement;

/** What a request is to us. */
public sealed interface Verdict {

    /**
     * It was for a delivery, by its recipient.
     *
     * @param sent what of it was sent to the end; empty if that is not proved
     */
    record Counts(Placement placement, Optional<Piece> sent) implements Verdict {}

    /** It proves nothing, by one rule, the first that says so. */
    record Ignored(Rule rule) implements Verdict {}

    /** Why requests prove nothing. */
    enum Rule {
        NO_REQUEST,
        OTHER_METHOD,
        OTHER_STATUS,
        OTHER_PATH,
        NOT_THERE_THEN,
        OWN_ADDRESS,
        UNKNOWN_ADDRESS,
        OTHER_ADDRESS,
        OTHER_USER,
        ROBOT
    }
}
