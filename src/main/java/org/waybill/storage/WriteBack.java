package org.waybill.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;

/**
 * Has the bytes of a large file written to disk while more of them are made, so that the disk does not wait for the
 * processor, nor the other way round at the end. At most one force at a time; one that fails is final for the file.
 */
final class WriteBack {

    /** Between two forces. Each costs a commit of the file system's journal: too dear for less. */
    private static final long STRIDE_BYTES = 32L << 20;

    private static final ExecutorService THREADS = Forcing.newThreads("write-back-", 8);

    private final FileChannel channel;
    private final long strideBytes;
    private long sinceLast;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    WriteBack(FileChannel channel) {
        this(channel, STRIDE_BYTES);
    }

    WriteBack(FileChannel channel, long strideBytes) {
        this.channel = channel;
        this.strideBytes = strideBytes;
    }

    /** To be told of all that was written. */
    void written(int bytes) {
        sinceLast += bytes;
        if (sinceLast >= strideBytes && last.isDone() && !last.isCompletedExceptionally()) {
            sinceLast = 0;
            last = CompletableFuture.runAsync(this::force, THREADS);
        }
    }

    /** @throws IOException if some of the bytes may not be on disk */
    void finish() throws IOException {
        try {
            last.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
