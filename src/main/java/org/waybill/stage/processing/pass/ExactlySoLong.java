package org.waybill.stage.processing.pass;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a machine sends that does not say how long it is, of which we know it: an early end, or a byte more, is its fault. */
final class ExactlySoLong extends FilterInputStream {

    private final long expectedBytes;
    private final byte[] single = new byte[1];
    private long count;

    ExactlySoLong(InputStream source, long expectedBytes) {
        super(source);
        this.expectedBytes = expectedBytes;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    /** @throws IOException at an end that comes too early or too late, then again at each further read */
    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        int read = in.read(out, from, length);
        count += Math.max(read, 0);
        if (count > expectedBytes) {
            throw new IOException("expected " + expectedBytes
                    + " bytes of the re-encryption service, found more: look into its own log, and run again");
        }
        if (read < 0 && count < expectedBytes) {
            throw new IOException(
                    "expected " + expectedBytes + " bytes of the re-encryption service, found its end after " + count
                            + ": look into its own log, and run again");
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return in.skip(0); // what is not read is not counted
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
