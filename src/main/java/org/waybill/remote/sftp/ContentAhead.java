package org.waybill.remote.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A content that is read ahead by a thread of its own: what is sent next is decrypted while what was read before is encrypted
 * for the line. For one reader; its buffers are zeroed when it is closed.
 */
final class ContentAhead extends InputStream {

    private static final int BLOCK_BYTES = 1 << 18;
    private static final int BLOCKS = 4;

    /** Some bytes; none at the end, or where the reading failed. */
    private static final class Block {
        private final byte[] bytes = new byte[BLOCK_BYTES];
        private int length;
        private @Nullable Throwable fault;
    }

    private final InputStream content;
    private final List<Block> all = new ArrayList<>();
    private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread thread = new Thread(this::readAll, "content");
    private volatile boolean closed;
    private @Nullable Block current;
    private int at;

    /** Begins at once. Closes the content when it is closed itself. */
    ContentAhead(InputStream content) {
        this.content = content;
        for (int i = 0; i < BLOCKS; i++) {
            all.add(new Block());
        }
        free.addAll(all);
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll() {
        boolean ended = false;
        while (!ended && !closed) {
            try {
                Block block = free.take();
                ended = closed || fill(block);
                full.put(block);
            } catch (InterruptedException e) {
                return; // nobody interrupts it
            }
        }
    }

    /** @return whether it is the last */
    private boolean fill(Block block) {
        block.length = 0;
        try {
            block.length = content.readNBytes(block.bytes, 0, BLOCK_BYTES);
        } catch (Throwable e) { // thrown again by who reads
            block.fault = e;
        }
        return block.length < BLOCK_BYTES;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        Block block = current;
        while (block == null || at == block.length) {
            if (block != null && block.length < BLOCK_BYTES) {
                throwFault(block);
                return -1;
            }
            if (block != null) {
                free.add(block);
            }
            block = next();
            current = block;
            at = 0;
        }
        int count = Math.min(length, block.length - at);
        System.arraycopy(block.bytes, at, into, offset, count);
        at += count;
        return count;
    }

    /** The content is at hand, and whoever sends it hears of an interruption before it sends. */
    private Block next() {
        return uninterrupted(full::take);
    }

    private interface Wait<T> {
        T done() throws InterruptedException;
    }

    private static <T> T uninterrupted(Wait<T> wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.done();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void throwFault(Block block) throws IOException {
        if (block.fault instanceof IOException io) {
            throw io;
        }
        if (block.fault instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (block.fault instanceof Error error) {
            throw error;
        }
    }

    /** Waits for what is being read. */
    @Override
    public void close() throws IOException {
        closed = true;
        full.clear();
        free.offer(new Block()); // it may be waiting for one
        uninterrupted(() -> {
            thread.join();
            return thread;
        });
        all.forEach(block -> Arrays.fill(block.bytes, (byte) 0));
        content.close();
    }
}
