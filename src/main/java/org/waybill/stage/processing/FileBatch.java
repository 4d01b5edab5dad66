package org.waybill.stage.processing;

import java.util.List;
import org.waybill.ledger.DataFile;

/** Files that are processed one after the other and recorded in one transaction: many small ones, or one that is large. */
record FileBatch(List<DataFile> files) {

    static final int MAX_FILES = 100;

    /** As much as is lost when the run dies: about a second's work. */
    static final long MAX_BYTES = 256L << 20;

    FileBatch {
        files = List.copyOf(files);
    }

    /** As many of the files, from the first one on, as one transaction should hold; always at least one. */
    static FileBatch of(List<DataFile> files) {
        int count = 0;
        long bytes = 0;
        for (DataFile file : files) {
            Long size = file.receivedSize();
            bytes += size == null ? 0 : size;
            if (count > 0 && (bytes > MAX_BYTES || count == MAX_FILES)) {
                break;
            }
            count++;
        }
        return new FileBatch(files.subList(0, count));
    }
}
