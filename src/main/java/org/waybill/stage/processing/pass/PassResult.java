package org.waybill.stage.processing.pass;

import java.util.List;
import org.waybill.ledger.Contents.Measured;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.Reason;

/** What came of the pass over a file. */
public sealed interface PassResult {

    DataFile file();

    /**
     * It is intact, and its re-encrypted form is complete and on disk.
     *
     * @param remarks what else is to be told: that it has the body of the received file under a new header, or who signed it
     */
    record Passed(DataFile file, Measured measured, List<String> remarks) implements PassResult {}

    /** Its own fault stopped it; nothing of it was kept. */
    record Refused(DataFile file, Reason reason, String detail) implements PassResult {}
}
