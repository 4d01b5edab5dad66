package org.waybill.storage;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes a large file past the kernel's page cache, on another thread than the one that makes the bytes. What is archived
 * is not read again soon, and for two files at once the cache costs more of the processors than a digest. For one thread at
 * a time.
 *
 * <p>Whole pieces go through a channel for direct access, which takes whole blocks at their borders only; the rest of the
 * file goes through an ordinary one.
 */
final class DirectStream extends OutputStream {

    /** Each write of a file that grows is a transaction of the file system: too dear for less. */
    static final int PIECE_BYTES = 4 << 20;

    /** One is filled, the others wait for the disk: also while it flushes what the database or another file has forced. */
    private static final int PIECES = 6;

    private static final DirectPieces SPARE = new DirectPieces(PIECE_BYTES);

    private static final ExecutorService THREADS = Forcing.newThreads("direct-", 8);

    private final FileChannel direct;
    private final FileChannel ordinary;
    private final BlockingQueue<ByteBuffer> free = new LinkedBlockingQueue<>();
    private final byte[] single = new byte[1];
    private @Nullable ByteBuffer filling;
    private long position; // in the file, of the piece that is being filled
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private boolean complete;
    private volatile @Nullable Throwable fault; // the first; nothing is written after it

    /** @param direct closed with this */
    DirectStream(FileChannel direct, FileChannel ordinary) {
        this.direct = direct;
        this.ordinary = ordinary;
        for (int i = 0; i < PIECES; i++) {
            free.add(SPARE.take());
        }
    }

    /**
     * @param file empty
     * @param ordinary open for writing on it
     * @return nothing on file systems that have no direct access
     */
    static Optional<DirectStream> on(Path file, FileChannel ordinary) {
        try {
            FileChannel direct = FileChannel.open(
                    file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS, ExtendedOpenOption.DIRECT);
            return Optional.of(new DirectStream(direct, ordinary));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    /** @throws IOException also if what was written before did not reach the disk */
    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        for (int done = 0; done < count; ) {
            ByteBuffer piece = filling();
            int taken = Math.min(count - done, piece.remaining());
            piece.put(bytes, from + done, taken);
            done += taken;
            if (!piece.hasRemaining()) {
                throwFault();
                handOver(piece);
            }
        }
    }

    private void handOver(ByteBuffer piece) {
        filling = null;
        long at = position;
        position += piece.flip().remaining();
        writing = writing.thenRunAsync(() -> write(piece, at), THREADS);
    }

    /** The piece that is being filled; waits for one if all are on their way to the disk. */
    private ByteBuffer filling() throws IOException {
        if (complete) {
            throw new IOException("the file is complete");
        }
        if (filling == null) {
            try {
                filling = free.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while a file was written");
            }
        }
        return filling;
    }

    private void write(ByteBuffer piece, long at) {
        try {
            if (fault == null) {
                int inBlocks = piece.limit() - piece.limit() % DirectPieces.BLOCK_BYTES;
                put(direct, piece.duplicate().limit(inBlocks), at);
                put(ordinary, piece.duplicate().position(inBlocks), at + inBlocks);
            }
        } catch (Throwable e) {
            fault = e; // thrown again by the thread that makes the bytes
        } finally {
            free.add(piece.clear());
        }
    }

    private static void put(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        for (long start = at - bytes.position(); bytes.hasRemaining(); ) {
            channel.write(bytes, start + bytes.position());
        }
    }

    /**
     * Waits until everything is written, after which nothing can be. It may not be on disk before the ordinary channel is
     * forced.
     *
     * @throws IOException if some of it could not be written
     */
    void finish() throws IOException {
        throwFault();
        if (filling != null) {
            handOver(filling);
        }
        close();
        throwFault();
    }

    private void throwFault() throws IOException {
        Throwable found = fault;
        if (found instanceof Error error) {
            throw error;
        }
        if (found != null) {
            throw found instanceof IOException io ? io : new IOException(found);
        }
    }

    /** Waits until nothing is being written any more. */
    @Override
    public void close() throws IOException {
        complete = true;
        writing.join();
        free.forEach(SPARE::giveBack);
        free.clear();
        if (filling != null) {
            SPARE.giveBack(filling);
            filling = null;
        }
        direct.close();
    }
}
