package org.waybill.stage.intake;

import org.waybill.format.manifest.ManifestRow;

/** What a manifest gives while it is read. */
sealed interface ManifestPart {

    /** Ledger id of the manifest. */
    long manifestId();

    /** A row; of this dataset unless the row itself names another. */
    record RowRead(long manifestId, String dataset, ManifestRow row) implements ManifestPart {}

    /** It was read to its end. */
    record EndRead(long manifestId, String format, long rows) implements ManifestPart {}

    /** It cannot be read to its end: none of its rows counts. */
    record Unreadable(long manifestId, String why, long rows) implements ManifestPart {}
}
