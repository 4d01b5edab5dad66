package org.waybill.stage.processing.pass;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.DataFormat;
import org.waybill.format.Side;
import org.waybill.format.egaaes.EgaAesFormat;
import org.waybill.ledger.Contents.Completeness;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;

/** Compares what was declared of a file with what was found. Every declared size and checksum counts. */
record Verification(DataFile file) {

    /** The algorithms whose checksums are declared of one side, and others. */
    Set<ChecksumAlgorithm> algorithms(Side side, Set<ChecksumAlgorithm> others) {
        Set<ChecksumAlgorithm> algorithms = EnumSet.noneOf(ChecksumAlgorithm.class);
        algorithms.addAll(others);
        file.declaredChecksums(side).forEach(checksum -> algorithms.add(checksum.algorithm()));
        return algorithms;
    }

    /** @throws FileRejectedException if a size is declared of that side, and another one was found */
    void size(Side side, long foundBytes) throws FileRejectedException {
        Long declared = declaredSize(side);
        if (declared != null && declared != foundBytes) {
            throw new FileRejectedException(
                    side == Side.PLAIN ? Reason.PLAIN_SIZE_MISMATCH : Reason.ENCRYPTED_SIZE_MISMATCH,
                    "expected " + declared + " bytes, found " + foundBytes);
        }
    }

    /**
     * @param suspicion what is to be said of the difference, if there is one
     * @throws FileRejectedException if a checksum is declared of that side, and another value was found
     */
    void checksums(Side side, List<Checksum> found, String suspicion) throws FileRejectedException {
        for (Checksum declared : file.declaredChecksums(side)) {
            if (!found.contains(declared)) {
                String actual = found.stream()
                        .filter(checksum -> checksum.algorithm() == declared.algorithm())
                        .map(Checksum::toString)
                        .findFirst()
                        .orElse("none");
                throw new FileRejectedException(
                        side == Side.PLAIN ? Reason.PLAIN_CHECKSUM_MISMATCH : Reason.ENCRYPTED_CHECKSUM_MISMATCH,
                        "expected " + declared + ", found " + actual + suspicion);
            }
        }
    }

    /**
     * Looks at a {@code .cip} before it is decrypted: its size says all that its format can tell.
     *
     * @throws FileRejectedException if nothing could prove its content, or it is of another size than was declared
     * @throws org.waybill.format.TruncatedInputException if it is shorter than its counter
     */
    void egaAes(long receivedBytes) throws FileRejectedException {
        if (file.declaredChecksums(Side.PLAIN).isEmpty()) {
            throw new FileRejectedException(
                    Reason.UNPROVABLE, "expected a declared checksum of the plain content, found none");
        }
        long found = EgaAesFormat.plainSize(receivedBytes);
        Long declared = file.declaredSizePlain();
        if (declared != null && declared != found) {
            long end = EgaAesFormat.encryptedSize(declared);
            throw new FileRejectedException(
                    Reason.PLAIN_SIZE_MISMATCH,
                    "expected " + declared + " bytes, found " + found
                            + (receivedBytes < end
                                    ? ": cut at byte " + receivedBytes + " of " + end
                                    : ": " + (receivedBytes - end) + " too many, perhaps those from byte " + end
                                            + " on"));
        }
    }

    /**
     * Where the fault may lie if the content has another checksum.
     *
     * @param throughRes whether the re-encryption service had a hand in it
     */
    String suspicion(DataFormat format, boolean throughRes) {
        if (format != DataFormat.EGA_AES) {
            return "";
        }
        boolean isAsSent = !file.declaredChecksums(Side.ENCRYPTED).isEmpty();
        return (isAsSent
                        ? ": the file is as it was sent, so the password, its bits or the declared checksum is wrong"
                        : ": bytes were changed, from byte 0 on, or the password or its bits are wrong; .cip does not tell")
                + (throughRes ? ", or RES is at fault" : "");
    }

    /** What proves that nothing is missing, once everything that is declared has matched. */
    Completeness completeness(DataFormat format) {
        if (!file.declaredChecksums().isEmpty()) {
            return Completeness.DIGEST;
        }
        boolean sized = file.declaredSizePlain() != null || file.declaredSizeEncrypted() != null;
        if (sized) {
            return Completeness.SIZE;
        }
        return format == DataFormat.OPENPGP ? Completeness.FORMAT : Completeness.UNPROVEN;
    }

    /** Of what needed no decryption, we know what the service should have had in its hands. */
    static void requireSame(List<Checksum> ofReceived, List<Checksum> ofContent) throws IOException {
        Checksum expected = value(ofReceived, ChecksumAlgorithm.SHA256);
        Checksum found = value(ofContent, ChecksumAlgorithm.SHA256);
        if (!found.equals(expected)) {
            throw new IOException("expected " + expected + " of the re-encryption service, found " + found
                    + ": look into its own log, and run again");
        }
    }

    static Checksum value(List<Checksum> checksums, ChecksumAlgorithm algorithm) {
        return checksums.stream()
                .filter(checksum -> checksum.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
    }

    private @Nullable Long declaredSize(Side side) {
        return side == Side.PLAIN ? file.declaredSizePlain() : file.declaredSizeEncrypted();
    }
}
