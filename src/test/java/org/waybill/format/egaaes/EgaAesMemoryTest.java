package org.waybill.format.egaaes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a large file costs in memory: nothing for each of its blocks. */
class EgaAesMemoryTest {

    private static final int BLOCKS = 500;
    private static final byte[] BLOCK = new byte[EgaAesFormat.BUFFER_BYTES];

    private final EgaAesKey key = EgaAesKey.derive("aeskey".toCharArray(), 256);

    private interface Work {
        void of(int blocks) throws IOException;
    }

    @Test
    void readingTakesNoneForEachBlock() throws IOException {
        assertThat(allocatedBytes(blocks -> {
                    byte[] out = new byte[EgaAesFormat.BUFFER_BYTES];
                    InputStream plain = new EgaAesInputStream(new Zeros(), key);
                    for (int i = 0; i < blocks; i++) {
                        assertThat(plain.read(out)).isEqualTo(EgaAesFormat.BUFFER_BYTES);
                    }
                }))
                .isLessThan((long) BLOCKS * EgaAesFormat.BUFFER_BYTES / 10);
    }

    @Test
    void writingTakesNoneForEachBlock() throws IOException {
        assertThat(allocatedBytes(blocks -> {
                    OutputStream encryption = new EgaAesOutputStream(OutputStream.nullOutputStream(), key);
                    for (int i = 0; i < blocks; i++) {
                        encryption.write(BLOCK);
                    }
                }))
                .isLessThan((long) BLOCKS * EgaAesFormat.BUFFER_BYTES / 10);
    }

    /** By this thread, once all classes are loaded. */
    private static long allocatedBytes(Work work) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work.of(1);
        long before = threads.getCurrentThreadAllocatedBytes();
        work.of(BLOCKS);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Delivers all that is asked for, without end. */
    private static final class Zeros extends InputStream {

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] out, int from, int length) {
            return length;
        }
    }
}
