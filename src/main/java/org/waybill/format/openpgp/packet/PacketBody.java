package org.waybill.format.openpgp.packet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.waybill.format.TruncatedInputException;

/**
 * The body of a packet, of one piece or of many (section 4.2.1.4, "Partial Body Lengths"). Answers -1 only where the
 * body really ends; an end before is a {@link TruncatedInputException}.
 */
public final class PacketBody extends InputStream {

    static final long TO_THE_END = -1; // as long as what contains it

    private final InputStream in;
    private final SourceBytes source;
    private long remaining; // of this piece
    private boolean partial; // another piece follows

    PacketBody(InputStream in, SourceBytes source) {
        this.in = in;
        this.source = source;
    }

    PacketBody(InputStream in, SourceBytes source, long length) {
        this.in = in;
        this.source = source;
        this.remaining = length;
    }

    boolean isPartial() {
        return partial;
    }

    /** Section 4.2.1: one, two or five bytes, or the length of a piece as a power of two. */
    void readLength() throws IOException {
        int first = (int) number(in, source, 1);
        partial = first >= 224 && first < 255;
        if (first < 192) {
            remaining = first;
        } else if (first < 224) {
            remaining = ((first - 192L) << 8) + number(in, source, 1) + 192;
        } else if (first < 255) {
            remaining = 1L << (first & 0x1F);
        } else {
            remaining = number(in, source, 4);
        }
    }

    static long number(InputStream in, SourceBytes source, int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            int next = in.read();
            if (next < 0) {
                throw source.truncated("the file ends within the length of a packet");
            }
            number = number << 8 | next;
        }
        return number;
    }

    /**
     * Reads what is left, which may be {@code maxBytes} at most.
     *
     * @param name of what is read, for messages
     */
    byte[] readAll(int maxBytes, String name) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[1_024];
        while (true) {
            if (remaining > maxBytes - all.size()) {
                throw source.malformed(name + " of more than " + maxBytes + " bytes");
            }
            int count = read(piece, 0, piece.length);
            if (count < 0) {
                return all.toByteArray();
            }
            all.write(piece, 0, count);
        }
    }

    /**
     * Reads a field.
     *
     * @throws TruncatedInputException if the body is shorter
     */
    public byte[] readField(int bytes) throws IOException {
        byte[] field = readNBytes(bytes);
        if (field.length < bytes) {
            throw source.truncated("a packet is shorter than its fields");
        }
        return field;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (remaining == TO_THE_END) {
            return in.read(out, from, length);
        }
        while (remaining == 0) {
            if (!partial) {
                return -1;
            }
            readLength();
        }
        int count = in.read(out, from, (int) Math.min(length, remaining));
        if (count < 0) {
            throw source.truncated("the file ends " + remaining + (partial ? " or more" : "") + " bytes too early");
        }
        remaining -= count;
        return count;
    }
}
