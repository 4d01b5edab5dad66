package org.waybill.remote.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.waybill.remote.sftp.file.Remote;
import org.waybill.remote.sftp.file.RemoteFile;
import org.waybill.remote.sftp.file.RemoteFolders;
import org.waybill.remote.sftp.file.RemoteHash;
import org.waybill.remote.sftp.file.RemoteInputStream;
import org.waybill.remote.sftp.file.RemotePath;
import org.waybill.remote.sftp.identity.KnownHosts;
import org.waybill.remote.sftp.identity.SftpAddress;
import org.waybill.remote.sftp.identity.SftpLogin;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.session.ReadAhead;
import org.waybill.remote.sftp.session.SftpConnection;
import org.waybill.remote.sftp.session.SftpLimits;

/**
 * A partner's SFTP server. Connects when it is first asked something, and again after the connection broke. Safe for several
 * threads; more than its limits allow wait for each other.
 *
 * <p>Nothing is tried twice. Every method throws
 * <ul>
 *   <li>{@link SftpRefusedException} for what a person has to mend; trying again does not help;
 *   <li>{@link org.waybill.remote.sftp.session.SftpBrokenException} for what may go better the next time;
 *   <li>{@link org.waybill.remote.sftp.session.SftpStoppedException} if it was asked to stop, was interrupted or closed;
 *   <li>{@link ContentFaultException} ({@code put} alone) if what was to be sent is not what it was said to be.
 * </ul>
 * All are IOExceptions, name the host and port but no remote file; the first two have the path beside.
 */
public final class SftpPartner implements AutoCloseable {

    private final SftpConnection connection;

    /** Connects to nothing yet. */
    public SftpPartner(SftpAddress address, SftpLogin login, KnownHosts knownHosts, SftpLimits limits) {
        this.connection = new SftpConnection(address, login, knownHosts, limits);
    }

    /**
     * What a server can do.
     *
     * @param version what it calls itself, such as {@code SSH-2.0-OpenSSH_9.2p1}
     * @param canReplace whether a file can be replaced in one step (posix-rename@openssh.com)
     * @param canForce whether files can be forced to its disk (fsync@openssh.com)
     * @param canHash whether it hashes files itself (check-file-handle); else they are read back
     */
    public record Abilities(String version, boolean canReplace, boolean canForce, boolean canHash) {}

    /** Connects, logs in and asks; changes nothing. */
    public Abilities abilities() throws IOException {
        return connection.use(
                null,
                channel -> new Abilities(
                        connection.serverVersion(),
                        Remote.extension(channel, OpenSSHPosixRenameExtension.class) != null,
                        Remote.extension(channel, OpenSSHFsyncExtension.class) != null,
                        RemoteHash.isOffered(channel)));
    }

    /** What a path leads to; nothing if there is none. */
    public Optional<RemoteFile> stat(String path) throws IOException {
        return connection.use(path, channel -> Optional.ofNullable(Remote.stat(channel, path))
                .map(said -> RemoteFile.of(RemotePath.name(path), said)));
    }

    /** All in a folder, hidden ones too, in no order; links are {@code OTHER}. */
    public List<RemoteFile> list(String folder) throws IOException {
        return connection.use(folder, channel -> {
            List<RemoteFile> files = new ArrayList<>();
            for (DirEntry entry : channel.readDir(folder)) {
                if (!entry.getFilename().equals(".") && !entry.getFilename().equals("..")) {
                    files.add(RemoteFile.of(entry.getFilename(), entry.getAttributes()));
                }
            }
            return files;
        });
    }

    /**
     * Makes a folder and those above it that are missing. Those that are there stay as they are.
     *
     * @param mode of new ones; permission bits such as 0750
     */
    public void makeFolders(String folder, int mode) throws IOException {
        RemotePath.requireFile(folder);
        connection.use(folder, channel -> {
            RemoteFolders.make(channel, connection.address(), folder, mode);
            return folder;
        });
    }

    /**
     * Puts a file under its name, whole, or not at all. May be called again after any failure, also in another process: an upload
     * with the same path, token and content goes on where the earlier one ended, and one that was done already does nothing.
     *
     * @throws SftpRefusedException with {@code EXISTS} if something else has the name and is not to be replaced
     */
    public Delivered put(Upload upload) throws IOException {
        return connection.use(upload.path(), channel -> new Sending(connection.address(), channel, upload).send());
    }

    /**
     * Puts those of the files together that are small and find nothing in their way, in far fewer waits than one by one. What they
     * say before they get their names is said once where it is the same for several.
     *
     * @return what was delivered; all others are to be put by themselves, which goes on with them and tells what is wrong
     */
    public Map<Upload, Delivered> putTogether(List<Upload> uploads) throws IOException {
        try (SendingTogether sending = new SendingTogether(uploads)) {
            return connection.use(null, sending::send);
        }
    }

    /**
     * Reads a range; less only where the file ends before it.
     *
     * @param offset in bytes
     */
    public byte[] read(String path, long offset, int length) throws IOException {
        return connection.use(path, channel -> {
            try (CloseableHandle handle = channel.open(path, OpenMode.Read)) {
                return new ReadAhead(channel, handle, offset, length).readNBytes(length);
            }
        });
    }

    /**
     * Reads from an offset to where the file ends now. Asks ahead. The stream counts as a transfer until it is closed, and is
     * for one thread at a time. After a failure, open another one at the place that was reached.
     */
    public InputStream read(String path, long offset) throws IOException {
        return RemoteInputStream.open(connection, path, offset);
    }

    /** What came of a removal. */
    public enum Removal {
        REMOVED,
        NOT_THERE,
        /** It has other content than was said, and stays. */
        OTHER_CONTENT
    }

    /**
     * Removes a file if its content is still that one. Between looking and removing, its people may put another there.
     *
     * @param sha256 in lower-case hex
     */
    public Removal remove(String path, String sha256) throws IOException {
        return connection.use(path, channel -> {
            Attributes said = Remote.lstat(channel, path);
            if (said == null) {
                return Removal.NOT_THERE;
            }
            if (!said.isRegularFile()
                    || !RemoteHash.of(channel, path, said.getSize()).sha256().equals(sha256)) {
                return Removal.OTHER_CONTENT;
            }
            Remote.removeIfThere(channel, path);
            return Removal.REMOVED;
        });
    }

    /** Removes what uploads with this token left in a folder; says how many. A folder that is not there has none. */
    public int removeParts(String folder, String token) throws IOException {
        Upload.requireToken(token);
        return connection.use(folder, channel -> RemoteFolders.removeParts(channel, folder, token));
    }

    /** At once, also while other threads transfer: they end with an exception. */
    @Override
    public void close() {
        connection.close();
    }
}
