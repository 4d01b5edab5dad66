package org.waybill.stage.rewrap;

import org.waybill.ledger.rewrap.ArchivedContent;
import org.waybill.ledger.rewrap.HeaderChange;

/** What came of the rewrapping of a content. */
sealed interface RewrapResult {

    /** It has its new header, on disk. */
    record Made(HeaderChange change) implements RewrapResult {}

    /** The old key does not open it. */
    record NotForTheKey(ArchivedContent content) implements RewrapResult {}

    /** It is not what the ledger says. */
    record LeftAlone(ArchivedContent content, String why) implements RewrapResult {}
}
