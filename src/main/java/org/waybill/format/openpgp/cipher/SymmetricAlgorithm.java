package org.waybill.format.openpgp.cipher;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.BlowfishEngine;
import org.bouncycastle.crypto.engines.CAST5Engine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.IDEAEngine;
import org.bouncycastle.crypto.engines.TwofishEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The block ciphers of section 9.3. AES is the Java platform's own, which runs on the processor's AES instructions; the
 * others are Bouncy Castle's.
 */
public enum SymmetricAlgorithm {
    IDEA(1, 16, 8),
    TRIPLE_DES(2, 24, 8),
    CAST5(3, 16, 8),
    BLOWFISH(4, 16, 8),
    AES_128(7, 16, 16),
    AES_192(8, 24, 16),
    AES_256(9, 32, 16),
    TWOFISH(10, 32, 16),
    CAMELLIA_128(11, 16, 16),
    CAMELLIA_192(12, 24, 16),
    CAMELLIA_256(13, 32, 16);

    /** Many independent blocks at once, which is what a processor does fast. */
    interface Blocks {

        /** Transforms {@code length} bytes, whole blocks, from the start of {@code in} to the start of {@code out}. */
        void process(byte[] in, int length, byte[] out);
    }

    private final int id;
    private final int keyBytes;
    private final int blockBytes;

    SymmetricAlgorithm(int id, int keyBytes, int blockBytes) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.blockBytes = blockBytes;
    }

    /** The algorithm of that number, if it is one that we read. */
    public static Optional<SymmetricAlgorithm> numbered(int id) {
        return Arrays.stream(values()).filter(a -> a.id == id).findFirst();
    }

    /** Its number on the wire. */
    public int id() {
        return id;
    }

    public int keyBytes() {
        return keyBytes;
    }

    int blockBytes() {
        return blockBytes;
    }

    boolean isAes() {
        return this == AES_128 || this == AES_192 || this == AES_256;
    }

    /** Each block by itself (ECB), as a part of the modes that OpenPGP uses. */
    Blocks encryption(byte[] key) {
        return isAes() ? aes(key, Cipher.ENCRYPT_MODE) : bouncyCastle(key, true);
    }

    Blocks decryption(byte[] key) {
        return isAes() ? aes(key, Cipher.DECRYPT_MODE) : bouncyCastle(key, false);
    }

    private static Blocks aes(byte[] key, int mode) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"));
            return (in, length, out) -> {
                try {
                    cipher.update(in, 0, length, out, 0);
                } catch (ShortBufferException e) {
                    throw new IllegalStateException("ECB makes as many bytes as it takes", e);
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    private Blocks bouncyCastle(byte[] key, boolean encrypt) {
        BlockCipher cipher = engine();
        cipher.init(encrypt, new KeyParameter(key));
        return (in, length, out) -> {
            for (int at = 0; at < length; at += blockBytes) {
                cipher.processBlock(in, at, out, at);
            }
        };
    }

    private BlockCipher engine() {
        return switch (this) {
            case IDEA -> new IDEAEngine();
            case TRIPLE_DES -> new DESedeEngine();
            case CAST5 -> new CAST5Engine();
            case BLOWFISH -> new BlowfishEngine();
            case TWOFISH -> new TwofishEngine();
            case CAMELLIA_128, CAMELLIA_192, CAMELLIA_256 -> new CamelliaEngine();
            case AES_128, AES_192, AES_256 -> throw new IllegalStateException("AES is the platform's own");
        };
    }
}
