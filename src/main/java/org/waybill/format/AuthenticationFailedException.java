package org.waybill.format;

/** The right key was at hand and the authentication tag is wrong: the bytes are not the ones that were encrypted. */
public class AuthenticationFailedException extends MalformedInputException {

    /** @param offset where the unauthentic part starts, in bytes from the start of the input */
    public AuthenticationFailedException(long offset, String reason) {
        super(offset, reason);
    }
}
