package org.waybill.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param runId null if it could not even start
 * @param message why it failed, in one line; null if it did not
 */
public record StageResult(
        Stage stage,
        @Nullable Long runId,
        Status status,
        Counts counts,
        Duration duration,
        @Nullable String message) {

    /** How a run ended. */
    public enum Status {
        COMPLETED,
        FAILED,
        STOPPED
    }
}
