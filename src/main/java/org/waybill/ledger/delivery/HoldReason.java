package org.waybill.ledger.delivery;

/** Why a delivery is held: the code that is stored, its cause, and its cure. */
public enum HoldReason {
    PLACE_TAKEN(
            "something that we did not put there stands under the name at the recipient; nothing was replaced",
            "look at it together with the recipient, have it moved away, then: waybill deliveries resend"),
    PLACE_REFUSED(
            "the recipient's server does not let us write there",
            "have the folder or its rights mended, then: waybill deliveries resend"),
    ARCHIVE_DAMAGED(
            "the archived file is missing, or is not what the ledger says; nothing of it was placed",
            "compare it with its checksum files and restore it from a backup, then: waybill deliveries resend"),
    RECIPIENT_UNKNOWN(
            "the route no longer has the recipient, or its channel", "put it back, or: waybill deliveries recall"),
    NOT_OURS_ANY_MORE(
            "what stands at the recipient is not what we placed, so it was not taken back",
            "ask the recipient; then: waybill deliveries recall once more, or resend");

    private final String cause;
    private final String cure;

    HoldReason(String cause, String cure) {
        this.cause = cause;
        this.cure = cure;
    }

    public String cause() {
        return cause;
    }

    public String cure() {
        return cure;
    }
}
