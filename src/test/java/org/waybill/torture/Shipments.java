package org.waybill.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.waybill.stage.Consignment;
import org.waybill.stage.Consignment.Fact;
import org.waybill.stage.Consignment.Facts;
import org.waybill.stage.Uploads;

/** Datasets of files of mixed sizes and formats, some of them bad: always the same ones for the same number. */
public final class Shipments {

    /** Stands in the plain content of every file that is not tiny. */
    public static final String CANARY = "CANARY-of-the-plain-content-1f6a";

    private static final int[] SIZES = {0, 1, 40, 4096, 65_535, 65_536, 65_537, 300_000, 2_000_000};

    private Shipments() {}

    /** Sends a dataset of as many files. */
    public static void send(Path home, Uploads uploads, int number, int files) throws IOException {
        Consignment consignment = new Consignment(home);
        Random random = new Random(number);
        for (int i = 0; i < files; i++) {
            byte[] plain = content(random, SIZES[random.nextInt(SIZES.length)]);
            String path = "batch" + number + "/file" + i;
            byte[] crypt4gh = uploads.encrypted(plain);
            Facts facts = Facts.ofPlain(plain);
            switch (i % 10) {
                case 3 -> consignment.add(path + ".cip", Uploads.inEgaAes(Uploads.AES_PASSWORD, plain, 128), facts);
                case 5 -> consignment.add(path + ".c4gh", Arrays.copyOf(crypt4gh, crypt4gh.length - 1), facts);
                case 7 -> consignment.add(path + ".c4gh", crypt4gh, facts.with(Fact.PLAIN_MD5, "0".repeat(32)));
                default -> consignment.add(path + ".c4gh", crypt4gh, facts);
            }
        }
        consignment.declareAs("D" + number);
    }

    private static byte[] content(Random random, int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        byte[] canary = CANARY.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at + canary.length <= size; at += 4096) {
            System.arraycopy(canary, 0, content, at, canary.length);
        }
        return content;
    }
}
