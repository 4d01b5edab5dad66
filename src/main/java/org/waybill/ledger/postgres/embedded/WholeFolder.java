package org.waybill.ledger.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is there whole or not at all: it is filled under another name, forced to disk and then renamed. One
 * process at a time may make it.
 */
final class WholeFolder {

    private static final String UNFINISHED = ".unfinished-";

    private WholeFolder() {}

    /** Puts the content into an empty folder. */
    @FunctionalInterface
    interface Filling {
        void fill(Path unfinished) throws IOException;
    }

    /** Makes the folder if it is not there, mode 0700. Leftovers of earlier, killed attempts are removed. */
    static void make(Path parent, String name, Filling filling) throws IOException {
        Path folder = parent.resolve(name);
        if (Files.isDirectory(folder)) {
            return;
        }
        removeLeftovers(parent, prefix(name));
        Path unfinished = Files.createTempDirectory(
                parent,
                prefix(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            filling.fill(unfinished);
            forceAll(unfinished);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            force(parent);
        } catch (IOException | RuntimeException e) {
            removeIfPossible(unfinished);
            throw e;
        }
    }

    private static String prefix(String name) {
        return UNFINISHED + name + "-";
    }

    private static void removeLeftovers(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(parent, prefix + "*")) {
            leftovers.forEach(WholeFolder::removeIfPossible);
        }
    }

    /** A child of the killed process may still write there; then the next attempt removes it. */
    private static void removeIfPossible(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path left, @Nullable IOException e) throws IOException {
                    Files.delete(left);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // It is under a name that nobody takes for the folder.
        }
    }

    private static void forceAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    force(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException e) throws IOException {
                force(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
