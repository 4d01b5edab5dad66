package org.waybill.stage.delivery.channel;

import org.waybill.ledger.delivery.HoldReason;

/** A delivery cannot be done until a person has looked; others go on. */
public final class HeldException extends Exception {

    private final HoldReason reason;

    /** @param detail what was expected and what was found */
    public HeldException(HoldReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public HoldReason reason() {
        return reason;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
