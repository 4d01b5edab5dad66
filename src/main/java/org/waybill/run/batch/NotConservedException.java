package org.waybill.run.batch;

import org.waybill.run.Counts;

/** Files got lost, or were counted twice, between found and done: a fault of ours, and the run fails. */
public final class NotConservedException extends RuntimeException {

    NotConservedException(Counts counts) {
        super("found %d, but done %d + quarantined %d + skipped %d + pending %d = %d"
                .formatted(
                        counts.found(),
                        counts.done(),
                        counts.quarantined(),
                        counts.skipped(),
                        counts.pending(),
                        counts.done() + counts.quarantined() + counts.skipped() + counts.pending()));
    }
}
