package org.waybill.route;

import java.time.Duration;
import java.util.List;

/**
 * When a file in the incoming folder has arrived.
 *
 * @param quietFor at least this long lies between two observations that count, by our own clock
 * @param observations how many observations must find the file unchanged, the first one included
 * @param waitFor how long one run keeps looking, a {@code quietFor} apart, for files that have not arrived yet; zero: one look
 * @param ignore globs of file names that are not looked at: temporary names of producers
 */
public record TransferRoute(
        ArrivalRule rule, Duration quietFor, int observations, Duration waitFor, List<String> ignore) {

    /** What makes a file arrived, beside a declared size that is reached and one quiet time. */
    public enum ArrivalRule {
        /** It did not change over so many observations. */
        QUIET,
        /** Its producer writes under an ignored name and renames it when it is whole. */
        RENAMED,
        /** Its producer writes {@code NAME.done} beside it when it is whole. */
        DONE_FILE
    }
}
