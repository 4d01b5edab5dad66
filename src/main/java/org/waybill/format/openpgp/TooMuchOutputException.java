package org.waybill.format.openpgp;

import org.waybill.format.MalformedInputException;

/** The message inflates beyond what the route allows, or is wrapped in too many layers: a bomb, or limits too low. */
public class TooMuchOutputException extends MalformedInputException {

    /** @param offset how much of the file had been read, in bytes */
    public TooMuchOutputException(long offset, String reason) {
        super(offset, reason);
    }
}
