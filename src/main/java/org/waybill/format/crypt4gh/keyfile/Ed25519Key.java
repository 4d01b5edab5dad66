package org.waybill.format.crypt4gh.keyfile;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;

/**
 * Ed25519 keys, made for signing, as the X25519 keys that Crypt4GH agrees with: both curves are the same one in other
 * coordinates (RFC 7748, section 4.1). As libsodium's {@code crypto_sign_ed25519_pk_to_curve25519} and {@code
 * …_sk_to_curve25519}, and so as the Python tool.
 */
final class Ed25519Key {

    /** The length of a point, and of the seed that a secret key is made from, in bytes. */
    static final int BYTES = 32;

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final int SIGN_BIT = 0x80; // of the last byte: which of the two points of this y

    private Ed25519Key() {}

    /** The public key; nothing if the bytes are no point of the curve, or one that everybody knows the secret of. */
    static Optional<Crypt4ghPublicKey> toX25519(byte[] point) {
        boolean usable = point.length == BYTES && Ed25519.validatePublicKeyFull(point, 0);
        return usable ? Optional.of(new Crypt4ghPublicKey(u(point))) : Optional.empty();
    }

    /** u = (1 + y) / (1 - y), little-endian on both sides. */
    private static byte[] u(byte[] point) {
        byte[] bigEndian = reversed(point);
        bigEndian[0] &= (byte) ~SIGN_BIT;
        BigInteger y = new BigInteger(1, bigEndian);
        BigInteger u = BigInteger.ONE
                .add(y)
                .multiply(BigInteger.ONE.subtract(y).modInverse(P))
                .mod(P);
        return Arrays.copyOf(reversed(u.toByteArray()), BYTES);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    /** The point that belongs to a secret key, which is the seed of RFC 8032, section 5.1.5. */
    static byte[] point(byte[] seed) {
        byte[] point = new byte[BYTES];
        Ed25519.generatePublicKey(seed, 0, point, 0);
        return point;
    }

    /** The secret key: the number that the seed stands for. */
    static Crypt4ghSecretKey secretToX25519(byte[] seed) {
        byte[] hash = sha512(seed);
        byte[] number = Arrays.copyOf(hash, BYTES);
        number[0] &= (byte) 0xf8;
        number[BYTES - 1] = (byte) (number[BYTES - 1] & 0x7f | 0x40);
        try {
            return Crypt4ghSecretKey.of(number);
        } finally {
            Arrays.fill(hash, (byte) 0);
            Arrays.fill(number, (byte) 0);
        }
    }

    private static byte[] sha512(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-512", e);
        }
    }
}
