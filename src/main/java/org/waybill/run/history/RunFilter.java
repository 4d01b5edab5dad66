package org.waybill.run.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; null: all.
 *
 * @param stage in its label's form
 * @param since only runs that started at this time or later
 * @param limit only so many, the newest ones
 */
public record RunFilter(
        @Nullable String route,
        @Nullable String stage,
        @Nullable String status,
        @Nullable Instant since,
        @Nullable Integer limit) {}
