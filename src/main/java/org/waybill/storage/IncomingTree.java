package org.waybill.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks an incoming folder: every file below it, one after the other, without following links and in memory that does not
 * grow with the number of files. Waybill's own hidden folder is passed over. For one thread.
 */
public final class IncomingTree implements AutoCloseable {

    private static final char UNDECODABLE = '\uFFFD'; // what the JDK puts in the place of bytes that are not UTF-8

    private record Level(DirectoryStream<Path> stream, Iterator<Path> entries) {}

    private final Path root;
    private final Predicate<String> ignored;
    private final Deque<Level> levels = new ArrayDeque<>();
    private boolean begun;

    /** @param ignored names, of files or folders, that are passed over */
    public IncomingTree(Path root, Predicate<String> ignored) {
        this.root = root;
        this.ignored = ignored;
    }

    /**
     * Something that lies in the folder.
     *
     * @param path below the incoming folder, segments divided by {@code /}; percent-encoded if it is not UTF-8, since two
     *     such names can look the same
     * @param facts null if they cannot be had
     * @param fault why it can never arrive; null for a regular file
     */
    public record Entry(
            String path,
            @Nullable FileFacts facts,
            @Nullable String fault) {}

    /**
     * The next entry; null after the last one. What vanishes during the walk is passed over.
     *
     * @throws IOException if the incoming folder itself cannot be read
     */
    public @Nullable Entry next() throws IOException {
        if (!begun) {
            begun = true;
            enter(root);
        }
        while (!levels.isEmpty()) {
            Path path = nextOf(levels.peek());
            if (path == null) {
                levels.pop().stream().close();
            } else if (!isPassedOver(path)) {
                Entry entry = entry(path);
                if (entry != null) {
                    return entry;
                }
            }
        }
        return null;
    }

    private static @Nullable Path nextOf(Level level) throws IOException {
        try {
            return level.entries().hasNext() ? level.entries().next() : null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private boolean isPassedOver(Path path) {
        String name = path.getFileName().toString();
        return ignored.test(name) || name.equals(WorkingFolders.HIDDEN) && root.equals(path.getParent());
    }

    private @Nullable Entry entry(Path path) {
        String decoded = root.relativize(path).toString();
        boolean isUtf8 = decoded.indexOf(UNDECODABLE) < 0;
        String relative = isUtf8 ? decoded : percentEncoded(path);
        try {
            FileFacts facts = FileFacts.of(path);
            if (facts.kind() == FileFacts.Kind.FOLDER) {
                enter(path);
                return null;
            }
            if (!isUtf8) {
                return new Entry(relative, facts, "its name is not UTF-8");
            }
            return new Entry(relative, facts, facts.isFile() ? null : "it is a " + facts.kind());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return new Entry(relative, null, "it cannot be read");
        }
    }

    private String percentEncoded(Path path) {
        return path.toUri().getRawPath().substring(root.toUri().getRawPath().length());
    }

    private void enter(Path folder) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
        levels.push(new Level(stream, stream.iterator()));
    }

    @Override
    public void close() throws IOException {
        while (!levels.isEmpty()) {
            levels.pop().stream().close();
        }
    }
}
