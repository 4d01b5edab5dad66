package org.waybill.run.failure;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failed run that needs a person.
 *
 * @param dataset the only one that it was to look at; null: all
 * @param files the only paths that it was to look at; empty: all
 * @param before how many earlier runs of the same task are open too; a restart of this one that completes closes them
 * @param endedAt null if it died and no run has found it yet
 * @param message why it failed, in one line
 */
public record OpenRun(
        long runId,
        String route,
        String stage,
        @Nullable String dataset,
        List<String> files,
        long before,
        Instant startedAt,
        @Nullable Instant endedAt,
        String message) {

    public RunFault fault() {
        return RunFault.of(message);
    }
}
