package org.waybill.ledger.postgres;

/** No database that Waybill can work with was reached. The message says what was tried, what was found and what to do. */
public final class DatabaseUnavailableException extends RuntimeException {

    public DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public DatabaseUnavailableException(String message) {
        super(message);
    }
}
