package org.waybill.format.openpgp.packet;

import java.io.IOException;
import java.io.InputStream;

/**
 * Literal data, section 5.9: a header of format, name and date, of which only the format matters, then the content.
 * Text has its lines end in CR LF on the wire and comes out with LF, as GnuPG writes it on every system but Windows.
 */
public final class LiteralData extends InputStream {

    /** Sees the bytes as they are on the wire, which is how they are signed. */
    public interface Signed {
        void update(byte[] bytes, int from, int count);
    }

    private static final int DATE_BYTES = 4;
    private static final int TEXT_BUFFER_BYTES = 8_192;

    private final PacketBody body;
    private final Signed signed;
    private final boolean text;
    private final byte[] wire; // empty for binary data, which go straight to the reader
    private final byte[] single = new byte[1];
    private int position;
    private int limit;
    private boolean pendingReturn; // a CR was seen, and not yet what follows it

    private LiteralData(PacketBody body, Signed signed, boolean text) {
        this.body = body;
        this.signed = signed;
        this.text = text;
        this.wire = new byte[text ? TEXT_BUFFER_BYTES : 0];
    }

    /** @throws org.waybill.format.MalformedInputException if the header is cut or has an unknown format */
    public static LiteralData of(Packet packet, SourceBytes source, Signed signed) throws IOException {
        byte[] fields = packet.body().readField(2);
        char format = (char) Byte.toUnsignedInt(fields[0]);
        packet.body().readField(Byte.toUnsignedInt(fields[1]) + DATE_BYTES);
        return switch (format) {
            case 'b', 'm', 'l', '1' -> new LiteralData(packet.body(), signed, false); // m: MIME; l, 1: local, of PGP 2
            case 't', 'u' -> new LiteralData(packet.body(), signed, true);
            default -> throw source.malformed("literal data of an unknown format, number " + (int) format);
        };
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
        if (text) {
            return readText(out, from, length);
        }
        int count = body.read(out, from, length);
        if (count > 0) {
            signed.update(out, from, count);
        }
        return count;
    }

    private int readText(byte[] out, int from, int length) throws IOException {
        int to = from;
        while (to == from) {
            if (position == limit && !fill()) {
                return endOfText(out, from);
            }
            while (position < limit && to < from + length) {
                byte next = wire[position];
                if (pendingReturn && next != '\n') { // a CR of its own stays; the byte is looked at again
                    pendingReturn = false;
                    out[to++] = '\r';
                } else {
                    position++;
                    pendingReturn = next == '\r';
                    if (!pendingReturn) {
                        out[to++] = next;
                    }
                }
            }
        }
        return to - from;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = 0;
        int count = body.read(wire, 0, wire.length);
        if (count < 0) {
            return false;
        }
        signed.update(wire, 0, count);
        limit = count;
        return true;
    }

    private int endOfText(byte[] out, int from) {
        if (!pendingReturn) {
            return -1;
        }
        pendingReturn = false;
        out[from] = '\r';
        return 1;
    }
}
