package org.waybill.remote.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ContentAheadTest {

    private static final int BLOCK = 1 << 18;

    /** Gives a few bytes at a time, and remembers into which buffers, and how often it is closed. */
    private static class Source extends FilterInputStream {

        private final AtomicInteger closed = new AtomicInteger();
        private final Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());

        Source(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            buffers.add(into);
            return super.read(into, offset, Math.min(length, 9973));
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 4 * BLOCK, 11 * BLOCK + 7})
    void givesTheSameBytes(int size) throws IOException {
        byte[] bytes = Bytes.random(size, size).bytes();
        Source source = new Source(bytes);

        try (InputStream ahead = new ContentAhead(source)) {
            assertThat(ahead.readAllBytes()).isEqualTo(bytes);
            assertThat(ahead.read()).isEqualTo(-1);
        }

        assertThat(source.closed).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, BLOCK, 2 * BLOCK + 5})
    void aFaultComesWhereItHappenedAndAgain(int good) throws IOException {
        for (Exception fault :
                new Exception[] {new IOException("torn"), new UncheckedIOException(new IOException("x"))}) {
            byte[] bytes = Bytes.random(1, good + 1).bytes();
            InputStream torn = new Source(bytes) {
                private int left = good;

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    if (left == 0) {
                        if (fault instanceof IOException io) {
                            throw io;
                        }
                        throw (RuntimeException) fault;
                    }
                    int count = super.read(into, offset, Math.min(length, left));
                    left -= count;
                    return count;
                }
            };
            try (InputStream ahead = new ContentAhead(torn)) {
                int whole = good / BLOCK * BLOCK; // what is read of a block in which it happens does not count
                assertThat(ahead.readNBytes(whole)).isEqualTo(Arrays.copyOf(bytes, whole));
                assertThatThrownBy(() -> ahead.readNBytes(BLOCK)).isSameAs(fault);
                assertThatThrownBy(ahead::read).isSameAs(fault);
            }
        }
    }

    @Test
    void mayBeClosedAtAnyTime() throws IOException {
        byte[] bytes = Bytes.random(2, 20 * BLOCK).bytes();
        for (int read = 0; read < 8; read++) {
            Source source = new Source(bytes);
            try (InputStream ahead = new ContentAhead(source)) {
                ahead.skipNBytes((long) read * BLOCK / 2);
            }
            assertThat(source.closed).hasValue(1);
            assertThat(source.buffers)
                    .hasSizeGreaterThanOrEqualTo(Math.min(read, 1))
                    .allSatisfy(buffer -> assertThat(buffer).isEqualTo(new byte[BLOCK]));
        }
    }

    @Test
    void whoeverIsInterruptedGetsTheBytesAndStaysInterrupted() throws IOException {
        byte[] bytes = Bytes.random(3, 3 * BLOCK).bytes();
        try (InputStream ahead = new ContentAhead(new Source(bytes))) {
            Thread.currentThread().interrupt();
            assertThat(ahead.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(Thread.interrupted()).isTrue();
    }
}
