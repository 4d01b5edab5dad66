package org.waybill.format.checksum;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.waybill.format.Checksum;

/** Counts and digests the bytes that are read through it, skipped ones included; it can not be set back. */
public final class DigestingInputStream extends InputStream {

    private final InputStream source;
    private final Digests digests;
    private final byte[] single = new byte[1];
    private long count;

    public DigestingInputStream(InputStream source, Digests digests) {
        this.source = source;
        this.digests = digests;
    }

    /** How many bytes were read so far. */
    public long count() {
        return count;
    }

    /** The checksums of what was read; of the whole source only if it was read to its end. */
    public List<Checksum> finish() {
        return digests.finish();
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        int read = source.read(out, from, length);
        if (read > 0) {
            digests.update(out, from, read);
            count += read;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
