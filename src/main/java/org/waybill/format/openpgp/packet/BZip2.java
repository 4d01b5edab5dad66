package org.waybill.format.openpgp.packet;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;

/** BZip2, by a decoder that tells damaged data by the exceptions of a broken device; here the two are told apart. */
final class BZip2 extends InputStream {

    private final Compressed compressed;
    private final SourceBytes source;
    private final byte[] single = new byte[1];
    private @Nullable InputStream decoder; // none before the first byte is wanted

    BZip2(InputStream body, SourceBytes source) {
        this.compressed = new Compressed(body);
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        int count = decode(out, from, length);
        compressed.rethrow();
        if (count < 0 && compressed.read() >= 0) {
            throw source.malformed("bytes after the end of the compressed data");
        }
        return count;
    }

    private int decode(byte[] out, int from, int length) throws IOException {
        try {
            if (decoder == null) {
                decoder = new BZip2CompressorInputStream(compressed);
            }
            return decoder.read(out, from, length);
        } catch (IOException | RuntimeException e) {
            compressed.rethrow();
            throw source.malformed("the compressed data are damaged");
        }
    }

    @Override
    public void close() throws IOException {
        if (decoder != null) {
            decoder.close();
        }
    }

    /** What goes into the decoder; remembers why it could not be read, for the decoder may hide it. */
    private static final class Compressed extends InputStream {

        private final InputStream body;
        private final byte[] buffer = new byte[65_536];
        private int position;
        private int limit;
        private @Nullable IOException broken;
        private @Nullable MalformedInputException malformed;

        Compressed(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            rethrow();
            if (position == limit) {
                fill();
            }
            return position < limit ? Byte.toUnsignedInt(buffer[position++]) : -1;
        }

        private void fill() throws IOException {
            try {
                position = 0;
                limit = 0;
                limit = Math.max(0, body.read(buffer, 0, buffer.length));
            } catch (IOException e) {
                broken = e;
                throw e;
            } catch (MalformedInputException e) {
                malformed = e;
                throw e;
            }
        }

        private void rethrow() throws IOException {
            if (broken != null) {
                throw broken;
            }
            if (malformed != null) {
                throw malformed;
            }
        }
    }
}
