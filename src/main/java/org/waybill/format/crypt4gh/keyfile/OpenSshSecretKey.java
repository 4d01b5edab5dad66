package org.waybill.format.crypt4gh.keyfile;

import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.PassphraseNeeded;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.UnusableKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.WrongPassphrase;

/**
 * What stands between the labels of an OpenSSH secret key's file (<a
 * href="https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key">PROTOCOL.key</a>): {@code
 * "openssh-key-v1\0", cipher, kdf, [salt, rounds], 1, public key, secret section}. In the section, which is padded and
 * perhaps locked: {@code check, check, kind, public key, seed ‖ public key, comment}.
 */
final class OpenSshSecretKey {

    private static final int MAGIC_BYTES = 15;
    private static final int IV_BYTES = 16;
    private static final String NONE = "none";

    /** What ssh-keygen locks with where it is not told otherwise, now (ctr) or years ago (cbc), and their sisters. */
    private enum Lock {
        AES128_CTR("aes128-ctr", 16, "AES/CTR/NoPadding"),
        AES192_CTR("aes192-ctr", 24, "AES/CTR/NoPadding"),
        AES256_CTR("aes256-ctr", 32, "AES/CTR/NoPadding"),
        AES128_CBC("aes128-cbc", 16, "AES/CBC/NoPadding"),
        AES192_CBC("aes192-cbc", 24, "AES/CBC/NoPadding"),
        AES256_CBC("aes256-cbc", 32, "AES/CBC/NoPadding");

        private final String label;
        private final int keyBytes;
        private final String transformation;

        Lock(String label, int keyBytes, String transformation) {
            this.label = label;
            this.keyBytes = keyBytes;
            this.transformation = transformation;
        }

        static Optional<Lock> labelled(String label) {
            return Stream.of(values()).filter(lock -> lock.label.equals(label)).findFirst();
        }

        /** @throws GeneralSecurityException if the section has no whole number of blocks */
        byte[] open(byte[] section, char[] passphrase, byte[] salt, int rounds) throws GeneralSecurityException {
            byte[] keyAndIv = KeyDerivation.BCRYPT.bytes(passphrase, salt, rounds, keyBytes + IV_BYTES);
            try {
                Cipher cipher = Cipher.getInstance(transformation);
                cipher.init(
                        Cipher.DECRYPT_MODE,
                        new SecretKeySpec(keyAndIv, 0, keyBytes, "AES"),
                        new IvParameterSpec(keyAndIv, keyBytes, IV_BYTES));
                return cipher.doFinal(section);
            } finally {
                Arrays.fill(keyAndIv, (byte) 0);
            }
        }
    }

    private final String cipher;
    private final String kdf;
    private final byte[] kdfOptions;
    private final byte[] point;
    private final byte[] section;
    private final Path file;

    private OpenSshSecretKey(OpenSshFields fields, Path file) {
        fields.skip(MAGIC_BYTES);
        this.cipher = fields.text();
        this.kdf = fields.text();
        this.kdfOptions = fields.string();
        if (fields.number() != 1) {
            throw new UnusableKey(file, "not one OpenSSH key but several; give each its own file");
        }
        this.point = OpenSshPublicKey.point(fields.string(), file);
        this.section = fields.string();
        this.file = file;
    }

    /**
     * The key as Crypt4GH uses it.
     *
     * @param body with its magic; stays the caller's, who zeroes it
     * @param file for messages
     */
    static Crypt4ghSecretKey read(byte[] body, char @Nullable [] passphrase, Path file) {
        try {
            OpenSshSecretKey key = new OpenSshSecretKey(new OpenSshFields(body), file);
            byte[] opened = key.open(passphrase);
            try {
                return key.x25519(opened);
            } finally {
                Arrays.fill(opened, (byte) 0);
                Arrays.fill(key.section, (byte) 0);
            }
        } catch (BufferUnderflowException e) {
            throw new UnusableKey(file, OpenSshPublicKey.DAMAGED);
        }
    }

    private byte[] open(char @Nullable [] passphrase) {
        if (cipher.equals(NONE) && kdf.equals(NONE)) {
            return section.clone();
        }
        Optional<Lock> lock = Lock.labelled(cipher);
        if (lock.isEmpty() || !kdf.equals(KeyDerivation.BCRYPT.label())) {
            throw new UnusableKey(
                    file,
                    "the OpenSSH key is locked by a cipher that is not supported; lock it anew with"
                            + " \"ssh-keygen -p -Z aes256-ctr -f FILE\"");
        }
        OpenSshFields options = new OpenSshFields(kdfOptions);
        byte[] salt = options.string();
        int rounds = options.number();
        KeyDerivation.BCRYPT.requireUsual(rounds, file);
        if (passphrase == null) {
            throw new PassphraseNeeded(file);
        }
        try {
            return lock.get().open(section, passphrase, salt, rounds);
        } catch (GeneralSecurityException e) {
            throw new UnusableKey(file, OpenSshPublicKey.DAMAGED);
        }
    }

    /** The two checks are the same random number: nothing else tells a wrong passphrase. */
    private Crypt4ghSecretKey x25519(byte[] opened) {
        OpenSshFields fields = new OpenSshFields(opened);
        int check = fields.number();
        if (fields.number() != check) {
            throw cipher.equals(NONE) ? new UnusableKey(file, OpenSshPublicKey.DAMAGED) : new WrongPassphrase(file);
        }
        String kind = fields.text();
        fields.string();
        byte[] seedAndPoint = fields.string();
        byte[] seed = Arrays.copyOf(seedAndPoint, Ed25519Key.BYTES);
        try {
            boolean whole = kind.equals(OpenSshPublicKey.ED25519)
                    && seedAndPoint.length == 2 * Ed25519Key.BYTES
                    && Arrays.equals(Ed25519Key.point(seed), point);
            if (!whole) {
                throw new UnusableKey(file, OpenSshPublicKey.DAMAGED);
            }
            return Ed25519Key.secretToX25519(seed);
        } finally {
            Arrays.fill(seedAndPoint, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }
}
