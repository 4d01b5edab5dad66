package org.waybill.format.accesslog.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;

/**
 * The content of a gzip file (RFC 1952), all of its members. Unlike {@link java.util.zip.GZIPInputStream} it never takes a
 * broken or cut header of a further member for the end. Zeros after the last member are padding, as gzip has it.
 */
final class GzipMembers extends InputStream {

    private static final int MAGIC_0 = 0x1f;
    private static final int MAGIC_1 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] single = new byte[1];
    private int position;
    private int limit;
    private long before; // bytes of the file that came before those in the buffer
    private boolean ended;

    /** @throws TruncatedInputException if not even the first header is whole */
    GzipMembers(InputStream in) throws IOException {
        this.in = in;
        readHeader(required());
    }

    static boolean isGzip(byte[] head, int length) {
        return length >= 2 && (head[0] & 0xff) == MAGIC_0 && (head[1] & 0xff) == MAGIC_1;
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
        while (!ended) {
            int count = inflate(out, from, length);
            if (count > 0) {
                crc.update(out, from, count);
                return count;
            }
            if (inflater.finished()) {
                position = limit - inflater.getRemaining();
                readTrailer();
                nextMember();
            } else if (inflater.needsInput()) {
                fill("in its compressed data");
                inflater.setInput(buffer, position, limit - position);
                position = limit;
            } else {
                throw new MalformedInputException(offset(), "the gzip data need a dictionary, which gzip has not");
            }
        }
        return -1;
    }

    private int inflate(byte[] out, int from, int length) {
        try {
            return inflater.inflate(out, from, length);
        } catch (DataFormatException e) {
            throw new MalformedInputException(offset(), "the gzip data are damaged");
        }
    }

    private void readTrailer() throws IOException {
        long length = inflater.getBytesWritten() & 0xffff_ffffL;
        if (littleEndian() != crc.getValue() || littleEndian() != length) {
            throw new MalformedInputException(offset(), "the gzip data are damaged: their checksum or length differs");
        }
    }

    private void nextMember() throws IOException {
        int b = next();
        while (b == 0) {
            b = next();
        }
        if (b < 0) {
            ended = true;
            return;
        }
        inflater.reset();
        crc.reset();
        readHeader(b);
    }

    private void readHeader(int first) throws IOException {
        if (first != MAGIC_0 || required() != MAGIC_1) {
            throw new MalformedInputException(offset(), "expected another member of the gzip data, found other bytes");
        }
        int method = required();
        int flags = required();
        if (method != DEFLATE || (flags & RESERVED) != 0) {
            throw new MalformedInputException(
                    offset(), "the gzip data are of a method or with flags that are not known");
        }
        skip(6); // time, extra flags, system
        if ((flags & HAS_EXTRA) != 0) {
            skip(required() | required() << 8);
        }
        for (int flag : new int[] {HAS_NAME, HAS_COMMENT}) {
            while ((flags & flag) != 0 && required() != 0) {
                continue;
            }
        }
        skip((flags & HAS_HEADER_CRC) != 0 ? 2 : 0);
        inflater.setInput(buffer, position, limit - position);
        position = limit;
    }

    private long littleEndian() throws IOException {
        return required() | required() << 8 | required() << 16 | (long) required() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            required();
        }
    }

    private int required() throws IOException {
        if (position == limit) {
            fill("in a header or trailer");
        }
        return Byte.toUnsignedInt(buffer[position++]);
    }

    private int next() throws IOException {
        return position < limit || refill() ? Byte.toUnsignedInt(buffer[position++]) : -1;
    }

    private void fill(String where) throws IOException {
        if (!refill()) {
            throw new TruncatedInputException(
                    offset(), "the gzip data end " + where + ": the file is still being written, or was cut");
        }
    }

    private boolean refill() throws IOException {
        before += limit;
        position = 0;
        limit = 0;
        int count = in.read(buffer, 0, buffer.length);
        while (count == 0) {
            count = in.read(buffer, 0, buffer.length);
        }
        limit = Math.max(0, count);
        return limit > 0;
    }

    private long offset() {
        return before + position;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
