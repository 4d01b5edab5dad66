package org.waybill.stage;

import java.io.IOException;
import java.time.Duration;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** Gives the world (disks, networks) two more chances; what is still broken then is for a person. */
public final class MoreChances {

    private static final RetryTemplate RETRY = new RetryTemplate(RetryPolicy.builder()
            .includes(IOException.class)
            .maxRetries(2)
            .delay(Duration.ofMillis(500))
            .multiplier(4)
            .build());

    private MoreChances() {}

    /** Work on a file that may be done again if the world failed. */
    public interface Attempt<T> {
        T make() throws IOException;
    }

    /** @throws IOException that names the file, if the world failed each time */
    public static <T> T on(long fileId, Attempt<T> attempt) throws IOException {
        try {
            return RETRY.execute(attempt::make);
        } catch (RetryException e) {
            if (e.getCause() instanceof IOException io) {
                IOException named = new IOException("file " + fileId + ": " + io);
                named.addSuppressed(io); // not as its cause: the run tells the innermost one
                throw named;
            }
            if (e.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            throw new IllegalStateException(e);
        }
    }
}
