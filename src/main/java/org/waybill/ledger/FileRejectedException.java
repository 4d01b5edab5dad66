package org.waybill.ledger;

/** A file's own fault, for which it goes to quarantine while the run goes on. */
public final class FileRejectedException extends Exception {

    private final Reason reason;

    /** @param detail what was expected and what was found; without keys, passwords or content */
    public FileRejectedException(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What was expected and what was found. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
