package org.waybill.stage.archive;

import java.util.List;
import org.waybill.format.Checksum;
import org.waybill.ledger.Publications.Publication;
import org.waybill.ledger.Publications.PublishedAs;
import org.waybill.ledger.Reason;

/** What came of the publication of a file. */
sealed interface Published {

    Publication file();

    /** It stands under these names. */
    record Stands(Publication file, List<PublishedAs> names) implements Published {}

    /** Its content stood there already, in other bytes. */
    record Duplicate(Publication file, List<PublishedAs> names, long sizeBytes, Checksum md5, Checksum sha256)
            implements Published {}

    /** It cannot stand under its name; nothing was replaced. */
    record Refused(Publication file, Reason reason, String detail) implements Published {}
}
