package org.waybill.stage.processing.pass;

import java.util.List;
import java.util.Optional;
import org.waybill.ledger.Contents.Measured;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.Reason;
import org.waybill.ledger.checked.Evidence;

/** What came of the pass over a file. */
public sealed interface PassResult {

    DataFile file();

    /**
     * It is intact, and its re-encrypted form is complete and on disk.
     *
     * @param evidence what the checks of the route found, if it has any
     * @param remarks what else is to be told: that it has the body of the received file under a new header, or who signed it
     */
    record Passed(DataFile file, Measured measured, Optional<Evidence> evidence, List<String> remarks)
            implements PassResult {}

    /** Its own fault stopped it; nothing of it was kept. */
    record Refused(DataFile file, Reason reason, String detail) implements PassResult {}
}
