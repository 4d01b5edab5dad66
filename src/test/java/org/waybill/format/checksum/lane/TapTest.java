package org.waybill.format.checksum.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.Digests;

class TapTest {

    private static final Set<ChecksumAlgorithm> ALL = EnumSet.allOf(ChecksumAlgorithm.class);

    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final Blocks blocks = new Blocks();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Blocks.BLOCK_BYTES - 1, Blocks.BLOCK_BYTES, Blocks.BLOCK_BYTES + 1, 9_000_001})
    void hashesAndHandsOnEveryByteInOrder(int size) throws IOException {
        byte[] bytes = random(size);
        for (Executor executor : List.<Executor>of(threads, Runnable::run)) {
            ByteArrayOutputStream sink = new ByteArrayOutputStream();
            try (Tap tap = Tap.before(sink, blocks, executor, ALL)) {
                writeInPieces(tap, bytes, 65_564);
                assertThat(tap.finish()).isEqualTo(expectedOf(bytes));
                assertThat(tap.count()).isEqualTo(size);
            }
            assertThat(sink.toByteArray()).isEqualTo(bytes);
        }
    }

    /** Three taps fill a block each and share the others, as in a pass: none may wait for ever. */
    @Test
    void tapsThatShareTheirBlocksDoNotStarve() throws IOException {
        byte[] bytes = random(20 * Blocks.BLOCK_BYTES + 7);
        try (Tap one = Tap.on(blocks, threads, ALL);
                Tap other = Tap.on(blocks, threads, ALL);
                Tap third = Tap.before(OutputStream.nullOutputStream(), blocks, threads, ALL)) {
            for (int from = 0; from < bytes.length; from += 50_000) {
                int length = Math.min(50_000, bytes.length - from);
                one.write(bytes, from, length);
                other.write(bytes, from, length);
                third.write(bytes, from, length);
            }
            assertThat(one.finish()).isEqualTo(other.finish()).isEqualTo(third.finish());
        }
    }

    @Test
    void faultOfTheSinkReachesWhoWrites() throws IOException {
        for (int failing : new int[] {1, 3}) {
            try (Tap tap = Tap.before(new FailingSink(failing), blocks, threads, ALL)) {
                assertThatThrownBy(() -> {
                            writeInPieces(tap, random(3 * Blocks.BLOCK_BYTES), 10_000);
                            tap.finish();
                        })
                        .isInstanceOf(IOException.class)
                        .hasMessage("No space left on device");
            }
        }
    }

    @Test
    void errorOfALaneReachesWhoWrites() {
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("no memory");
            }
        };
        try (Tap tap = Tap.before(sink, blocks, threads, Set.of())) {
            assertThatThrownBy(() -> {
                        tap.write(new byte[Blocks.BLOCK_BYTES]);
                        tap.finish();
                    })
                    .isInstanceOf(AssertionError.class);
        }
    }

    /** Where a machine has no thread left, or the lanes were closed: who writes must not wait for what nobody does. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void laneWithoutAThreadReachesWhoWrites() throws IOException {
        AtomicInteger left = new AtomicInteger(5);
        Executor dying = lane -> {
            if (left.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("for a test");
            }
            threads.execute(lane);
        };
        try (Tap tap = Tap.on(blocks, dying, ALL)) {
            assertThatThrownBy(() -> {
                        writeInPieces(tap, random(40 * Blocks.BLOCK_BYTES), 65_564);
                        tap.finish();
                    })
                    .hasStackTraceContaining("for a test");
        }
        try (Tap tap = Tap.on(blocks, threads, ALL)) { // all blocks are back
            writeInPieces(tap, random(20 * Blocks.BLOCK_BYTES), 65_564);
            tap.finish();
        }
    }

    @Test
    void noLaneWorksOnceItIsClosed() throws IOException {
        for (int i = 0; i < 200; i++) {
            FailingSink sink = new FailingSink(Integer.MAX_VALUE);
            try (Tap tap = Tap.before(sink, blocks, threads, ALL)) {
                tap.write(random(3 * Blocks.BLOCK_BYTES + 1));
            }
            int atClose = sink.calls;
            assertThat(atClose).isEqualTo(3);
        }
    }

    @Test
    void leavesNothingInMemory() throws IOException {
        byte[] secret = new byte[2 * Blocks.BLOCK_BYTES];
        java.util.Arrays.fill(secret, (byte) 7);
        try (Tap tap = Tap.on(blocks, threads, ALL)) {
            tap.write(secret);
            tap.finish();
        }
        Blocks.Block used = blocks.take();
        assertThat(used.bytes()).contains((byte) 7);
        used.heldBy(1);
        used.giveBack();
        blocks.erase();
        assertThat(blocks.take().bytes()).containsOnly((byte) 0);
    }

    private static List<org.waybill.format.Checksum> expectedOf(byte[] bytes) {
        Digests digests = new Digests(ALL);
        digests.update(bytes, 0, bytes.length);
        return digests.finish();
    }

    private static void writeInPieces(Tap tap, byte[] bytes, int piece) throws IOException {
        for (int from = 0; from < bytes.length; from += piece) {
            tap.write(bytes, from, Math.min(piece, bytes.length - from));
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static final class FailingSink extends OutputStream {

        private final int failing;
        private volatile int calls;

        FailingSink(int failing) {
            this.failing = failing;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("byte by byte is too slow");
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one lane calls this
        public void write(byte[] bytes, int from, int length) throws IOException {
            calls++;
            if (calls == failing) {
                throw new IOException("No space left on device");
            }
        }
    }
}
