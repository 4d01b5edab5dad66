package org.waybill.torture.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Holds one thread of a run until it is traced, so that its system calls are counted from there on. What the thread calls
 * while it waits is not among the calls that are counted.
 */
final class Gate {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PART_THREAD = "part-";

    private final Consumer<String> told;
    private final AtomicReference<@Nullable Who> held = new AtomicReference<>();

    /** Which thread is held, at the begin of what it does in a stage. */
    enum Who {
        /** The thread that runs the stage, from its begin on. */
        MAIN,
        /** The thread of a part, from its first use of the database on. */
        PART
    }

    /** @param told the number of the thread that waits */
    Gate(Consumer<String> told) {
        this.told = told;
    }

    /** Holds the next thread of that kind. */
    void hold(Who who) {
        held.set(who);
        if (who == Who.MAIN) {
            pass(Who.MAIN);
        }
    }

    /** A pool of connections at which the threads of parts are held. */
    DataSource before(DataSource pool) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                if (Thread.currentThread().getName().startsWith(PART_THREAD)) {
                    pass(Who.PART);
                }
                return super.getConnection();
            }
        };
    }

    private void pass(Who who) {
        if (held.compareAndSet(who, null)) {
            try {
                awaitTracer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void awaitTracer() throws IOException, InterruptedException {
        Path self = Files.readSymbolicLink(Path.of("/proc/thread-self"));
        try (RandomAccessFile status = new RandomAccessFile(
                Path.of("/proc").resolve(self).resolve("status").toFile(), "r")) {
            byte[] bytes = new byte[4096];
            told.accept(self.getFileName().toString());
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (isUntraced(status, bytes)) {
                if (System.nanoTime() > giveUp) {
                    throw new IOException("nobody traces thread " + self);
                }
                Thread.sleep(1);
            }
        }
    }

    private static boolean isUntraced(RandomAccessFile status, byte[] bytes) throws IOException {
        status.seek(0);
        int count = status.read(bytes);
        return new String(bytes, 0, count, StandardCharsets.US_ASCII).contains("TracerPid:\t0\n");
    }
}
