package org.waybill.format.crypt4gh;

import java.util.Arrays;
import java.util.Base64;

/** The X25519 public key of a reader or writer of Crypt4GH files. A value, and not a secret. */
public final class Crypt4ghPublicKey {

    /** The length of a key in bytes. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    /**
     * The key of the 32 bytes of RFC 7748, section 5, which are copied.
     *
     * @throws IllegalArgumentException if there are not 32
     */
    public Crypt4ghPublicKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a Crypt4GH public key has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Crypt4ghPublicKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The key in base64, as the second line of its key file has it. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
