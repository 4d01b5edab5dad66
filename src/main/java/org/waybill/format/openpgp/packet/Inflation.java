package org.waybill.format.openpgp.packet;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates straight into the reader's array. The JDK's own InflaterInputStream tells damaged data by the exceptions of a
 * broken device, and does not look whether anything follows.
 */
final class Inflation extends InputStream {

    private static final int BUFFER_BYTES = 65_536;

    private final InputStream body;
    private final SourceBytes source;
    private final Inflater inflater;
    private final byte[] compressed = new byte[BUFFER_BYTES];
    private final byte[] single = new byte[1];
    private boolean bodyEnded;

    Inflation(InputStream body, SourceBytes source, boolean raw) {
        this.body = body;
        this.source = source;
        this.inflater = new Inflater(raw);
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
        try {
            while (true) {
                int count = inflater.inflate(out, from, length);
                if (count > 0) {
                    return count;
                }
                if (inflater.finished()) {
                    requireEnd();
                    return -1;
                }
                if (inflater.needsDictionary()) {
                    throw source.malformed("the compressed data need a dictionary, which OpenPGP does not have");
                }
                feed();
            }
        } catch (DataFormatException e) {
            throw source.malformed("the compressed data are damaged");
        }
    }

    private void feed() throws IOException {
        int count = bodyEnded ? -1 : body.read(compressed, 0, BUFFER_BYTES);
        if (count < 0 && bodyEnded) {
            throw source.truncated("the compressed data end too early");
        }
        bodyEnded = count < 0;
        inflater.setInput(compressed, 0, Math.max(count, 1)); // raw deflate may want one byte after its end
    }

    private void requireEnd() throws IOException {
        int rest = bodyEnded ? 0 : inflater.getRemaining();
        if (rest > 0 || (!bodyEnded && body.read() >= 0)) {
            throw source.malformed("bytes after the end of the compressed data");
        }
        bodyEnded = true;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
