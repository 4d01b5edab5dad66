package org.waybill.format.openpgp.cipher;

import java.util.Arrays;

/** The key of one message's data. {@link #close()} zeroes it; the ciphers' copies are left to memory management. */
public final class SessionKey implements AutoCloseable {

    private final SymmetricAlgorithm algorithm;
    private final byte[] bytes;
    private final boolean certain;

    /**
     * @param bytes copied; the caller zeroes its own
     * @param certain whether a checksum or tag vouched for the key; without one, a wrong password gives a wrong key
     * @throws IllegalArgumentException if that is not the length of the algorithm's keys
     */
    public SessionKey(SymmetricAlgorithm algorithm, byte[] bytes, boolean certain) {
        if (bytes.length != algorithm.keyBytes()) {
            throw new IllegalArgumentException(algorithm + " has keys of " + algorithm.keyBytes() + " bytes");
        }
        this.algorithm = algorithm;
        this.bytes = bytes.clone();
        this.certain = certain;
    }

    SymmetricAlgorithm algorithm() {
        return algorithm;
    }

    boolean isCertain() {
        return certain;
    }

    /** The key itself, not a copy. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "session key of " + algorithm;
    }
}
