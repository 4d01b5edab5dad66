package org.waybill.format.crypt4gh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;

/** Takes a header out of an input (section "Header"); every number is bounded before memory is taken for it. */
final class HeaderParser {

    /** Where the packet count lies in the file: after the magic and the version. */
    private static final int PACKET_COUNT_OFFSET = Crypt4ghFormat.MAGIC_BYTES + Crypt4ghFormat.INTEGER_BYTES;

    private static final int OPENPGP_OLD_FORMAT_SESSION_KEY = 0x84; // to 0x87, by the size of its length
    private static final int OPENPGP_OLD_FORMAT_MASK = 0xfc;
    private static final int OPENPGP_NEW_FORMAT_SESSION_KEY = 0xc1;

    private final InputStream in;
    private long position;

    HeaderParser(InputStream in) {
        this.in = in;
    }

    Crypt4ghHeader parse() throws IOException {
        int packetCount = readPreamble();
        List<SealedPacket> packets = new ArrayList<>();
        for (int i = 0; i < packetCount; i++) {
            readPacket(packetCount, packets);
        }
        return new Crypt4ghHeader(packetCount, position, packets);
    }

    private int readPreamble() throws IOException {
        ByteBuffer preamble = littleEndian(take(Crypt4ghFormat.PREAMBLE_BYTES));
        int version = preamble.getInt(Crypt4ghFormat.MAGIC_BYTES);
        if (version != Crypt4ghFormat.VERSION) {
            throw new MalformedInputException(
                    Crypt4ghFormat.MAGIC_BYTES, "Crypt4GH version " + Integer.toUnsignedString(version) + ", not 1");
        }
        int packetCount = preamble.getInt(PACKET_COUNT_OFFSET);
        if (packetCount <= 0) {
            throw packetCount(packetCount);
        }
        return packetCount;
    }

    private void readPacket(int packetCount, List<SealedPacket> packets) throws IOException {
        long offset = position;
        ByteBuffer start = littleEndian(take(Crypt4ghFormat.PACKET_START_BYTES));
        int length = start.getInt();
        boolean known = start.getInt() == Crypt4ghFormat.METHOD_X25519_CHACHA20_IETF_POLY1305;
        requirePossibleLength(length, known, offset);
        if (packetCount > Crypt4ghFormat.MAX_PACKETS) {
            throw packetCount(packetCount);
        }
        byte[] rest = take(length - Crypt4ghFormat.PACKET_START_BYTES);
        if (known) {
            packets.add(SealedPacket.of(offset, rest));
        }
    }

    private static void requirePossibleLength(int length, boolean known, long offset) {
        int minimum = known ? Crypt4ghFormat.MIN_PACKET_BYTES : Crypt4ghFormat.PACKET_START_BYTES;
        if (length < minimum || length > Crypt4ghFormat.MAX_PACKET_BYTES) {
            throw new MalformedInputException(
                    offset,
                    looksLikeOldDraft(length, offset)
                            ? "an old draft of Crypt4GH (LocalEGA, 2018: its header is an OpenPGP message), not version 1"
                            : "a header packet of " + Integer.toUnsignedString(length) + " bytes; it has " + minimum
                                    + " to " + Crypt4ghFormat.MAX_PACKET_BYTES);
        }
        if (offset + length > Crypt4ghFormat.MAX_HEADER_BYTES) {
            throw new MalformedInputException(
                    offset, "a header of more than " + Crypt4ghFormat.MAX_HEADER_BYTES + " bytes");
        }
    }

    /** That draft starts like version 1, and then an OpenPGP message stands where the first packet should. */
    private static boolean looksLikeOldDraft(int length, long offset) {
        int firstByte = length & 0xff;
        return offset == Crypt4ghFormat.PREAMBLE_BYTES
                && (firstByte == OPENPGP_NEW_FORMAT_SESSION_KEY
                        || (firstByte & OPENPGP_OLD_FORMAT_MASK) == OPENPGP_OLD_FORMAT_SESSION_KEY);
    }

    private static MalformedInputException packetCount(int count) {
        return new MalformedInputException(
                PACKET_COUNT_OFFSET,
                "a header of " + Integer.toUnsignedString(count) + " packets; it has 1 to "
                        + Crypt4ghFormat.MAX_PACKETS);
    }

    private byte[] take(int bytes) throws IOException {
        byte[] taken = in.readNBytes(bytes);
        if (position == 0) {
            requireMagic(taken);
        }
        position += taken.length;
        if (taken.length < bytes) {
            throw new TruncatedInputException(position, "the file ends within its Crypt4GH header");
        }
        return taken;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Judged as far as it goes, so that a short text is called a text and not a cut header. */
    private static void requireMagic(byte[] start) {
        int length = Math.min(start.length, Crypt4ghFormat.MAGIC_BYTES);
        if (!Arrays.equals(start, 0, length, Crypt4ghFormat.magic(), 0, length)) {
            throw new MalformedInputException(0, "not a Crypt4GH file: it does not start with \"crypt4gh\"");
        }
    }
}
