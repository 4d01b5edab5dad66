package org.waybill.run.pulse;

/** A run was asked to end, and ends here; everything up to the last commit is kept. */
public final class RunStoppedException extends RuntimeException {

    public RunStoppedException() {
        super("stopped on request; run it again to go on");
    }
}
