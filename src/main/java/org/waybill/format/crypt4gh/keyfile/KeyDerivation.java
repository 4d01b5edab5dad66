package org.waybill.format.crypt4gh.keyfile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.waybill.format.crypt4gh.ChaCha20Poly1305;

/** How the key that locks a key file comes from its passphrase. */
enum KeyDerivation {
    /** RFC 7914 with N = 2^14, r = 8, p = 1; the rounds of the file are 0 and not used. */
    SCRYPT("scrypt") {
        @Override
        byte[] derive(byte[] passphrase, byte[] salt, int rounds) {
            return SCrypt.generate(passphrase, salt, 1 << 14, 8, 1, ChaCha20Poly1305.KEY_BYTES);
        }
    },
    /** RFC 8018; the Python tool uses 100,000 rounds. */
    PBKDF2("pbkdf2_hmac_sha256") {
        @Override
        byte[] derive(byte[] passphrase, byte[] salt, int rounds) {
            PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
            generator.init(passphrase, salt, rounds);
            int bits = ChaCha20Poly1305.KEY_BYTES * Byte.SIZE;
            return ((KeyParameter) generator.generateDerivedParameters(bits)).getKey();
        }
    };

    private static final int MAX_BYTES_PER_CHAR = 3; // in UTF-8; a pair of surrogates has 4

    private final String label;

    KeyDerivation(String label) {
        this.label = label;
    }

    static Optional<KeyDerivation> labelled(String label) {
        return Stream.of(values()).filter(kdf -> kdf.label.equals(label)).findFirst();
    }

    /** The name in the key file. */
    String label() {
        return label;
    }

    /** @throws IllegalArgumentException if the passphrase has half a surrogate pair */
    ChaCha20Poly1305.Key key(char[] passphrase, byte[] salt, int rounds) {
        byte[] utf8 = utf8(passphrase);
        byte[] derived = derive(utf8, salt, rounds);
        try {
            return ChaCha20Poly1305.Key.of(derived);
        } finally {
            Arrays.fill(utf8, (byte) 0);
            Arrays.fill(derived, (byte) 0);
        }
    }

    abstract byte[] derive(byte[] passphrase, byte[] salt, int rounds);

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
