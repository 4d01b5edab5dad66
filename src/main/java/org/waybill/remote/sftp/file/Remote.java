package org.waybill.remote.sftp.file;

import java.io.IOException;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.extensions.SftpClientExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;
import org.waybill.remote.sftp.session.SftpChannel;

/** Questions to a server that may have the answer no. */
public final class Remote {

    private Remote() {}

    /** Null if it is not there; of a link itself. */
    public static @Nullable Attributes lstat(SftpChannel channel, String path) throws IOException {
        try {
            return channel.lstat(path);
        } catch (SftpException e) {
            return nullIfNotThere(e);
        }
    }

    /** Null if it is not there; of what a link leads to. */
    public static @Nullable Attributes stat(SftpChannel channel, String path) throws IOException {
        try {
            return channel.stat(path);
        } catch (SftpException e) {
            return nullIfNotThere(e);
        }
    }

    public static void removeIfThere(SftpChannel channel, String path) throws IOException {
        try {
            channel.remove(path);
        } catch (SftpException e) {
            nullIfNotThere(e);
        }
    }

    /** Null if the server does not offer it. */
    public static <E extends SftpClientExtension> @Nullable E extension(SftpChannel channel, Class<E> type) {
        E extension = channel.getExtension(type);
        return extension != null && extension.isSupported() ? extension : null;
    }

    private static @Nullable Attributes nullIfNotThere(SftpException e) throws SftpException {
        if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE || e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH) {
            return null;
        }
        throw e;
    }
}
