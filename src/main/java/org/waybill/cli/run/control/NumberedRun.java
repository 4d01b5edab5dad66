package org.waybill.cli.run.control;

import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.run.history.RunListing;
import org.waybill.run.history.RunSheet;

/** Finds the run that a person means. */
final class NumberedRun {

    private NumberedRun() {}

    /** @throws CommandFailedException if there is none */
    static RunSheet find(long runId, Session session) {
        return session.bean(RunListing.class).of(runId).orElseThrow(() -> none(runId, session));
    }

    static CommandFailedException none(long runId, Session session) {
        return new CommandFailedException(
                ExitCode.FAILED, "no run has the id " + runId + "; see " + session.program() + " runs list");
    }
}
