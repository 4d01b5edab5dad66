package org.waybill.format.crypt4gh;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.TruncatedInputException;

/**
 * Takes one segment after the other out of the body and decrypts it (section "Decryption"). A segment that failed is
 * never passed by: the next call fails as that one did.
 */
final class SegmentReader {

    /** Answered instead of a length when the body ended where it may. */
    static final int END = -1;

    private static final int LARGEST_DIRECT_ARRAY_BYTES = 2 * Crypt4ghFormat.SEGMENT_BYTES;

    private final InputStream in;
    private final ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    private final List<ChaCha20Poly1305.Key> keys; // the one that opened the last segment first
    private final byte[] segment = new byte[Crypt4ghFormat.SEGMENT_BYTES];
    private int filled; // of segment; kept when reading or opening it fails
    private long offset;
    private long index;

    /** @param offset of the first segment, in bytes from the start of the file */
    SegmentReader(InputStream in, long offset, List<ChaCha20Poly1305.Key> keys) {
        this.in = in;
        this.offset = offset;
        this.keys = new ArrayList<>(keys);
    }

    /**
     * Whether {@link #next} may decrypt straight into that part of an array. A native cipher copies the whole array
     * back and forth, so that a far larger one would cost more than the copy that is saved.
     */
    static boolean canDecryptInto(byte[] array, int from, int length) {
        return length >= Crypt4ghFormat.SEGMENT_PLAIN_BYTES
                && array.length - from >= Crypt4ghFormat.READ_BUFFER_BYTES
                && array.length <= LARGEST_DIRECT_ARRAY_BYTES;
    }

    /**
     * Decrypts the next segment and answers the length of its plaintext, or {@link #END}.
     *
     * @param out has room for {@link Crypt4ghFormat#READ_BUFFER_BYTES} from {@code at} on
     * @throws TruncatedInputException if the body ends in 1 to 27 bytes, which are no segment
     * @throws AuthenticationFailedException if no data key opens the segment; nothing that stands in {@code out} is to
     *     be used
     */
    int next(byte[] out, int at) throws IOException {
        fill();
        if (filled == 0) {
            return END;
        }
        if (filled < ChaCha20Poly1305.OVERHEAD_BYTES) {
            throw new TruncatedInputException(
                    offset + filled, "the file ends " + filled + " bytes into a segment; the smallest has 28");
        }
        int length = open(out, at);
        offset += filled;
        index++;
        filled = 0;
        return length;
    }

    private void fill() throws IOException {
        while (filled < segment.length) {
            int count = in.read(segment, filled, segment.length - filled);
            if (count < 0) {
                return;
            }
            filled += count;
        }
    }

    private int open(byte[] out, int at) {
        for (int i = 0; i < keys.size(); i++) {
            int length = cipher.open(keys.get(i), segment, 0, filled, out, at);
            if (length != ChaCha20Poly1305.UNAUTHENTIC) {
                Collections.swap(keys, 0, i);
                return length;
            }
        }
        Arrays.fill(out, at, at + filled - ChaCha20Poly1305.OVERHEAD_BYTES, (byte) 0);
        throw new AuthenticationFailedException(
                offset,
                filled < segment.length
                        ? "the last segment, number " + index + ", is not authentic: damaged, changed or cut"
                        : "segment number " + index + " is not authentic: damaged or changed");
    }
}
