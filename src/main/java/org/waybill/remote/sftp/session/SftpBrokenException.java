package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something between here and the partner's disk failed; trying again may help. No remote name stands in the message. */
public final class SftpBrokenException extends IOException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String remotePath;

    public SftpBrokenException(String message, @Nullable String remotePath, @Nullable Throwable cause) {
        super(message, cause);
        this.remotePath = remotePath;
    }

    /** The file or folder on the server; it can hold identifiers of persons, so it is not for log files. */
    public Optional<String> remotePath() {
        return Optional.ofNullable(remotePath);
    }
}
