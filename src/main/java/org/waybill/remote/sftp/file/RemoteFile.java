package org.waybill.remote.sftp.file;

import java.time.Instant;
import org.apache.sshd.sftp.client.SftpClient.Attributes;

/**
 * What a server says of a file or folder.
 *
 * @param name without its folder
 * @param modified the epoch if the server does not say
 * @param mode permission bits; 0 if the server does not say
 */
public record RemoteFile(String name, Kind kind, long sizeBytes, Instant modified, int mode) {

    /** What it is. */
    public enum Kind {
        FILE,
        FOLDER,
        OTHER
    }

    public static RemoteFile of(String name, Attributes said) {
        Kind kind = said.isRegularFile() ? Kind.FILE : said.isDirectory() ? Kind.FOLDER : Kind.OTHER;
        Instant modified = said.getModifyTime() == null
                ? Instant.EPOCH
                : said.getModifyTime().toInstant();
        return new RemoteFile(name, kind, said.getSize(), modified, said.getPermissions() & 07777);
    }
}
