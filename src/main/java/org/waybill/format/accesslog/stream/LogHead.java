package org.waybill.format.accesslog.stream;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;

/**
 * What a log is known by, whatever it is called and whether it was compressed since: the SHA-256 of the beginning of its
 * uncompressed content.
 *
 * <p>The head are all complete lines within the first {@link #MAX_BYTES}; if the first line alone is longer, the first
 * {@link #MAX_BYTES} themselves. A log without either has no head, and nothing to read yet.
 *
 * <p>A log only grows, so its head does, until the log has {@link #MAX_BYTES}; from then on it stays. A head that was kept
 * is compared over as many bytes as it was made of ({@link #isOf}), so a younger one is recognised in the grown log. Keep
 * the longest: replace the kept head by {@link #of} whenever that has more bytes. Where several kept heads fit one log,
 * the one of the most bytes is meant ({@link #bestOf}).
 *
 * @param bytes how many bytes the digest is of: 1 to {@link #MAX_BYTES}
 */
public record LogHead(int bytes, Checksum sha256) {

    /** The most bytes that a head is of, and as many as its methods must be given where the log has so many. */
    public static final int MAX_BYTES = 4096;

    /** @throws IllegalArgumentException if it is of no or too many bytes, or the checksum is another */
    public LogHead {
        if (bytes < 1 || bytes > MAX_BYTES || sha256.algorithm() != ChecksumAlgorithm.SHA256) {
            throw new IllegalArgumentException("a head is the SHA-256 of 1 to " + MAX_BYTES + " bytes");
        }
    }

    /**
     * The first {@link #MAX_BYTES} of the uncompressed content, or all if it has fewer.
     *
     * @param in a log from its beginning, plain or gzip; is not closed
     * @throws org.waybill.format.MalformedInputException if it is damaged gzip
     */
    public static byte[] read(InputStream in) throws IOException {
        return LogContent.of(in).readNBytes(MAX_BYTES);
    }

    /** The head of the log that begins so; nothing if it has no complete line yet and is shorter than a head can be. */
    public static Optional<LogHead> of(byte[] beginning) {
        int within = Math.min(beginning.length, MAX_BYTES);
        int end = within;
        while (end > 0 && beginning[end - 1] != '\n') {
            end--;
        }
        int bytes = end == 0 && within == MAX_BYTES ? MAX_BYTES : end;
        return bytes == 0 ? Optional.empty() : Optional.of(new LogHead(bytes, digest(beginning, bytes)));
    }

    /** Whether this is, or once was, the head of the log that begins so. */
    public boolean isOf(byte[] beginning) {
        return beginning.length >= bytes && digest(beginning, bytes).equals(sha256);
    }

    /** Of those that fit the log that begins so, the one of the most bytes. */
    public static Optional<LogHead> bestOf(Stream<LogHead> kept, byte[] beginning) {
        return kept.filter(head -> head.isOf(beginning)).max(Comparator.comparingInt(LogHead::bytes));
    }

    private static Checksum digest(byte[] beginning, int bytes) {
        MessageDigest digest = ChecksumAlgorithm.SHA256.newDigest();
        return Checksum.of(ChecksumAlgorithm.SHA256, digest.digest(Arrays.copyOf(beginning, bytes)));
    }
}
