package org.waybill.route.check;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The permission bits of a file, as {@code chmod} takes them. They say what the owner meant; asking the kernel for access
 * instead would tell root that all is allowed.
 *
 * @param fromRoot whether root owns it, and this process is another user's: then it can only be read as one of its group, or by
 *     an access control list, whose mask stands where the group's bits do
 */
record Mode(int bits, boolean fromRoot) {

    private static final int PERMISSIONS = 07777;
    private static final int OWNER_READS = 0400;
    private static final int ANYBODY_WRITES = 0222;
    private static final int OTHERS_READ_OR_WRITE = 0066;
    private static final int GROUP_READS = 0040;
    private static final int OTHERS_ENTER = 0077;

    /** Follows symbolic links. The bits of a file that cannot be looked at are none, as nobody can use it. */
    static Mode of(Path file) {
        try {
            boolean rootOwns = (int) Files.getAttribute(file, "unix:uid") == 0;
            return new Mode(
                    (int) Files.getAttribute(file, "unix:mode") & PERMISSIONS,
                    rootOwns && new UnixSystem().getUid() != 0);
        } catch (IOException e) {
            return new Mode(0, false);
        }
    }

    boolean isReadable() {
        return (bits & OWNER_READS) != 0;
    }

    boolean isWritable() {
        return (bits & ANYBODY_WRITES) != 0;
    }

    /**
     * Whether others can read or write the file, or the group can. That the group can read it is no fault of a file that root hands
     * to this user, as systemd does with credentials and Kubernetes with secrets.
     */
    boolean isOpenToOthers() {
        return (bits & OTHERS_READ_OR_WRITE & (fromRoot ? ~GROUP_READS : ~0)) != 0;
    }

    /** Whether the group or others can do anything in the folder. */
    boolean letsOthersEnter() {
        return (bits & OTHERS_ENTER) != 0;
    }

    @Override
    public String toString() {
        return "mode %04o".formatted(bits);
    }
}
