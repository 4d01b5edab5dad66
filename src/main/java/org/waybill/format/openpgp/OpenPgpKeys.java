package org.waybill.format.openpgp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.Destroyable;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.PBESecretKeyDecryptor;
import org.bouncycastle.openpgp.operator.PGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.waybill.format.openpgp.OpenPgpKeyException.PassphraseNeeded;
import org.waybill.format.openpgp.OpenPgpKeyException.UnusableKey;
import org.waybill.format.openpgp.OpenPgpKeyException.WrongPassphrase;
import org.waybill.format.openpgp.packet.OpenPgpFormat;

/**
 * Our secret keys, unlocked once, and the passwords of messages encrypted without keys. May be used by several threads.
 * {@link #close()} zeroes the passwords and lets go of the keys, whose numbers Bouncy Castle leaves to memory management;
 * using them afterwards is an {@link IllegalStateException}.
 */
public final class OpenPgpKeys implements Destroyable, AutoCloseable {

    private final Map<String, OpenPgpKey> keys = new LinkedHashMap<>(); // by fingerprint
    private final List<PGPPrivateKey> unlocked = new ArrayList<>();
    private final List<char[]> passwords;
    private volatile boolean destroyed;

    private OpenPgpKeys(List<char[]> passwords) {
        this.passwords = passwords.stream().map(char[]::clone).toList();
    }

    /**
     * Reads and unlocks all secret keys that can decrypt. A key whose secret part is not in the file (on a card, or taken
     * out) is passed by, and listed as not present.
     *
     * @param files of secret keys, armoured or not, as {@code gpg --export-secret-keys} writes them
     * @param passphrase of the keys; null if they are not locked. Stays the caller's, who zeroes it
     * @param passwords for messages encrypted by {@code gpg --symmetric}; stay the caller's
     * @throws OpenPgpKeyException if a file holds no secret key that can decrypt, or one locked by another passphrase
     * @throws IOException if a file cannot be read
     */
    public static OpenPgpKeys open(List<Path> files, char @Nullable [] passphrase, List<char[]> passwords)
            throws IOException {
        OpenPgpKeys opened = new OpenPgpKeys(passwords);
        try {
            for (Path file : files) {
                opened.add(file, passphrase);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void add(Path file, char @Nullable [] passphrase) throws IOException {
        List<PGPSecretKeyRing> rings = new ArrayList<>();
        for (Object object : KeyRingFile.read(file)) {
            if (object instanceof PGPSecretKeyRing ring) {
                rings.add(ring);
            }
        }
        if (rings.isEmpty()) {
            throw new UnusableKey(
                    file, "a public key, and a secret one is needed here; write it with \"gpg --export-secret-keys\"");
        }
        int before = keys.size();
        for (PGPSecretKeyRing ring : rings) {
            Optional<Instant> ringExpires = expiry(ring.getPublicKey());
            for (PGPSecretKey key : ring) {
                if (canDecrypt(key.getPublicKey().getAlgorithm())) {
                    add(file, key, ringExpires, passphrase);
                }
            }
        }
        if (keys.size() == before) {
            throw new UnusableKey(file, "no key in it can decrypt, or all were in another file");
        }
    }

    private void add(Path file, PGPSecretKey secret, Optional<Instant> ringExpires, char @Nullable [] passphrase) {
        OpenPgpKey key = describe(secret, ringExpires);
        if (keys.putIfAbsent(key.fingerprint(), key) == null && key.present()) {
            unlocked.add(unlock(file, secret, key.keyId(), passphrase));
        }
    }

    private static PGPPrivateKey unlock(Path file, PGPSecretKey secret, String keyId, char @Nullable [] passphrase) {
        boolean locked = secret.getS2KUsage() != 0;
        if (locked && passphrase == null) {
            throw new PassphraseNeeded(file, keyId);
        }
        try {
            PBESecretKeyDecryptor decryptor =
                    new BcPBESecretKeyDecryptorBuilder(digests()).build(passphrase == null ? new char[0] : passphrase);
            PGPPrivateKey key = secret.extractPrivateKey(decryptor);
            if (key != null) {
                return key;
            }
        } catch (PGPException | RuntimeException e) {
            if (locked) {
                throw new WrongPassphrase(file, keyId);
            }
        }
        throw new UnusableKey(file, "the key " + keyId + " is damaged or of an unknown kind; export it again");
    }

    /** The Java platform's digests: a passphrase is hashed through 65 MB, for which Bouncy Castle's take far longer. */
    static PGPDigestCalculatorProvider digests() throws PGPException {
        return new JcaPGPDigestCalculatorProviderBuilder().build();
    }

    private static OpenPgpKey describe(PGPSecretKey secret, Optional<Instant> ringExpires) {
        PGPPublicKey key = secret.getPublicKey();
        Optional<Instant> expires =
                Stream.of(expiry(key), ringExpires).flatMap(Optional::stream).min(Instant::compareTo);
        return new OpenPgpKey(
                OpenPgpFormat.keyId(key.getKeyID()),
                OpenPgpSigners.hex(key.getFingerprint()),
                algorithm(key.getAlgorithm()),
                key.getBitStrength(),
                expires,
                key.hasRevocation(),
                !secret.isPrivateKeyEmpty());
    }

    private static Optional<Instant> expiry(PGPPublicKey key) {
        long seconds = key.getValidSeconds();
        return seconds <= 0
                ? Optional.empty()
                : Optional.of(key.getCreationTime().toInstant().plusSeconds(seconds));
    }

    private static boolean canDecrypt(int algorithm) {
        return !algorithm(algorithm).isEmpty();
    }

    private static String algorithm(int number) {
        return switch (number) {
            case PublicKeyAlgorithmTags.RSA_GENERAL, PublicKeyAlgorithmTags.RSA_ENCRYPT -> "RSA";
            case PublicKeyAlgorithmTags.ELGAMAL_ENCRYPT, PublicKeyAlgorithmTags.ELGAMAL_GENERAL -> "ElGamal";
            case PublicKeyAlgorithmTags.ECDH -> "ECDH";
            case PublicKeyAlgorithmTags.X25519 -> "X25519";
            case PublicKeyAlgorithmTags.X448 -> "X448";
            default -> "";
        };
    }

    /** Our keys that messages can be encrypted for, also those whose secret part is missing; known even after closing. */
    public List<OpenPgpKey> keys() {
        return List.copyOf(keys.values());
    }

    /** The keys of that id; all, where the id is 0: the recipient is hidden (section 5.1.8). */
    List<PGPPrivateKey> candidates(long keyId) {
        requireAlive();
        return unlocked.stream()
                .filter(key -> keyId == 0 || key.getKeyID() == keyId)
                .toList();
    }

    List<char[]> passwords() {
        requireAlive();
        return passwords;
    }

    @Override
    public void destroy() {
        destroyed = true;
        passwords.forEach(password -> Arrays.fill(password, '\0'));
        unlocked.clear();
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
        return keys.size() + " OpenPGP keys";
    }

    private void requireAlive() {
        if (destroyed) {
            throw new IllegalStateException("the OpenPGP keys were destroyed");
        }
    }
}
