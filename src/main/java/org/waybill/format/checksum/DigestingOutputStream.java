package org.waybill.format.checksum;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.waybill.format.Checksum;

/** Counts and digests the bytes that the stream below has taken. */
public final class DigestingOutputStream extends FilterOutputStream {

    private final Digests digests;
    private final byte[] single = new byte[1];
    private long count;

    public DigestingOutputStream(OutputStream out, Digests digests) {
        super(out);
        this.digests = digests;
    }

    /** How many bytes were written so far. */
    public long count() {
        return count;
    }

    /** The checksums of what was written. */
    public List<Checksum> finish() {
        return digests.finish();
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        digests.update(bytes, from, length);
        count += length;
    }
}
