package org.waybill.format.openpgp;

/**
 * What a message may grow to before it is taken for a bomb.
 *
 * @param maxPlainBytes the largest plaintext
 * @param maxExpansion how many bytes of plaintext each byte of the file may give; the first {@link #FREE_BYTES} are free,
 *     so that small files of zeros are no bombs
 * @param maxLayers how many compressed layers and signatures may stand around the data
 */
public record OpenPgpLimits(long maxPlainBytes, int maxExpansion, int maxLayers) {

    /** Plaintext that the expansion is not asked for, in bytes. */
    public static final long FREE_BYTES = 64L << 20;

    /** 16 TiB; 250 to 1, which nothing but runs of one byte reaches; 8 layers, where GnuPG makes two. */
    public static final OpenPgpLimits USUAL = new OpenPgpLimits(16L << 40, 250, 8);

    /** @throws IllegalArgumentException if a limit is not positive */
    public OpenPgpLimits {
        if (maxPlainBytes < 1 || maxExpansion < 1 || maxLayers < 1) {
            throw new IllegalArgumentException("limits of OpenPGP messages are positive");
        }
    }

    void check(long plainBytes, long encryptedBytes) {
        if (plainBytes > maxPlainBytes) {
            throw new TooMuchOutputException(
                    encryptedBytes, "the plaintext is larger than " + maxPlainBytes + " bytes");
        }
        if (plainBytes > FREE_BYTES && plainBytes / maxExpansion > encryptedBytes) {
            throw new TooMuchOutputException(
                    encryptedBytes, "the message inflates to more than " + maxExpansion + " times its size");
        }
    }

    void checkLayers(int layers, long offset) {
        if (layers > maxLayers) {
            throw new TooMuchOutputException(offset, "the data are wrapped in more than " + maxLayers + " layers");
        }
    }
}
