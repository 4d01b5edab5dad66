package org.waybill.format.openpgp.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.EAXBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.OCBBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** The modes of section 9.6, for reading. AES goes through the platform's own cipher, but for the rare EAX. */
interface AeadCipher {

    /** The length of every tag, in bytes. */
    int TAG_BYTES = 16;

    /**
     * Opens one chunk.
     *
     * @param in ciphertext from its start on, and the tag; {@code length} counts both
     * @return whether the tag was right; if not, what stands in {@code out} is not to be used
     */
    boolean open(byte[] nonce, byte[] associated, byte[] in, int length, byte[] out);

    static AeadCipher of(AeadMode mode, SymmetricAlgorithm algorithm, byte[] key) {
        boolean aes = algorithm.isAes();
        return switch (mode) {
            case GCM -> aes ? gcm(key) : of(GCMBlockCipher.newInstance(new CamelliaEngine()), key);
            case OCB ->
                aes
                        ? new OcbDecryption(algorithm, key)
                        : of(new OCBBlockCipher(new CamelliaEngine(), new CamelliaEngine()), key);
            case EAX -> of(new EAXBlockCipher(aes ? AESEngine.newInstance() : new CamelliaEngine()), key);
        };
    }

    private static AeadCipher gcm(byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            SecretKeySpec secret = new SecretKeySpec(key, "AES");
            return (nonce, associated, in, length, out) -> {
                try {
                    cipher.init(Cipher.DECRYPT_MODE, secret, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
                    cipher.updateAAD(associated);
                    cipher.doFinal(in, 0, length, out, 0);
                    return true;
                } catch (AEADBadTagException e) {
                    return false;
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("GCM takes a nonce of " + nonce.length + " bytes", e);
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in GCM", e);
        }
    }

    private static AeadCipher of(AEADBlockCipher cipher, byte[] key) {
        KeyParameter secret = new KeyParameter(key);
        return (nonce, associated, in, length, out) -> {
            try {
                cipher.init(false, new AEADParameters(secret, TAG_BYTES * Byte.SIZE, nonce, associated));
                int count = cipher.processBytes(in, 0, length, out, 0);
                cipher.doFinal(out, count);
                return true;
            } catch (InvalidCipherTextException e) {
                return false;
            }
        };
    }
}
