package org.waybill.stage.delivery.content;

/** The archived file is not what the ledger says of it. Final: to read it again does not help. */
public final class ArchiveDamagedException extends RuntimeException {

    /** @param detail what was expected and what was found */
    public ArchiveDamagedException(String detail) {
        super(detail);
    }
}
