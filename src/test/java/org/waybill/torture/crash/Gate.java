package org.waybill.torture.crash;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
import org.waybill.torture.crash.CrashPoint.Place;

/**
 * Holds one thread of a run until it is traced, so that its system calls are counted from there on. What the thread calls
 * while it waits is not among the calls that are counted.
 */
final class Gate {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PART_THREAD = "part-";

    private final Consumer<String> told;
    private final AtomicReference<@Nullable Place> held = new AtomicReference<>();

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
    void hold(Place place) {
        held.set(place);
        pass(Who.MAIN);
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
        Place place = held.get();
        if (place != null && place.who() == who && held.compareAndSet(place, null)) {
            try {
                awaitTracer(place.alone());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void awaitTracer(boolean alone) throws IOException, InterruptedException {
        Path self = Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")));
        try (RandomAccessFile status = status(self)) {
            told.accept(self.getFileName().toString());
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (isUntraced(status) || (!alone && isAnyUntraced(self.getParent()))) {
                if (System.nanoTime() > giveUp) {
                    throw new IOException("nobody traces thread " + self);
                }
                Thread.sleep(1);
            }
        }
    }

    private static boolean isAnyUntraced(Path threads) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                try (RandomAccessFile status = status(thread)) {
                    if (isUntraced(status)) {
                        return true;
                    }
                } catch (FileNotFoundException e) {
                    // it has ended
                }
            }
            return false;
        }
    }

    private static RandomAccessFile status(Path thread) throws FileNotFoundException {
        return new RandomAccessFile(thread.resolve("status").toFile(), "r");
    }

    /** Opens nothing: what is called from here on may be counted. */
    private static boolean isUntraced(RandomAccessFile status) throws IOException {
        byte[] bytes = new byte[4096];
        status.seek(0);
        int count = status.read(bytes);
        return new String(bytes, 0, Math.max(0, count), StandardCharsets.US_ASCII).contains("TracerPid:\t0\n");
    }
}
