package org.waybill.cli;

/** A command cannot do what it was asked for. */
public final class CommandFailedException extends RuntimeException {

    private final ExitCode code;

    /** @param message what happened, and what to do, in one line */
    public CommandFailedException(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
