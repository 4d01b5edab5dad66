package org.waybill.ledger.listing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file in a list.
 *
 * @param id ledger id; null if it is unexpected
 * @param path in its datasets, or below the incoming folder if it is unexpected
 * @param version how many files of this path there have been, this one included; null if it is unexpected
 * @param reason why it is in quarantine, or is not taken; else null
 * @param sizeBytes the best that is known: measured of the content, declared of it, or as it arrived
 * @param since when it came to its state, or was seen first
 */
public record FileRow(
        @Nullable Long id,
        String route,
        String path,
        @Nullable Integer version,
        String state,
        @Nullable String reason,
        @Nullable Long sizeBytes,
        List<String> datasets,
        Instant since) {}
