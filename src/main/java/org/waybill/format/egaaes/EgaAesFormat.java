package org.waybill.format.egaaes;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import org.waybill.format.TruncatedInputException;

/**
 * The wire format of <a href="https://github.com/EGA-archive/ega-decryptor">EGA's AES files</a>: the initial counter (16
 * bytes, big-endian, all 128 bits of it count), then the plaintext under AES in counter mode. No magic, no MAC.
 */
public final class EgaAesFormat {

    /** The initial counter, in bytes: what the file is longer than its plaintext. */
    public static final int IV_BYTES = 16;

    static final String CIPHER = "AES/CTR/NoPadding";
    static final String KEY_DERIVATION = "PBKDF2WithHmacSHA1";
    static final int KEY_DERIVATION_ROUNDS = 1_024;

    static final int BUFFER_BYTES = 65_536;

    /** Java compiles what is called often; its fast counter mode only begins after some ten thousand calls. */
    private static final int PIECE_BYTES = 4_096;

    private static final byte[] SALT = {
        (byte) 0xf4, 0x22, 0x01, 0x00, (byte) 0x9e, (byte) 0xdf, 0x4e, 0x15 // 8 bytes, the same for everybody
    };

    private EgaAesFormat() {}

    /** The size in bytes of the file, which is what EGA lists as its {@code fileSize}. */
    public static long encryptedSize(long plainSizeBytes) {
        return Math.addExact(plainSizeBytes, IV_BYTES);
    }

    /**
     * The size in bytes of the plaintext.
     *
     * @throws TruncatedInputException if the file is shorter than its initial counter
     */
    public static long plainSize(long encryptedSizeBytes) {
        if (encryptedSizeBytes < IV_BYTES) {
            throw shorterThanIv(encryptedSizeBytes);
        }
        return encryptedSizeBytes - IV_BYTES;
    }

    /** The name of the provider that this machine uses, such as {@code SunJCE}. */
    public static String providerName() {
        try {
            return Cipher.getInstance(CIPHER).getProvider().getName();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + CIPHER, e);
        }
    }

    static TruncatedInputException shorterThanIv(long sizeBytes) {
        return new TruncatedInputException(sizeBytes, "an EGA AES file starts with 16 bytes of counter");
    }

    static byte[] salt() {
        return SALT.clone();
    }

    /** Encrypts or decrypts, which is the same, from one array into another: in the same one Java would copy it first. */
    static void update(Cipher cipher, byte[] in, int from, int length, byte[] out, int at) {
        try {
            for (int done = 0; done < length; done += PIECE_BYTES) {
                cipher.update(in, from + done, Math.min(PIECE_BYTES, length - done), out, at + done);
            }
        } catch (ShortBufferException e) {
            throw new IllegalStateException("counter mode makes as many bytes as it takes", e);
        }
    }
}
