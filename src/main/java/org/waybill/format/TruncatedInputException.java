package org.waybill.format;

/** The input ends before its format lets it end. */
public class TruncatedInputException extends MalformedInputException {

    /** @param offset where the input ended, in bytes from its start */
    public TruncatedInputException(long offset, String reason) {
        super(offset, reason);
    }
}
