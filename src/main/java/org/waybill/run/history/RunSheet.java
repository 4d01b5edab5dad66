package org.waybill.run.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one run.
 *
 * @param launch what was asked for
 * @param machine which implementations of that machine did the work; empty if that makes no difference
 * @param runsOfLaunch ids of all runs of the same launch, this one included: its first run and its restarts
 */
public record RunSheet(RunRow run, Launch launch, List<Long> runsOfLaunch, String machine, List<Step> steps) {

    /**
     * What was asked for.
     *
     * @param dataset only this one; null for all
     * @param files only these paths; empty for all
     * @param by user of the operating system
     */
    public record Launch(long id, @Nullable String dataset, List<String> files, Instant at, String by) {}

    /**
     * A step of the job, or the part of one that a worker did.
     *
     * @param fault the beginning of what went wrong; null if nothing did
     */
    public record Step(
            String name,
            String status,
            long read,
            long written,
            long commits,
            long rollbacks,
            double seconds,
            @Nullable String fault) {}
}
