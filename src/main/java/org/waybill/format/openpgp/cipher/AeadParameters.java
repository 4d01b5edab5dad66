package org.waybill.format.openpgp.cipher;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * What stands before authenticated chunks, and the nonces and associated bytes that follow from it (section 5.13.2; for
 * the draft, draft-ietf-openpgp-rfc4880bis-10, section 5.16). Not a record: it holds arrays.
 */
final class AeadParameters {

    static final int BLOCK_BYTES = 16;

    private static final int INDEX_BYTES = 8;
    private static final int SMALLEST_CHUNK_BITS = 6; // 64 bytes

    private final boolean draft;
    private final SymmetricAlgorithm algorithm;
    private final AeadMode mode;
    private final int chunk;
    private final byte[] start;
    private final byte[] associated;

    /** @param start the salt of 32 bytes; in the draft, the first nonce */
    AeadParameters(
            boolean draft, SymmetricAlgorithm algorithm, AeadMode mode, int chunk, byte[] start, byte[] associated) {
        this.draft = draft;
        this.algorithm = algorithm;
        this.mode = mode;
        this.chunk = chunk;
        this.start = start;
        this.associated = associated;
    }

    SymmetricAlgorithm algorithm() {
        return algorithm;
    }

    int chunkBytes() {
        return 1 << (chunk + SMALLEST_CHUNK_BITS);
    }

    /** The key and the start of the nonces, made of the session key. */
    Derived derive(SessionKey session) {
        if (draft) {
            return new Derived(AeadCipher.of(mode, algorithm, session.bytes()), start);
        }
        int keyBytes = algorithm.keyBytes();
        byte[] derived = new byte[keyBytes + mode.nonceBytes() - INDEX_BYTES];
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(session.bytes(), start, associated));
        hkdf.generateBytes(derived, 0, derived.length);
        byte[] key = Arrays.copyOf(derived, keyBytes);
        try {
            AeadCipher cipher = AeadCipher.of(mode, algorithm, key);
            return new Derived(
                    cipher, Arrays.copyOf(Arrays.copyOfRange(derived, keyBytes, derived.length), mode.nonceBytes()));
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(derived, (byte) 0);
        }
    }

    /** The bytes associated with a chunk. */
    byte[] associatedWith(long index) {
        return draft ? append(associated, index) : associated;
    }

    /** The bytes associated with the last tag, which stands for the whole. */
    byte[] associatedWithAll(long chunks, long plainBytes) {
        return append(associatedWith(chunks), plainBytes);
    }

    private static byte[] append(byte[] bytes, long number) {
        return ByteBuffer.allocate(bytes.length + Long.BYTES)
                .put(bytes)
                .putLong(number)
                .array();
    }

    /** A cipher with its key, and the nonce of chunk 0. */
    static final class Derived {

        private final AeadCipher cipher;
        private final byte[] firstNonce;

        Derived(AeadCipher cipher, byte[] firstNonce) {
            this.cipher = cipher;
            this.firstNonce = firstNonce;
        }

        AeadCipher cipher() {
            return cipher;
        }

        /** The index is added without carry; where RFC 9580 puts it, there are zeros before. */
        byte[] nonce(long index) {
            byte[] nonce = firstNonce.clone();
            ByteBuffer last = ByteBuffer.wrap(nonce);
            int at = nonce.length - INDEX_BYTES;
            last.putLong(at, last.getLong(at) ^ index);
            return nonce;
        }
    }
}
