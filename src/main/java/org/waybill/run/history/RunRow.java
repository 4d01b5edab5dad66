package org.waybill.run.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list.
 *
 * @param status STARTED, COMPLETED, FAILED, STOPPED or ABANDONED
 * @param alive whether it is running now
 * @param found files that it found to do (intake: rows of manifests); likewise the other counts
 * @param seconds that it took, or takes so far
 * @param message why it failed, in one line; null if it did not
 */
public record RunRow(
        long id,
        String route,
        String stage,
        String status,
        boolean alive,
        long found,
        long done,
        long quarantined,
        long skipped,
        long pending,
        long bytes,
        double seconds,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String message) {}
