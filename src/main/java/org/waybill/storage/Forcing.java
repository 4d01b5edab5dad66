package org.waybill.storage;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait for the disk. File systems commit what several of them ask for at once together. */
public final class Forcing {

    private static final int AT_ONCE = 16;
    private static final long IDLE_SECONDS = 10;
    private static final ExecutorService THREADS = newThreads("force-", AT_ONCE);

    private Forcing() {}

    /**
     * Begins to force a file to disk.
     *
     * @return whether its bytes are on disk, as soon as that is known; if they may not be, the file was thrown away
     */
    public static CompletableFuture<Boolean> begin(UnpublishedFile file) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        file.force();
                        return true;
                    } catch (IOException e) {
                        return false; // why, is told when it is made anew and that fails too
                    }
                },
                THREADS);
    }

    static ExecutorService newThreads(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
