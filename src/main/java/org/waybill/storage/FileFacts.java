package org.waybill.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What a file looks like from outside, links not followed.
 *
 * @param modifiedNs time of last modification in ns since 1970; a producer can set it
 * @param changedNs time of last inode change in ns since 1970; a producer cannot set it
 */
public record FileFacts(Kind kind, long sizeBytes, long modifiedNs, long changedNs, long inode, long device) {

    /** What kind of thing a name stands for. */
    public enum Kind {
        FILE("file"),
        FOLDER("folder"),
        LINK("symbolic link"),
        OTHER("pipe, socket or device");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,ino,dev";
    private static final int TYPE_MASK = 0170000; // S_IFMT of stat(2)
    private static final int TYPE_FILE = 0100000; // S_IFREG
    private static final int TYPE_FOLDER = 0040000; // S_IFDIR
    private static final int TYPE_LINK = 0120000; // S_IFLNK

    /** @throws java.nio.file.NoSuchFileException if nothing has the name */
    public static FileFacts of(Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        return new FileFacts(
                kind(number(attributes, "mode")),
                number(attributes, "size"),
                nanoseconds(attributes, "lastModifiedTime"),
                nanoseconds(attributes, "ctime"),
                number(attributes, "ino"),
                number(attributes, "dev"));
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    /** Whether both names stand for one and the same file. */
    public boolean isSameInodeAs(FileFacts other) {
        return inode == other.inode && device == other.device;
    }

    /** Whether it is the same file and nobody wrote to it; being moved or linked does not count. */
    public boolean hasSameContentAs(FileFacts other) {
        return isSameInodeAs(other) && sizeBytes == other.sizeBytes && modifiedNs == other.modifiedNs;
    }

    private static Kind kind(long mode) {
        return switch ((int) mode & TYPE_MASK) {
            case TYPE_FILE -> Kind.FILE;
            case TYPE_FOLDER -> Kind.FOLDER;
            case TYPE_LINK -> Kind.LINK;
            default -> Kind.OTHER;
        };
    }

    private static long number(Map<String, Object> attributes, String name) {
        return ((Number) Objects.requireNonNull(attributes.get(name), name)).longValue();
    }

    private static long nanoseconds(Map<String, Object> attributes, String name) {
        return ((FileTime) Objects.requireNonNull(attributes.get(name), name)).to(TimeUnit.NANOSECONDS);
    }
}
