package org.waybill.format.openpgp.cipher;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.WrongKeyException;
import org.waybill.format.openpgp.packet.Packet;
import org.waybill.format.openpgp.packet.SourceBytes;

/**
 * Encrypted data with a modification detection code (SEIPD version 1, section 5.13.1): random bytes of one block, the last
 * two of them again, the content, then the packet {@code D3 14} with the SHA-1 of all that. What comes out is not proven
 * until the end was reached.
 */
final class MdcInputStream extends InputStream {

    private static final int PIECE_BYTES = 65_536; // whole blocks
    private static final int HASH_BYTES = 20;
    private static final int MDC_BYTES = 2 + HASH_BYTES;
    private static final byte[] MDC_HEADER = {(byte) 0xD3, 0x14};
    private static final int LONGEST_PREFIX_BYTES = 18; // a block of 16 bytes and two

    private final InputStream body;
    private final SourceBytes source;
    private final long start; // of the packet
    private final CfbDecryption cfb;
    private final MessageDigest sha1 = ChecksumAlgorithm.SHA1.newDigest();
    private final byte[] plain = new byte[MDC_BYTES + PIECE_BYTES];
    private final byte[] single = new byte[1];
    private int position; // of the next byte that goes out
    private int limit; // behind the last one that may; up to MDC_BYTES more are held back, they may be the code
    private int held;
    private int filled; // of the piece of ciphertext
    private int prefix; // bytes still to be passed by
    private boolean ended;

    private MdcInputStream(Packet packet, SourceBytes source, SessionKey key, byte[] head) {
        this.body = packet.body();
        this.source = source;
        this.start = packet.offset();
        this.cfb = new CfbDecryption(key, PIECE_BYTES);
        this.prefix = key.algorithm().blockBytes() + 2;
        System.arraycopy(head, 0, cfb.piece(), cfb.pieceStart(), head.length);
        this.filled = head.length;
    }

    /**
     * Takes the first of the keys that fits the repeated bytes at the start.
     *
     * @throws WrongKeyException if none fits, and none was certain
     * @throws AuthenticationFailedException if none fits and a certain one is there: the data are damaged
     */
    static MdcInputStream open(Packet packet, SourceBytes source, List<SessionKey> keys) throws IOException {
        byte[] head = packet.body().readField(LONGEST_PREFIX_BYTES);
        for (SessionKey key : keys) {
            if (fits(key, head)) {
                return new MdcInputStream(packet, source, key, head);
            }
        }
        if (keys.stream().anyMatch(SessionKey::isCertain)) {
            throw new AuthenticationFailedException(packet.offset(), "the encrypted data are damaged at their start");
        }
        throw new WrongKeyException(packet.offset(), "no password at hand opens the message");
    }

    private static boolean fits(SessionKey key, byte[] head) {
        int block = key.algorithm().blockBytes();
        byte[] plain = new byte[LONGEST_PREFIX_BYTES];
        try (CfbDecryption cfb = new CfbDecryption(key, block + 2)) {
            System.arraycopy(head, 0, cfb.piece(), cfb.pieceStart(), block + 2);
            cfb.decrypt(block + 2, plain, 0);
            return plain[block] == plain[block - 2] && plain[block + 1] == plain[block - 1];
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    /** @throws AuthenticationFailedException instead of the last bytes, if the code is missing or wrong */
    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == limit) {
            if (ended) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(plain, position, out, from, count);
        position += count;
        return count;
    }

    private void fill() throws IOException {
        boolean last = !readPiece();
        System.arraycopy(plain, limit, plain, 0, held);
        cfb.decrypt(filled, plain, held);
        int end = held + filled;
        filled = 0;
        held = Math.min(MDC_BYTES, end);
        limit = end - held;
        sha1.update(plain, 0, limit);
        position = Math.min(prefix, limit);
        prefix -= position;
        if (last) {
            verify(limit);
            ended = true;
        }
    }

    /** Whether the piece is whole; if not, the body ended. */
    private boolean readPiece() throws IOException {
        while (filled < PIECE_BYTES) {
            int count = body.read(cfb.piece(), cfb.pieceStart() + filled, PIECE_BYTES - filled);
            if (count < 0) {
                return false;
            }
            filled += count;
        }
        return true;
    }

    private void verify(int at) {
        if (held < MDC_BYTES || prefix > 0) {
            throw source.truncated("the encrypted data are too short to hold their modification detection code");
        }
        sha1.update(MDC_HEADER);
        byte[] hash = Arrays.copyOfRange(plain, at + 2, at + MDC_BYTES);
        boolean header = plain[at] == MDC_HEADER[0] && plain[at + 1] == MDC_HEADER[1];
        if (!MessageDigest.isEqual(sha1.digest(), hash) || !header) {
            position = limit;
            throw new AuthenticationFailedException(
                    start,
                    header
                            ? "the encrypted data do not match their modification detection code: damaged or changed"
                            : "the encrypted data do not end in a modification detection code: damaged, changed or cut");
        }
    }

    @Override
    public void close() {
        cfb.close();
        Arrays.fill(plain, (byte) 0);
        position = limit;
        ended = true;
    }
}
