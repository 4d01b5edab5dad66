package org.waybill.stage.processing.checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The plaintext of one file as it is read, in pieces, none of which is left behind when it grows. */
final class Collected {

    private static final int PIECE_BYTES = 1 << 20;

    private final List<byte[]> pieces = new ArrayList<>();
    private int inLast = PIECE_BYTES;
    private long count;

    long count() {
        return count;
    }

    void add(byte[] bytes, int length) {
        for (int done = 0; done < length; ) {
            if (inLast == PIECE_BYTES) {
                pieces.add(new byte[PIECE_BYTES]);
                inLast = 0;
            }
            int taken = Math.min(length - done, PIECE_BYTES - inLast);
            System.arraycopy(bytes, done, pieces.get(pieces.size() - 1), inLast, taken);
            inLast += taken;
            done += taken;
        }
        count += length;
    }

    /** All of it, for the caller to erase; nothing is left here. */
    byte[] take() {
        byte[] whole = new byte[Math.toIntExact(count)];
        int at = 0;
        for (byte[] piece : pieces) {
            int length = Math.min(piece.length, whole.length - at);
            System.arraycopy(piece, 0, whole, at, length);
            at += length;
        }
        erase();
        return whole;
    }

    void erase() {
        pieces.forEach(piece -> Arrays.fill(piece, (byte) 0));
        pieces.clear();
        inLast = PIECE_BYTES;
        count = 0;
    }
}
