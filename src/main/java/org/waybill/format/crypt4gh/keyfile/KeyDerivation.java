package org.waybill.format.crypt4gh.keyfile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.mindrot.jbcrypt.BCrypt;
import org.waybill.format.crypt4gh.ChaCha20Poly1305;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.UnusableKey;

/** How the key that locks a key file comes from its passphrase. */
enum KeyDerivation {
    /** RFC 7914 with N = 2^14, r = 8, p = 1; the rounds of the file are 0 and not used. */
    SCRYPT("scrypt", 0) {
        @Override
        byte[] derive(byte[] passphrase, byte[] salt, int rounds, int length) {
            return SCrypt.generate(passphrase, salt, 1 << 14, 8, 1, length);
        }
    },
    /** bcrypt_pbkdf of OpenBSD; the Python tool uses 100 rounds, OpenSSH 16 or 24. A round takes about 4 ms. */
    BCRYPT("bcrypt", 10_000) {
        @Override
        byte[] derive(byte[] passphrase, byte[] salt, int rounds, int length) {
            byte[] derived = new byte[length];
            new BCrypt().pbkdf(passphrase, salt, rounds, derived);
            return derived;
        }
    },
    /** RFC 8018; the Python tool uses 100,000 rounds. */
    PBKDF2("pbkdf2_hmac_sha256", 10_000_000) {
        @Override
        byte[] derive(byte[] passphrase, byte[] salt, int rounds, int length) {
            PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
            generator.init(passphrase, salt, rounds);
            return ((KeyParameter) generator.generateDerivedParameters(length * Byte.SIZE)).getKey();
        }
    };

    private static final int MAX_BYTES_PER_CHAR = 3; // in UTF-8; a pair of surrogates has 4

    private final String label;
    private final int maxRounds; // a hundred times what is usual: more is a damaged file; 0 where they do not count

    KeyDerivation(String label, int maxRounds) {
        this.label = label;
        this.maxRounds = maxRounds;
    }

    static Optional<KeyDerivation> labelled(String label) {
        return Stream.of(values()).filter(kdf -> kdf.label.equals(label)).findFirst();
    }

    /** The name in the key file. */
    String label() {
        return label;
    }

    /**
     * To be asked before anything is derived: a damaged number of rounds would take hours.
     *
     * @param rounds unsigned
     * @param file for messages
     */
    void requireUsual(int rounds, Path file) {
        long unsigned = Integer.toUnsignedLong(rounds);
        if (maxRounds > 0 && (unsigned < 1 || unsigned > maxRounds)) {
            throw new UnusableKey(
                    file, "the key file is damaged: " + unsigned + " rounds of " + label + "; restore it from a copy");
        }
    }

    /** @throws IllegalArgumentException if the passphrase has half a surrogate pair */
    ChaCha20Poly1305.Key key(char[] passphrase, byte[] salt, int rounds) {
        byte[] derived = bytes(passphrase, salt, rounds, ChaCha20Poly1305.KEY_BYTES);
        try {
            return ChaCha20Poly1305.Key.of(derived);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /**
     * That many bytes, which the caller zeroes.
     *
     * @throws IllegalArgumentException if the passphrase has half a surrogate pair
     */
    byte[] bytes(char[] passphrase, byte[] salt, int rounds, int length) {
        byte[] utf8 = utf8(passphrase);
        try {
            return derive(utf8, salt, rounds, length);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    abstract byte[] derive(byte[] passphrase, byte[] salt, int rounds, int length);

    /** No String, whose characters nobody could zero. */
    private static byte[] utf8(char[] passphrase) {
        ByteBuffer encoded = ByteBuffer.allocate(passphrase.length * MAX_BYTES_PER_CHAR);
        try {
            var encoder = StandardCharsets.UTF_8.newEncoder();
            var result = encoder.encode(CharBuffer.wrap(passphrase), encoded, true);
            if (result.isError()) {
                result.throwException();
            }
            return Arrays.copyOf(encoded.array(), encoded.position());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the passphrase is not text", e);
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }
}
