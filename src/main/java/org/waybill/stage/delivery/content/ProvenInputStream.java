package org.waybill.stage.delivery.content;

import java.io.IOException;
import java.io.InputStream;
import org.waybill.format.Checksum;
import org.waybill.format.MalformedInputException;

/**
 * Hands out bytes whose size is known, the last of them only when the source has proved to be what it should be: whoever
 * reads as many as were promised may be sure of them.
 */
final class ProvenInputStream extends InputStream {

    /** Compares what was read with what was expected. */
    interface Proof {

        /** @throws ArchiveDamagedException if it is not what it should be */
        void require() throws IOException;
    }

    private final InputStream source;
    private final Proof proof;
    private final byte[] single = new byte[1];
    private long left;
    private boolean proven;

    ProvenInputStream(InputStream source, long sizeBytes, Proof proof) {
        this.source = source;
        this.proof = proof;
        this.left = sizeBytes;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            prove();
            return -1;
        }
        int count = next(out, from, (int) Math.min(length, left));
        if (count < 0) {
            throw new ArchiveDamagedException("expected " + left + " bytes more, found the end");
        }
        left -= count;
        if (left == 0) {
            prove();
        }
        return count;
    }

    private int next(byte[] out, int from, int length) throws IOException {
        try {
            return source.read(out, from, length);
        } catch (MalformedInputException e) {
            throw new ArchiveDamagedException(String.valueOf(e.getMessage()));
        }
    }

    private void prove() throws IOException {
        if (proven) {
            return;
        }
        if (next(single, 0, 1) >= 0) {
            throw new ArchiveDamagedException("expected the end, found more bytes");
        }
        proof.require();
        proven = true;
    }

    /** @throws ArchiveDamagedException if they differ */
    static void requireSame(Checksum expected, Checksum found) {
        if (!expected.equals(found)) {
            throw new ArchiveDamagedException("expected " + expected + ", found " + found);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
