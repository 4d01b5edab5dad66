package org.waybill.stage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the next thing from a source while its user works on the present one. The source is asked on a thread of its own,
 * never twice at the same time, and no more once it has answered null. For one thread.
 */
public final class Ahead<T> implements Closeable {

    /** Answers one thing after another. */
    public interface Source<T> {

        /** Null: there are no more. */
        @Nullable
        T next() throws IOException;
    }

    private final Source<T> source;
    private final ExecutorService thread;
    private @Nullable Future<Optional<T>> coming;
    private boolean ended;

    /** @param name of the thread */
    public Ahead(String name, Source<T> source) {
        this.source = source;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * The next thing; null if there are no more.
     *
     * @throws IOException of the source, and so are all others
     */
    public @Nullable T next() throws IOException {
        if (ended) {
            return null;
        }
        Future<Optional<T>> asked = coming == null ? ask() : coming;
        ended = true;
        Optional<T> next = answer(asked);
        ended = next.isEmpty();
        coming = ended ? null : ask();
        return next.orElse(null);
    }

    private Future<Optional<T>> ask() {
        return thread.submit(() -> Optional.ofNullable(source.next()));
    }

    private Optional<T> answer(Future<Optional<T>> asked) throws IOException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while something was read");
        }
    }

    /** Waits until the source is not asked any more. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true; // what is asked uses what is closed after this
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
