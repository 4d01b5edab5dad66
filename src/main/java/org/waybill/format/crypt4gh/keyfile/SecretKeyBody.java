package org.waybill.format.crypt4gh.keyfile;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.format.crypt4gh.ChaCha20Poly1305;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.PassphraseNeeded;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.UnusableKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.WrongPassphrase;

/**
 * What stands between the labels of a secret key's file: {@code "c4gh-v1", kdf, [rounds ‖ salt], cipher, blob,
 * [comment]}, each with its length before it (2 bytes, big-endian) but the first; no options where the kdf is none.
 */
final class SecretKeyBody {

    private static final byte[] MAGIC = "c4gh-v1".getBytes(StandardCharsets.US_ASCII);
    private static final String NONE = "none";
    private static final String CIPHER = "chacha20_poly1305";
    private static final int SALT_BYTES = 16;
    private static final int ROUNDS_BYTES = 4; // big-endian
    private static final int MAX_BODY_BYTES = 512;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Optional<KeyDerivation> derivation; // nothing if the key is not locked
    private final int rounds;
    private final byte[] salt;
    private final byte[] blob; // nonce, ciphertext and MAC of the key; if it is not locked, the key itself

    private SecretKeyBody(Optional<KeyDerivation> derivation, int rounds, byte[] salt, byte[] blob) {
        this.derivation = derivation;
        this.rounds = rounds;
        this.salt = salt;
        this.blob = blob;
    }

    /** @param file for messages */
    static SecretKeyBody parse(byte[] body, Path file) {
        try {
            ByteBuffer fields = ByteBuffer.wrap(body).position(MAGIC.length);
            String kdf = text(fields);
            ByteBuffer options = ByteBuffer.wrap(kdf.equals(NONE) ? new byte[ROUNDS_BYTES] : string(fields));
            int rounds = options.getInt();
            byte[] salt = new byte[options.remaining()];
            options.get(salt);
            String cipher = text(fields);
            byte[] blob = string(fields);
            if (!cipher.equals(kdf.equals(NONE) ? NONE : CIPHER)) {
                throw new UnusableKey(file, "the key is locked by an unknown cipher; make a new one");
            }
            return new SecretKeyBody(derivation(kdf, rounds, file), rounds, salt, blob);
        } catch (BufferUnderflowException e) {
            throw new UnusableKey(file, "the key file is cut or damaged; restore it from a copy");
        }
    }

    private static Optional<KeyDerivation> derivation(String kdf, int rounds, Path file) {
        if (kdf.equals(NONE)) {
            return Optional.empty();
        }
        KeyDerivation known = KeyDerivation.labelled(kdf)
                .orElseThrow(() -> new UnusableKey(file, "the key is locked in an unknown way; make a new one"));
        known.requireUsual(rounds, file);
        return Optional.of(known);
    }

    /** @param file for messages */
    Crypt4ghSecretKey unlock(char @Nullable [] passphrase, Path file) {
        if (derivation.isEmpty()) {
            return secretKey(blob, blob.length, file);
        }
        if (passphrase == null) {
            throw new PassphraseNeeded(file);
        }
        byte[] raw = new byte[blob.length];
        try (ChaCha20Poly1305.Key key = derivation.get().key(passphrase, salt, rounds)) {
            int length = new ChaCha20Poly1305().open(key, blob, 0, blob.length, raw, 0);
            if (length == ChaCha20Poly1305.UNAUTHENTIC) {
                throw new WrongPassphrase(file);
            }
            return secretKey(raw, length, file);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    private static Crypt4ghSecretKey secretKey(byte[] raw, int length, Path file) {
        if (length != Crypt4ghSecretKey.BYTES) {
            throw new UnusableKey(file, "the key has " + length + " bytes, not 32; restore it from a copy");
        }
        byte[] exact = Arrays.copyOf(raw, length);
        try {
            return Crypt4ghSecretKey.of(exact);
        } finally {
            Arrays.fill(exact, (byte) 0);
        }
    }

    /** Locks a key with scrypt, or leaves it open. */
    static SecretKeyBody of(Crypt4ghSecretKey secret, char @Nullable [] passphrase) {
        byte[] raw = secret.copyBytes();
        if (passphrase == null) {
            return new SecretKeyBody(Optional.empty(), 0, new byte[0], raw);
        }
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] blob = new byte[raw.length + ChaCha20Poly1305.OVERHEAD_BYTES];
        try (ChaCha20Poly1305.Key key = KeyDerivation.SCRYPT.key(passphrase, salt, 0)) {
            new ChaCha20Poly1305().seal(key, raw, 0, raw.length, blob, 0);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
        return new SecretKeyBody(Optional.of(KeyDerivation.SCRYPT), 0, salt, blob);
    }

    byte[] bytes() {
        ByteBuffer body = ByteBuffer.allocate(MAX_BODY_BYTES).put(MAGIC);
        putText(body, derivation.map(KeyDerivation::label).orElse(NONE));
        if (derivation.isPresent()) {
            body.putShort((short) (ROUNDS_BYTES + salt.length)).putInt(rounds).put(salt);
        }
        putText(body, derivation.isPresent() ? CIPHER : NONE);
        body.putShort((short) blob.length).put(blob);
        byte[] exact = Arrays.copyOf(body.array(), body.position());
        Arrays.fill(body.array(), (byte) 0);
        return exact;
    }

    /** Zeroes the blob, which is the key itself where it is not locked. */
    void erase() {
        Arrays.fill(blob, (byte) 0);
    }

    private static void putText(ByteBuffer body, String text) {
        body.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer fields) {
        return new String(string(fields), StandardCharsets.US_ASCII);
    }

    private static byte[] string(ByteBuffer fields) {
        int length = Short.toUnsignedInt(fields.getShort());
        if (length > fields.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        fields.get(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return derivation.map(KeyDerivation::label).orElse(NONE);
    }
}
