package org.waybill.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;

/** Folders whose entries survive a crash. */
public final class Directories {

    private Directories() {}

    /** The folder in which a name lies. */
    public static Path of(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root lies in no folder");
    }

    /** Forces the entries of a folder to disk: names that were linked, moved or removed in it. */
    public static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Forces the bytes of a file to disk that somebody else wrote. After a failure it must be made anew. */
    public static void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Makes a folder and those above it that are missing, and forces each of their entries.
     *
     * @param attributes of the folders that are made
     * @throws FileAlreadyExistsException if something else than a folder has the name
     */
    public static void createDurably(Path folder, FileAttribute<?>... attributes) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            if (!Files.isDirectory(parent)) {
                createDurably(parent, attributes);
            }
            try {
                Files.createDirectory(folder, attributes);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
            force(parent);
        }
    }
}
