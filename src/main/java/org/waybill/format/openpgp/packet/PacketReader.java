package org.waybill.format.openpgp.packet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Takes one packet after the other out of a stream: their headers, section 4.2. */
public final class PacketReader {

    private static final int INDETERMINATE = 3; // old format: up to the end of what contains the packet

    private final InputStream in;
    private final SourceBytes source;

    /** @param source where {@code in} comes from at last, to name bytes in faults */
    public PacketReader(InputStream in, SourceBytes source) {
        this.in = in;
        this.source = source;
    }

    /**
     * The next packet, or nothing at the end. The body of the one before must have been read to its end.
     *
     * @throws org.waybill.format.MalformedInputException if no packet starts here
     */
    public Optional<Packet> next() throws IOException {
        long offset = source.offset();
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        if (first < OpenPgpFormat.PACKET_BIT) {
            throw source.malformed("no OpenPGP packet starts here");
        }
        boolean newFormat = (first & OpenPgpFormat.NEW_FORMAT_BIT) != 0;
        int tag = newFormat ? first & 0x3F : first >> 2 & 0x0F;
        if (tag == 0) {
            throw source.malformed("no OpenPGP packet starts here: type 0 is reserved");
        }
        PacketBody body = newFormat ? newFormat(tag) : oldFormat(tag, first & 3);
        return Optional.of(new Packet(tag, offset, body));
    }

    private PacketBody newFormat(int tag) throws IOException {
        PacketBody body = new PacketBody(in, source);
        body.readLength();
        if (body.isPartial() && !mayBeOfUnknownLength(tag)) {
            throw source.malformed(OpenPgpFormat.describe(tag) + " in pieces: only data may come so");
        }
        return body;
    }

    private PacketBody oldFormat(int tag, int lengthType) throws IOException {
        if (lengthType != INDETERMINATE) {
            return new PacketBody(in, source, PacketBody.number(in, source, 1 << lengthType));
        }
        if (!mayBeOfUnknownLength(tag)) {
            throw source.malformed(OpenPgpFormat.describe(tag) + " without a length: only data may come so");
        }
        return new PacketBody(in, source, PacketBody.TO_THE_END);
    }

    private static boolean mayBeOfUnknownLength(int tag) {
        return switch (tag) {
            case OpenPgpFormat.COMPRESSED,
                    OpenPgpFormat.UNPROTECTED,
                    OpenPgpFormat.LITERAL,
                    OpenPgpFormat.PROTECTED,
                    OpenPgpFormat.AEAD_DRAFT -> true;
            default -> false;
        };
    }
}
