package org.waybill.ledger.postgres.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which processes use the server, by locks on files that the kernel takes back from the dead. The server itself does not
 * inherit them. Locks count per process, so a process may have one of these per folder.
 */
final class SharedUse implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path folder;
    private final FileChannel users;
    private @Nullable FileLock share;

    SharedUse(Path folder) throws IOException {
        this.folder = folder;
        this.users = open(folder.resolve(".users"));
    }

    /** The right to start or stop the server, which one process at a time has; empty if others keep it that long. */
    Optional<Turn> awaitTurn(Duration patience) throws IOException {
        FileChannel channel = open(folder.resolve(".start"));
        long deadline = System.nanoTime() + patience.toNanos();
        for (FileLock lock = channel.tryLock(); ; lock = channel.tryLock()) {
            if (lock != null) {
                return Optional.of(new Turn(channel));
            }
            if (System.nanoTime() >= deadline) {
                channel.close();
                return Optional.empty();
            }
            pause(PAUSE);
        }
    }

    /** Ends with {@link #close()}, or with the process. */
    record Turn(FileChannel locked) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            locked.close();
        }
    }

    /** Becomes one of the users. Needs the turn. */
    void join() throws IOException {
        share = users.lock(0, Long.MAX_VALUE, true);
    }

    /** Is no longer one of the users; whether it was the last. Needs the turn. */
    boolean leave() throws IOException {
        if (share != null) {
            share.release();
        }
        return users.tryLock() != null;
    }

    @Override
    public void close() throws IOException {
        users.close();
    }

    static void pause(Duration duration) throws InterruptedIOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the embedded PostgreSQL");
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
