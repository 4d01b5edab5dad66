package org.waybill.route.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The permission bits of a file, as {@code chmod} takes them. They say what the owner meant; asking the kernel for access
 * instead would tell root that all is allowed.
 */
record Mode(int bits) {

    private static final int PERMISSIONS = 07777;
    private static final int OWNER_READS = 0400;
    private static final int ANYBODY_WRITES = 0222;
    private static final int OTHERS_READ_OR_WRITE = 0066;
    private static final int OTHERS_ENTER = 0077;

    /** Follows symbolic links. The bits of a file that cannot be looked at are none, as nobody can use it. */
    static Mode of(Path file) {
        try {
            return new Mode((int) Files.getAttribute(file, "unix:mode") & PERMISSIONS);
        } catch (IOException e) {
            return new Mode(0);
        }
    }

    boolean isReadable() {
        return (bits & OWNER_READS) != 0;
    }

    boolean isWritable() {
        return (bits & ANYBODY_WRITES) != 0;
    }

    /** Whether the group or others can read or write the file. */
    boolean isOpenToOthers() {
        return (bits & OTHERS_READ_OR_WRITE) != 0;
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
