package org.waybill.cli.run.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Sequencing reads that nobody has: FASTQ records of {@value #READ_BASES} random bases, with qualities as a machine that rounds
 * them would write. The same number gives the same bytes.
 */
final class SyntheticReads {

    private static final int READ_BASES = 100;
    private static final int RECORDS_AT_ONCE = 512;
    private static final byte[] BASES = ascii("ACGT");
    private static final byte[] QUALITIES = ascii("FFFFFFFFFFFF::,#");
    private static final byte[] RECORD =
            ascii("@DEMO.0000000000\n" + "N".repeat(READ_BASES) + "\n+\n" + "#".repeat(READ_BASES) + "\n");
    private static final int NUMBER_END = 16; // of the record's number, which has 10 digits
    private static final int BASES_START = 17;
    private static final int QUALITIES_START = BASES_START + READ_BASES + 3;

    private final SplittableRandom random;
    private final byte[] records = new byte[RECORDS_AT_ONCE * RECORD.length];
    private long number;

    SyntheticReads(long seed) {
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < RECORDS_AT_ONCE; i++) {
            System.arraycopy(RECORD, 0, records, i * RECORD.length, RECORD.length);
        }
    }

    /** Writes exactly so many bytes; the last record may be cut. */
    void writeTo(OutputStream out, long bytes) throws IOException {
        for (long left = bytes; left > 0; ) {
            for (int record = 0; record < records.length; record += RECORD.length) {
                fill(record);
            }
            int count = (int) Math.min(left, records.length);
            out.write(records, 0, count);
            left -= count;
        }
    }

    private void fill(int record) {
        long digits = ++number;
        for (int at = record + NUMBER_END - 1; digits > 0; at--) {
            records[at] = (byte) ('0' + digits % 10);
            digits /= 10;
        }
        draw(record + BASES_START, BASES, 2);
        draw(record + QUALITIES_START, QUALITIES, 4);
    }

    /** @param bits of randomness that each letter takes */
    private void draw(int from, byte[] letters, int bits) {
        int perNumber = Long.SIZE / bits;
        for (int i = 0; i < READ_BASES; ) {
            long bitsLeft = random.nextLong();
            int end = Math.min(READ_BASES, i + perNumber);
            for (; i < end; i++) {
                records[from + i] = letters[(int) (bitsLeft & (letters.length - 1))];
                bitsLeft >>>= bits;
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
