package org.waybill.remote.sftp.file;

/** How it is known what a server has. */
public enum Proof {
    /** It was read back and hashed here. */
    READ_BACK,
    /** The server hashed it (check-file-handle). */
    SERVER_SHA256
}
