package org.waybill.remote.sftp;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.waybill.remote.sftp.file.RemotePath;

/**
 * A file that a partner is to have.
 *
 * @param path on the server, absolute or from the login's folder; its folder must be there
 * @param token of this delivery, the same in each try: what an earlier one left is gone on with
 * @param replaces whether another file of that name gives way; else it is refused
 * @param mode permission bits such as 0640, if the server is to set them; before, nobody else may read what is there
 * @param modified the time that the file is to bear, if the server is to set it; in whole seconds
 * @param beforeNaming said when all is there, and proven, but the name; what it throws passes through, and the part stays
 */
public record Upload(
        String path,
        Content content,
        String token,
        boolean replaces,
        OptionalInt mode,
        Optional<Instant> modified,
        Runnable beforeNaming) {

    /** The mode of what is not whole. */
    static final int NOBODY_ELSE = 0600;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** @throws IllegalArgumentException if the path is none of a file, or the token cannot be in a file's name */
    public Upload {
        RemotePath.requireFile(path);
        requireToken(token);
        if (mode.isPresent() && (mode.getAsInt() & ~07777) != 0) {
            throw new IllegalArgumentException("a mode has permission bits only, such as 0640");
        }
    }

    /** That replaces nothing, with the mode and time that the server gives it. */
    public static Upload of(String path, Content content, String token) {
        return new Upload(path, content, token, false, OptionalInt.empty(), Optional.empty(), () -> {});
    }

    public Upload replacing() {
        return new Upload(path, content, token, true, mode, modified, beforeNaming);
    }

    public Upload withMode(int permissions) {
        return new Upload(path, content, token, replaces, OptionalInt.of(permissions), modified, beforeNaming);
    }

    public Upload modifiedAt(Instant time) {
        return new Upload(path, content, token, replaces, mode, Optional.of(time), beforeNaming);
    }

    public Upload asking(Runnable first) {
        return new Upload(path, content, token, replaces, mode, modified, first);
    }

    static void requireToken(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("a delivery's token has 1 to 64 letters, digits and hyphens");
        }
    }

    /** Where it is before it has its name: hidden, in the same folder. */
    String partPath() {
        return RemotePath.folder(path) + RemotePath.partName(RemotePath.name(path), token);
    }

    /** Whether the server is to set anything. */
    boolean describes() {
        return mode.isPresent() || modified.isPresent();
    }

    /** What it is to set: both times together, as alone, servers of version 3 leave the one of modification as it is. */
    Attributes description() {
        Attributes attributes = new Attributes();
        mode.ifPresent(attributes::perms);
        modified.map(FileTime::from)
                .ifPresent(time -> attributes.accessTime(time).modifyTime(time));
        return attributes;
    }
}
