package org.waybill.format.egaaes;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Destroyable;

/** The AES key of a password. Deriving it takes half a millisecond: once per run, not per file. */
public final class EgaAesKey implements Destroyable, AutoCloseable {

    private final byte[] bytes;
    private boolean destroyed;

    private EgaAesKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * PBKDF2 with HMAC-SHA1, EGA's salt and 1,024 rounds.
     *
     * @param password in UTF-8 where it is not ASCII; stays the caller's, who zeroes it
     * @param bits 128 or 256
     * @throws IllegalArgumentException for other sizes, or for an empty password
     */
    public static EgaAesKey derive(char[] password, int bits) {
        if (bits != 128 && bits != 256) {
            throw new IllegalArgumentException("EGA AES keys have 128 or 256 bits, not " + bits);
        }
        if (password.length == 0) {
            throw new IllegalArgumentException("the password of an EGA AES key is empty");
        }
        PBEKeySpec spec = new PBEKeySpec(password, EgaAesFormat.salt(), EgaAesFormat.KEY_DERIVATION_ROUNDS, bits);
        try {
            SecretKeyFactory factory = SecretKeyFactory.getInstance(EgaAesFormat.KEY_DERIVATION);
            return new EgaAesKey(factory.generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + EgaAesFormat.KEY_DERIVATION, e);
        } finally {
            spec.clearPassword();
        }
    }

    /** The length of the key in bits. */
    public int bits() {
        return bytes.length * Byte.SIZE;
    }

    /** A cipher at the start of a plaintext; counter mode is the same in both directions. */
    Cipher cipher(byte[] iv) {
        if (destroyed) {
            throw new IllegalStateException("the EGA AES key was destroyed");
        }
        try {
            Cipher cipher = Cipher.getInstance(EgaAesFormat.CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(bytes, "AES"), new IvParameterSpec(iv));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + EgaAesFormat.CIPHER, e);
        }
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public void close() {
        destroy();
    }

    @Override
    public String toString() {
        return "EGA AES key of " + bits() + " bits";
    }
}
