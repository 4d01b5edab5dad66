package org.waybill.format.crypt4gh;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import org.conscrypt.Conscrypt;

/**
 * ChaCha20-IETF-Poly1305 (RFC 8439) without associated data, in the one layout that header packets, segments and key
 * files share: nonce (12 bytes), ciphertext, MAC (16). For one thread at a time.
 */
public final class ChaCha20Poly1305 {

    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 12;
    public static final int TAG_BYTES = 16;

    /** What sealing adds: nonce and MAC, in bytes. */
    public static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

    /** What {@link #open} answers when the MAC is wrong: another key, or other bytes. */
    public static final int UNAUTHENTIC = -1;

    private static final Backend FASTEST = fastest();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Backend backend;
    private final byte[] lastNonce = new byte[NONCE_BYTES];
    private Cipher cipher;

    public ChaCha20Poly1305() {
        this(FASTEST);
    }

    ChaCha20Poly1305(Backend backend) {
        this.backend = backend;
        this.cipher = backend.newCipher();
    }

    /** The name of the provider that this machine uses, such as {@code Conscrypt} or {@code SunJCE}. */
    public static String providerName() {
        return FASTEST.newCipher().getProvider().getName();
    }

    /**
     * Encrypts under a fresh random nonce, and answers the length of what was written: {@code length + 28}.
     *
     * @param out takes nonce, ciphertext and MAC from {@code at} on; not the array of the plaintext
     */
    public int seal(Key key, byte[] plain, int from, int length, byte[] out, int at) {
        RANDOM.nextBytes(lastNonce);
        System.arraycopy(lastNonce, 0, out, at, NONCE_BYTES);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(lastNonce));
            return NONCE_BYTES + cipher.doFinal(plain, from, length, out, at + NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 could not encrypt", e);
        }
    }

    /**
     * Decrypts {@code length} bytes of nonce, ciphertext and MAC, and answers the length of the plaintext, {@code
     * length - 28}, or {@link #UNAUTHENTIC}, and then what stands in {@code out} means nothing.
     *
     * @param out has room for {@code length - 12} bytes from {@code at} on: some providers ask for the MAC's too
     */
    public int open(Key key, byte[] sealed, int from, int length, byte[] out, int at) {
        if (length < OVERHEAD_BYTES) {
            return UNAUTHENTIC;
        }
        renewIfNonceRepeats(sealed, from);
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(lastNonce));
            return cipher.doFinal(sealed, from + NONCE_BYTES, length - NONCE_BYTES, out, at);
        } catch (AEADBadTagException e) {
            return UNAUTHENTIC;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 could not decrypt", e);
        }
    }

    /** A JDK cipher refuses the key and nonce that it used last, even to decrypt; a doubled segment has them. */
    private void renewIfNonceRepeats(byte[] sealed, int from) {
        if (Arrays.equals(sealed, from, from + NONCE_BYTES, lastNonce, 0, NONCE_BYTES)) {
            cipher = backend.newCipher();
        }
        System.arraycopy(sealed, from, lastNonce, 0, NONCE_BYTES);
    }

    /** Before JDK 21 the JDK's own runs at about 400 MB/s on a core and Conscrypt's at 2,300; on 25 at 3,500. */
    private static Backend fastest() {
        return Runtime.version().feature() < 21 && Conscrypt.isAvailable() ? Backend.CONSCRYPT : Backend.JDK;
    }

    /** Where the arithmetic is done. */
    enum Backend {
        /** BoringSSL; its native part is missing on some platforms (arm64, musl). Never registered with the JVM. */
        CONSCRYPT {
            @Override
            Cipher create() throws GeneralSecurityException {
                return Cipher.getInstance("ChaCha20/Poly1305/NoPadding", BoringSsl.PROVIDER);
            }
        },
        JDK {
            @Override
            Cipher create() throws GeneralSecurityException {
                return Cipher.getInstance("ChaCha20-Poly1305");
            }
        };

        abstract Cipher create() throws GeneralSecurityException;

        Cipher newCipher() {
            try {
                return create();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no ChaCha20-Poly1305 (" + this + ")", e);
            }
        }
    }

    /** Loads the native library when it is first wanted, and not where the JDK is faster. */
    private static final class BoringSsl {
        static final Provider PROVIDER = Conscrypt.newProvider();
    }

    /** A key that can be zeroed, which {@link javax.crypto.spec.SecretKeySpec} can not. */
    public static final class Key implements SecretKey, AutoCloseable {

        private final byte[] bytes;
        private boolean destroyed;

        private Key(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The key of the first 32 bytes, which are copied. */
        public static Key of(byte[] bytes) {
            if (bytes.length < KEY_BYTES) {
                throw new IllegalArgumentException("a ChaCha20 key has 32 bytes, not " + bytes.length);
            }
            return new Key(Arrays.copyOf(bytes, KEY_BYTES));
        }

        static Key random() {
            byte[] bytes = new byte[KEY_BYTES];
            RANDOM.nextBytes(bytes);
            return new Key(bytes);
        }

        @Override
        public String getAlgorithm() {
            return "ChaCha20";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            if (destroyed) {
                throw new IllegalStateException("the key was destroyed");
            }
            return bytes.clone();
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
            return "ChaCha20 key";
        }
    }
}
