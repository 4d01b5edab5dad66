package org.waybill.format.checksum.lane;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lets all that is read through it flow past a tap; it can not be set back. */
public final class TappedInputStream extends InputStream {

    private final InputStream source;
    private final Tap tap;
    private @Nullable Tap second;
    private final byte[] single = new byte[1];

    public TappedInputStream(InputStream source, Tap tap) {
        this.source = source;
        this.tap = tap;
    }

    /** From here on, lets all flow past another tap too. */
    public void alsoTo(Tap other) {
        second = other;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        int read = source.read(out, from, length);
        if (read > 0) {
            tap.write(out, from, read);
            if (second != null) {
                second.write(out, from, read);
            }
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
