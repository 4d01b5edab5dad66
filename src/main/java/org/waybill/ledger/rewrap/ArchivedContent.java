package org.waybill.ledger.rewrap;

import java.util.List;
import java.util.Optional;
import org.waybill.format.Checksum;

/**
 * The same bytes in the archive, whichever files of the ledger they are of: those of a duplicate share them.
 *
 * @param firstId the lowest of the files' ids
 * @param files how many files of the ledger they are of
 * @param readersKnown whether the ledger knows for whom they are
 * @param names all names below the archive folder under which they stand
 * @param begun a change that a run which died has kept; the file may be changed already, in parts or wholly
 */
public record ArchivedContent(
        long firstId,
        int files,
        long sizeBytes,
        Checksum md5,
        Checksum sha256,
        boolean readersKnown,
        List<String> names,
        Optional<HeaderChange> begun) {}
