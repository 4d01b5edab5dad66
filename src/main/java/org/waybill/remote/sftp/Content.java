package org.waybill.remote.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What is to be sent. The same bytes each time it is asked, also in a later run: a delivery that was cut goes on behind them. */
public interface Content {

    long sizeBytes();

    /** In lower-case hex, if it is known: then nothing else gets the name. */
    default Optional<String> sha256() {
        return Optional.empty();
    }

    /** @param offset 0 to {@link #sizeBytes()}, in bytes */
    InputStream from(long offset) throws IOException;
}
