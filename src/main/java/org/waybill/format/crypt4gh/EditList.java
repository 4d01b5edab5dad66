package org.waybill.format.crypt4gh;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Which parts of the decrypted plaintext are the content of the file (section "Edit List"): skip, keep, skip, keep …,
 * in bytes. Of an odd list the last number is skipped and all that follows is kept; after an even list all that follows
 * is dropped; an empty list keeps everything.
 *
 * @param lengths in bytes; numbers beyond 2^63 - 1 are taken as that, which is more than any file has
 */
public record EditList(List<Long> lengths) {

    static final EditList KEEP_ALL = new EditList(List.of());

    public EditList {
        lengths = List.copyOf(lengths);
    }

    /** Reads {@code count} little-endian numbers of 8 bytes. */
    static EditList read(ByteBuffer numbers, int count) {
        List<Long> lengths = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long length = numbers.getLong();
            lengths.add(length < 0 ? Long.MAX_VALUE : length);
        }
        return new EditList(lengths);
    }

    Cursor cursor() {
        return new Cursor(lengths);
    }

    /** Walks through the list while the plaintext passes by. */
    static final class Cursor {

        private final Iterator<Long> lengths;
        private long toSkip;
        private long toKeep;

        private Cursor(List<Long> lengths) {
            this.lengths = lengths.iterator();
            this.toKeep = lengths.isEmpty() ? Long.MAX_VALUE : 0;
        }

        /** How many of the next {@code available} bytes are to be dropped. */
        int skip(int available) {
            advance();
            int skipped = (int) Math.min(available, toSkip);
            toSkip -= skipped;
            return skipped;
        }

        /** How many of the next {@code available} bytes are content, none being due to be dropped first. */
        int keep(int available) {
            advance();
            if (toSkip > 0) {
                return 0;
            }
            int kept = (int) Math.min(available, toKeep);
            toKeep -= kept;
            return kept;
        }

        /** Whether the next {@code length} bytes are content, all of them. */
        boolean keepsNext(int length) {
            advance();
            return toSkip == 0 && toKeep >= length;
        }

        private void advance() {
            while (toSkip == 0 && toKeep == 0) {
                if (!lengths.hasNext()) {
                    toSkip = Long.MAX_VALUE;
                    return;
                }
                toSkip = lengths.next();
                toKeep = lengths.hasNext() ? lengths.next() : Long.MAX_VALUE;
            }
        }
    }
}
