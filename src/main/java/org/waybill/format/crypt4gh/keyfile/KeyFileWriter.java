package org.waybill.format.crypt4gh.keyfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;

/** Writes key files that every Crypt4GH implementation reads. A file that exists is never touched. */
public final class KeyFileWriter {

    private static final String OWNER_ONLY = "rw-------";
    private static final String FOR_ALL = "rw-r--r--";

    private KeyFileWriter() {}

    /**
     * Writes a secret key with mode 0600 from its first instant, and forces it to disk.
     *
     * @param passphrase locks the key by scrypt and ChaCha20-Poly1305; null leaves it open. Stays the caller's, who
     *     zeroes it
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws FileAlreadyExistsException if there is such a file
     */
    public static void writeSecret(Crypt4ghSecretKey key, Path file, char @Nullable [] passphrase) throws IOException {
        if (passphrase != null && passphrase.length == 0) {
            throw new IllegalArgumentException("the passphrase is empty; give one, or none at all");
        }
        SecretKeyBody body = SecretKeyBody.of(key, passphrase);
        byte[] bytes = body.bytes();
        byte[] pem = pem(passphrase == null ? "CRYPT4GH PRIVATE KEY" : "CRYPT4GH ENCRYPTED PRIVATE KEY", bytes);
        try {
            create(file, pem, OWNER_ONLY);
        } finally {
            body.erase();
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(pem, (byte) 0);
        }
    }

    /**
     * Writes a public key, readable by all whom the umask allows, and forces it to disk.
     *
     * @throws FileAlreadyExistsException if there is such a file
     */
    public static void writePublic(Crypt4ghPublicKey key, Path file) throws IOException {
        create(file, pem("CRYPT4GH PUBLIC KEY", key.bytes()), FOR_ALL);
    }

    /** One line of base64, as most implementations write it; all read that. */
    private static byte[] pem(String label, byte[] body) {
        byte[] base64 = Base64.getEncoder().encode(body);
        byte[] start = ("-----BEGIN " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] end = ("\n-----END " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] pem = ByteBuffer.allocate(start.length + base64.length + end.length)
                .put(start)
                .put(base64)
                .put(end)
                .array();
        Arrays.fill(base64, (byte) 0);
        return pem;
    }

    private static void create(Path file, byte[] content, String mode) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
        try (channel) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
