package org.waybill.format;

/** The input was encrypted for somebody else: none of the keys at hand opens it. */
public class WrongKeyException extends MalformedInputException {

    /** @param reason which keys were tried, by their public names, and what the input says of its writer */
    public WrongKeyException(long offset, String reason) {
        super(offset, reason);
    }
}
