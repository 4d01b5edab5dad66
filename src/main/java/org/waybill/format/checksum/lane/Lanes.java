package org.waybill.format.checksum.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for the lanes of many files, one for each processor: on them files are hashed and written. */
public final class Lanes implements AutoCloseable {

    /** A smaller file is done before another thread would have begun with it. */
    private static final long WORTH_SHARING_BYTES = 1 << 20;

    private static final long PATIENCE_SECONDS = 30; // with the writing of a block

    private final ExecutorService threads;

    public Lanes() {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), work -> {
            Thread thread = new Thread(work, "lane-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Where the lanes of a file run: a small one's on the thread that reads it. */
    public Executor of(long sizeBytes) {
        return sizeBytes < WORTH_SHARING_BYTES ? Runnable::run : threads;
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
