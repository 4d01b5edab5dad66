package org.waybill.remote.sftp.identity;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trying again will not help before a person has done what the message says. No remote name stands in the message. */
public final class SftpRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What has to be mended. */
    public enum Reason {
        /** The server did not prove to be the one in known_hosts. */
        HOST_KEY,
        /** Our private key cannot be used: no such format, locked, wrong passphrase. */
        PRIVATE_KEY,
        /** The server does not let this user in with this key. */
        LOGIN,
        /** The server lets the user in, but not do this. */
        PERMISSION,
        /** A folder, or what should be read, is not there. */
        NOT_THERE,
        /** Something else has the name. */
        EXISTS,
        /** The server does not take more bytes: no space, a quota, a limit of the size of files. */
        NO_SPACE,
        /** The server does not know how to do what is needed. */
        NOT_SUPPORTED
    }

    private final Reason reason;
    private final @Nullable String remotePath;

    public SftpRefusedException(Reason reason, String message) {
        this(reason, message, null, null);
    }

    public SftpRefusedException(Reason reason, String message, @Nullable String remotePath, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.remotePath = remotePath;
    }

    public Reason reason() {
        return reason;
    }

    /** The file or folder on the server; it can hold identifiers of persons, so it is not for log files. */
    public Optional<String> remotePath() {
        return Optional.ofNullable(remotePath);
    }
}
