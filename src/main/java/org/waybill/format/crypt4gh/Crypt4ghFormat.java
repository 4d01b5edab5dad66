package org.waybill.format.crypt4gh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.waybill.format.TruncatedInputException;

/**
 * <a href="https://samtools.github.io/hts-specs/crypt4gh.pdf">Crypt4GH, version 1</a>: every constant of the wire
 * format, and the arithmetic of its sizes. All integers of the format are unsigned and little-endian.
 *
 * <pre>
 * file    = header segment*
 * header  = "crypt4gh" (8 bytes) version (4) packet-count (4) packet*
 * packet  = length (4, itself included) method (4) writer-public-key (32) nonce (12) ciphertext MAC (16)
 * segment = nonce (12) ciphertext (1 to 65,536) MAC (16)
 * </pre>
 */
public final class Crypt4ghFormat {

    /** The plaintext of every segment but the last, in bytes. */
    public static final int SEGMENT_PLAIN_BYTES = 65_536;

    /** Nonce (12), ciphertext (65,536) and MAC (16) of a full segment, in bytes. */
    public static final int SEGMENT_BYTES = SEGMENT_PLAIN_BYTES + ChaCha20Poly1305.OVERHEAD_BYTES;

    /** A read buffer of this many bytes lets {@link Crypt4ghInputStream} decrypt straight into it. */
    public static final int READ_BUFFER_BYTES = SEGMENT_PLAIN_BYTES + ChaCha20Poly1305.TAG_BYTES;

    /** The packet of one data key: 4 + 4 + 32 + 12 + 40 of payload + 16 bytes. */
    public static final int DATA_KEY_PACKET_BYTES = 108;

    /** Magic (8), version (4), packet count (4), in bytes. */
    public static final int PREAMBLE_BYTES = 16;

    static final int MAGIC_BYTES = 8; // ASCII
    static final int VERSION = 1; // 4 bytes
    static final int INTEGER_BYTES = 4;
    static final int LENGTH_BYTES = 8; // of each number of an edit list

    static final int METHOD_X25519_CHACHA20_IETF_POLY1305 = 0; // 4 bytes, in the clear
    static final int PACKET_DATA_KEY = 0; // 4 bytes, the first of the payload
    static final int PACKET_EDIT_LIST = 1; // 4 bytes, the first of the payload
    static final int DATA_CHACHA20_IETF_POLY1305 = 0; // 4 bytes, before the data key
    static final int DATA_CHACHA20_IETF_POLY1305_WITH_AEAD = 1; // of a later draft; refused

    /** Length (4) and method (4) of a packet, the part that even an unknown method has, in bytes. */
    static final int PACKET_START_BYTES = 8;

    /** Length, method, writer's public key, nonce, packet type and MAC: no packet of method 0 is shorter, in bytes. */
    static final int MIN_PACKET_BYTES =
            PACKET_START_BYTES + Crypt4ghPublicKey.BYTES + ChaCha20Poly1305.OVERHEAD_BYTES + INTEGER_BYTES;

    // The format has no limits of its own. These keep a hostile header from taking memory, and are far above any
    // real file: one packet per recipient and data key, one edit list of up to 16,000 numbers.
    static final int MAX_PACKETS = 1_024;
    static final int MAX_PACKET_BYTES = 131_072;
    static final int MAX_HEADER_BYTES = 4_194_304;

    private static final byte[] MAGIC = "crypt4gh".getBytes(StandardCharsets.US_ASCII);

    private Crypt4ghFormat() {}

    /** Whether a file that starts with these bytes calls itself Crypt4GH, of whatever version. */
    public static boolean isCrypt4gh(byte[] start) {
        return start.length >= MAGIC_BYTES && Arrays.equals(start, 0, MAGIC_BYTES, MAGIC, 0, MAGIC_BYTES);
    }

    /** The size in bytes of a header that holds one data key for each recipient, and no edit list. */
    public static long headerSize(int recipients) {
        return PREAMBLE_BYTES + (long) recipients * DATA_KEY_PACKET_BYTES;
    }

    /** The size in bytes of all segments of a plaintext of that many bytes. The empty plaintext has none. */
    public static long bodySize(long plainSizeBytes) {
        long segments = (plainSizeBytes + SEGMENT_PLAIN_BYTES - 1) / SEGMENT_PLAIN_BYTES;
        return Math.addExact(plainSizeBytes, segments * ChaCha20Poly1305.OVERHEAD_BYTES);
    }

    /** The size in bytes of the file that {@link Crypt4ghOutputStream} makes. */
    public static long encryptedSize(long plainSizeBytes, int recipients) {
        return headerSize(recipients) + bodySize(plainSizeBytes);
    }

    /**
     * The size in bytes of the plaintext of a body (all that follows the header), before any edit list is applied.
     *
     * @throws TruncatedInputException if no body has that size, because a piece of 1 to 27 bytes is left; its offset
     *     counts from the start of the body
     */
    public static long plainSize(long bodySizeBytes) {
        long last = bodySizeBytes % SEGMENT_BYTES;
        if (last > 0 && last < ChaCha20Poly1305.OVERHEAD_BYTES) {
            throw new TruncatedInputException(
                    bodySizeBytes, "the last segment has " + last + " bytes; the smallest has 28");
        }
        long segments = (bodySizeBytes + SEGMENT_BYTES - 1) / SEGMENT_BYTES;
        return bodySizeBytes - segments * ChaCha20Poly1305.OVERHEAD_BYTES;
    }

    static byte[] magic() {
        return MAGIC.clone();
    }
}
