package org.waybill.remote.sftp;

import org.waybill.remote.sftp.file.Proof;

/**
 * A file that stands under its name on a partner's server, with the content that was to be sent.
 *
 * @param sizeBytes as the server says, and as it should be
 * @param sha256 in hex, of what was sent and of what the server has
 * @param proof how the latter is known
 * @param isForced whether the server forced it to its disk (fsync@openssh.com) before it got its name, in this call
 * @param sentBytes of the content, in this call
 */
public record Delivered(Outcome outcome, long sizeBytes, String sha256, Proof proof, boolean isForced, long sentBytes) {

    /** What was done. */
    public enum Outcome {
        SENT,
        /** A part of it was there from an earlier try. */
        RESUMED,
        /** All of it was there under its name; nothing was written. */
        ALREADY_THERE
    }
}
