package org.waybill.format.checksum.lane;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The bounded memory of the taps of a file: blocks that go from hand to hand and come back. Taken by one thread, given back by any. */
public final class Blocks {

    /** Eight segments of Crypt4GH: what is handed over costs less than a hundredth of what is done with it. */
    static final int BLOCK_BYTES = 1 << 19;

    private static final int COUNT = 16; // 8 MiB: each of three taps fills one, and as many lanes as there may be work

    private final List<Block> all = new ArrayList<>();
    private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(COUNT);

    /** A block that nobody uses; waits until there is one. */
    Block take() throws InterruptedIOException {
        Block block = free.poll();
        if (block == null && all.size() < COUNT) {
            block = new Block(free);
            all.add(block);
        }
        try {
            return block == null ? free.take() : block;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a file was hashed and written");
        }
    }

    /** Zeroes all that was written into the blocks, which must be back: it may be plaintext. */
    public void erase() {
        all.forEach(Block::erase);
    }

    /** A piece of a file on its way through the lanes. */
    static final class Block {

        private final byte[] bytes = new byte[BLOCK_BYTES];
        private final BlockingQueue<Block> home;
        private final AtomicInteger holders = new AtomicInteger();
        private int length;
        private int soiled;

        private Block(BlockingQueue<Block> home) {
            this.home = home;
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        /** Appends as much as there is room for, and answers how much that is. */
        int append(byte[] source, int from, int count) {
            int taken = Math.min(count, bytes.length - length);
            System.arraycopy(source, from, bytes, length, taken);
            length += taken;
            return taken;
        }

        boolean isFull() {
            return length == bytes.length;
        }

        /** To be said before it is handed over, by how many it will be given back. */
        void heldBy(int count) {
            holders.set(count);
        }

        /** Gives it back; the last one of its holders frees it. */
        void giveBack() {
            if (holders.decrementAndGet() <= 0) {
                soiled = Math.max(soiled, length);
                length = 0;
                home.add(this);
            }
        }

        private void erase() {
            Arrays.fill(bytes, 0, soiled, (byte) 0);
            soiled = 0;
        }
    }
}
