package org.waybill.cli.run.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.report.Quantity;

/** Whether a disk has room for a dataset. */
final class FreeSpace {

    private static final long DATABASE_BYTES = 256L << 20; // the embedded database, when it is new
    private static final long BYTES_PER_FILE = 32L << 10; // header, side-cars, rows in the ledger, unfilled blocks
    private static final int COPIES = 2; // an incoming file stays until its archived form is safe on disk

    private FreeSpace() {}

    /** @throws CommandFailedException if it has not */
    static void require(Path home, DemoDataset dataset) throws IOException {
        long needed = needed(dataset.files(), dataset.bytes());
        long free = Files.getFileStore(home).getUsableSpace();
        if (free < needed) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "the demo needs about " + Quantity.bytes(needed) + " in " + home + ", and " + Quantity.bytes(free)
                            + " are free; make fewer files (--files) or smaller ones (--size), or name another --home");
        }
    }

    static long needed(int files, long plainBytes) {
        return DATABASE_BYTES + files * BYTES_PER_FILE + COPIES * plainBytes;
    }
}
