package org.waybill.format.openpgp.packet;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A packet whose body has not been read yet.
 *
 * @param tag the packet type ID, section 5
 * @param offset where in the file it was noticed, in bytes; exact for packets that are not inside others
 */
public record Packet(int tag, long offset, PacketBody body) {

    private static final int FOUR_BYTE_LENGTH = 0xFF;
    private static final int HEADER_BYTES = 6;

    /** What the packet is, for messages. */
    public String description() {
        return OpenPgpFormat.describe(tag);
    }

    /**
     * Reads the whole packet into memory, with a header of one form, for a parser that wants one.
     *
     * @throws org.waybill.format.MalformedInputException if the body has more than {@code maxBytes}; noticed before
     *     they are read
     */
    public byte[] toBytes(int maxBytes) throws IOException {
        byte[] content = body.readAll(maxBytes, description());
        return ByteBuffer.allocate(HEADER_BYTES + content.length)
                .put((byte) (OpenPgpFormat.PACKET_BIT | OpenPgpFormat.NEW_FORMAT_BIT | tag))
                .put((byte) FOUR_BYTE_LENGTH)
                .putInt(content.length)
                .put(content)
                .array();
    }
}
