package org.waybill.format;

/**
 * The bytes that were read do not follow their format: the fault of the input, and final. Never thrown for a device
 * or a network that failed to deliver bytes; that is an {@link java.io.IOException}.
 */
public class MalformedInputException extends RuntimeException {

    private final long offset;

    /**
     * @param offset where in the input the fault was noticed, in bytes from its start
     * @param reason what was expected and what was found; without keys, passwords or content
     */
    public MalformedInputException(long offset, String reason) {
        super(reason + " (at byte " + offset + ")");
        this.offset = offset;
    }

    /** Where in the input the fault was noticed, in bytes from its start. */
    public long offset() {
        return offset;
    }
}
