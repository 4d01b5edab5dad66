package org.waybill.ledger.postgres;

/** An environment variable names no database that can be meant. The message says which, and what to write. */
public final class InvalidDatabaseSettingException extends RuntimeException {

    public InvalidDatabaseSettingException(String message) {
        super(message);
    }
}
