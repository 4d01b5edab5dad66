package org.waybill.stage.acknowledgement.shelf;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Where the files of one log are. */
public interface LogShelf {

    /** A file as it is called now. */
    record Named(String name, Instant modified) {

        /** Those that were written last at the end; of the same time, those that were rotated less. */
        static final Comparator<Named> IN_ORDER =
                Comparator.comparing(Named::modified).thenComparing(Named::name, Comparator.reverseOrder());
    }

    /**
     * The files that have names as the route says, those that were written last at the end.
     *
     * @throws IOException if the folder cannot be read
     */
    List<Named> files() throws IOException;

    /** @throws NoSuchFileException if no file is called so any more */
    LogFile open(String name) throws IOException;
}
