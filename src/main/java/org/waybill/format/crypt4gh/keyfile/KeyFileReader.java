package org.waybill.format.crypt4gh.keyfile;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.UnusableKey;

/** Reads the key files of every Crypt4GH implementation, by their content. */
public final class KeyFileReader {

    private KeyFileReader() {}

    /**
     * Reads the key that others encrypt for.
     *
     * @throws KeyFileException if the file holds no public key
     * @throws IOException if the file cannot be read
     */
    public static Crypt4ghPublicKey readPublic(Path file) throws IOException {
        try (KeyFileContent content = KeyFileContent.read(file)) {
            return switch (content.kind()) {
                case PUBLIC_KEY -> new Crypt4ghPublicKey(content.bytes());
                case OPENSSH_PUBLIC_KEY -> OpenSshPublicKey.read(content.bytes(), file);
                case SECRET_KEY, C4GH_SECRET_KEY, OPENSSH_SECRET_KEY ->
                    throw new UnusableKey(file, "a secret key, and a public one is needed here; name the .pub file");
                default -> throw unusable(file, content);
            };
        }
    }

    /**
     * Reads a secret key, and unlocks it if it is locked.
     *
     * @param passphrase null if there is none; not looked at if the key is not locked; stays the caller's, who zeroes
     *     it
     * @throws KeyFileException if the file holds no secret key, or one that is locked by another passphrase
     * @throws IOException if the file cannot be read
     */
    public static Crypt4ghSecretKey readSecret(Path file, char @Nullable [] passphrase) throws IOException {
        try (KeyFileContent content = KeyFileContent.read(file)) {
            return switch (content.kind()) {
                case SECRET_KEY -> Crypt4ghSecretKey.of(content.bytes());
                case C4GH_SECRET_KEY -> unlock(content.bytes(), passphrase, file);
                case OPENSSH_SECRET_KEY -> OpenSshSecretKey.read(content.bytes(), passphrase, file);
                case OPENSSH_PUBLIC_KEY ->
                    throw new UnusableKey(
                            file, "a public key, and a secret one is needed here; name the file without .pub");
                case PUBLIC_KEY ->
                    throw new UnusableKey(file, "a public key, and a secret one is needed here; name the .sec file");
                default -> throw unusable(file, content);
            };
        }
    }

    private static Crypt4ghSecretKey unlock(byte[] bytes, char @Nullable [] passphrase, Path file) {
        SecretKeyBody body = SecretKeyBody.parse(bytes, file);
        try {
            return body.unlock(passphrase, file);
        } finally {
            body.erase();
        }
    }

    private static UnusableKey unusable(Path file, KeyFileContent content) {
        return new UnusableKey(file, content.kind() + ", not a Crypt4GH key; make one with \"waybill crypt keygen\"");
    }
}
