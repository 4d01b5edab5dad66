package org.waybill.run.failure;

import java.time.Instant;

/**
 * An access log that was lost before its end was known, while receipts of that time are still waited for.
 *
 * @param log its name in the route
 * @param fileName of its file when it was seen last
 * @param from time of the last request that was read in it, or when it was seen first
 * @param to when its loss was noticed
 * @param why what was found
 * @param runId the run that noticed
 */
public record OpenGap(String route, String log, String fileName, Instant from, Instant to, String why, long runId) {

    /** What it means. */
    public String cause() {
        return "requests of that time may be missing, and receipts with them";
    }

    /** What to do. */
    public String cure() {
        return "if its file still exists somewhere, put it back among the logs, and the next run reads on in it; if it is"
                + " gone for good, ask the recipients of what has no receipt; then acknowledge it";
    }
}
