package org.waybill.format;

/** The input may be intact, but it was not made by anybody who is trusted to make it. */
public class UntrustedSenderException extends MalformedInputException {

    /** @param reason who made it and who is trusted, by their public names */
    public UntrustedSenderException(long offset, String reason) {
        super(offset, reason);
    }
}
