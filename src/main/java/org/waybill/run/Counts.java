package org.waybill.run;

/**
 * What came of a run, counted in the ledger. Files, but rows of manifests for intake.
 *
 * @param skipped left with a reason: moved by somebody else meanwhile, or nothing that this stage handles
 * @param pending left for a later run
 * @param bytes handled
 */
public record Counts(long found, long done, long quarantined, long skipped, long pending, long bytes) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /** Whether nothing got lost between found and done. */
    public boolean balanced() {
        return found == done + quarantined + skipped + pending;
    }
}
