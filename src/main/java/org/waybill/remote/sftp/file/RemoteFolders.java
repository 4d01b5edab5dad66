package org.waybill.remote.sftp.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.common.SftpException;
import org.waybill.remote.sftp.identity.SftpAddress;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;
import org.waybill.remote.sftp.session.SftpChannel;

/** Makes folders on a server, and clears them of our leftovers. */
public final class RemoteFolders {

    private RemoteFolders() {}

    public static void make(SftpChannel channel, SftpAddress address, String folder, int mode) throws IOException {
        if (isFolder(channel, address, folder)) {
            return;
        }
        for (int slash = folder.indexOf('/', 1); slash > 0; slash = folder.indexOf('/', slash + 1)) {
            makeOne(channel, address, folder.substring(0, slash), mode);
        }
        makeOne(channel, address, folder, mode);
    }

    private static void makeOne(SftpChannel channel, SftpAddress address, String folder, int mode) throws IOException {
        if (isFolder(channel, address, folder)) {
            return;
        }
        try {
            channel.mkdir(folder);
        } catch (SftpException e) {
            if (isFolder(channel, address, folder)) {
                return; // another was faster
            }
            throw e;
        }
        channel.setStat(folder, new Attributes().perms(mode));
    }

    private static boolean isFolder(SftpChannel channel, SftpAddress address, String path) throws IOException {
        Attributes said = Remote.stat(channel, path);
        if (said != null && !said.isDirectory()) {
            throw new SftpRefusedException(
                    Reason.EXISTS,
                    address + ": a file has the name that the folder should get: have it removed",
                    path,
                    null);
        }
        return said != null;
    }

    public static int removeParts(SftpChannel channel, String folder, String token) throws IOException {
        if (Remote.stat(channel, folder) == null) {
            return 0;
        }
        List<String> parts = new ArrayList<>();
        for (DirEntry entry : channel.readDir(folder)) {
            if (RemotePath.isPartOf(entry.getFilename(), token)
                    && entry.getAttributes().isRegularFile()) {
                parts.add(entry.getFilename());
            }
        }
        for (String part : parts) {
            Remote.removeIfThere(channel, folder.endsWith("/") ? folder + part : folder + "/" + part);
        }
        return parts.size();
    }
}
