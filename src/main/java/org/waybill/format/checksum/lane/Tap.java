package org.waybill.format.checksum.lane;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.Digests;

/**
 * Bytes that flow past one point of their way: counted, and on lanes of their own hashed, by each algorithm for itself, and
 * written. Each lane takes the blocks in their order; the lanes and the thread that writes here go on beside each other.
 *
 * <p>To be closed when all is over, however it ends: until then lanes may work.
 */
public final class Tap extends OutputStream {

    private final Blocks blocks;
    private final Executor threads;
    private final List<Digests> digests = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final byte[] single = new byte[1];
    private Blocks.@Nullable Block filling;
    private long count;
    private volatile @Nullable Throwable fault; // the first of any lane; nothing is taken after it

    private Tap(Blocks blocks, Executor threads, Set<ChecksumAlgorithm> algorithms) {
        this.blocks = blocks;
        this.threads = threads;
        for (ChecksumAlgorithm algorithm : algorithms) {
            Digests one = new Digests(EnumSet.of(algorithm));
            digests.add(one);
            lanes.add(new Lane(one::update));
        }
    }

    /** A tap that hashes. */
    public static Tap on(Blocks blocks, Executor threads, Set<ChecksumAlgorithm> algorithms) {
        return new Tap(blocks, threads, algorithms);
    }

    /** A tap that hashes what it hands on to {@code sink}. */
    public static Tap before(OutputStream sink, Blocks blocks, Executor threads, Set<ChecksumAlgorithm> algorithms) {
        Tap tap = new Tap(blocks, threads, algorithms);
        tap.lanes.add(tap.new Lane(sink::write));
        return tap;
    }

    /** How many bytes were written here. */
    public long count() {
        return count;
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    /** @throws IOException also if a lane could not take what was written before */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        count += length;
        if (lanes.isEmpty()) {
            return;
        }
        throwFault();
        for (int done = 0; done < length; ) {
            Blocks.Block block = filling == null ? blocks.take() : filling;
            filling = block;
            done += block.append(bytes, from + done, length - done);
            if (block.isFull()) {
                handOver(block);
            }
        }
    }

    /**
     * Waits until the lanes have taken everything.
     *
     * @return the checksums of all that was written
     * @throws IOException if a lane could not take it
     */
    public List<Checksum> finish() throws IOException {
        if (filling != null) {
            handOver(filling);
        }
        lanes.forEach(Lane::await);
        throwFault();
        return digests.stream().flatMap(one -> one.finish().stream()).toList();
    }

    /** Takes nothing any more, and waits until no lane works. */
    @Override
    public void close() {
        if (filling != null) {
            filling.heldBy(1);
            filling.giveBack();
            filling = null;
        }
        lanes.forEach(Lane::await);
    }

    private void handOver(Blocks.Block block) {
        filling = null;
        block.heldBy(lanes.size());
        lanes.forEach(lane -> lane.add(block));
    }

    private void throwFault() throws IOException {
        Throwable found = fault;
        if (found instanceof IOException io) {
            throw io;
        }
        if (found instanceof Error error) {
            throw error;
        }
        if (found != null) {
            throw new IllegalStateException("a lane failed", found);
        }
    }

    /** Takes the bytes of a block. */
    private interface Taker {
        void take(byte[] bytes, int from, int length) throws IOException;
    }

    /** One taker and the blocks that wait for it. After some blocks it makes room for other lanes. */
    private final class Lane implements Runnable {

        /** To come back costs some tens of microseconds; a tap must not fill all blocks meanwhile for the others. */
        private static final int BLOCKS_AT_ONCE = 4;

        private final Taker taker;
        private final Queue<Blocks.Block> waiting = new ArrayDeque<>();
        private boolean running;

        Lane(Taker taker) {
            this.taker = taker;
        }

        void add(Blocks.Block block) {
            synchronized (this) {
                waiting.add(block);
                if (running) {
                    return;
                }
                running = true;
            }
            begin();
        }

        /** Without a thread, the blocks that wait go back, and who writes gets the fault. */
        private void begin() {
            try {
                threads.execute(this);
            } catch (Throwable e) {
                fault = fault == null ? e : fault;
                while (takeOne()) {
                    // nothing is taken after a fault
                }
            }
        }

        @Override
        public void run() {
            for (int i = 0; i < BLOCKS_AT_ONCE; i++) {
                if (!takeOne()) {
                    return;
                }
            }
            begin();
        }

        /** Takes the block that waits longest, and answers whether another one waits. */
        private boolean takeOne() {
            Blocks.Block block;
            synchronized (this) {
                block = waiting.remove();
            }
            take(block);
            block.giveBack();
            synchronized (this) {
                running = !waiting.isEmpty();
                if (!running) {
                    notifyAll();
                }
                return running;
            }
        }

        /** What is thrown here is thrown again by the thread that writes. */
        private void take(Blocks.Block block) {
            if (fault == null) {
                try {
                    taker.take(block.bytes(), 0, block.length());
                } catch (Throwable e) {
                    fault = e;
                }
            }
        }

        synchronized void await() {
            boolean interrupted = false;
            while (running) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true; // the block is finished first: its bytes are being used
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
