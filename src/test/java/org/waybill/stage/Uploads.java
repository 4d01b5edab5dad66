package org.waybill.stage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.crypt4gh.Crypt4ghOutputStream;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.format.egaaes.EgaAesOutputStream;

/** A home with a route, its keys and its folders, as an operator would make it; and uploaders who use it. */
public final class Uploads {

    public static final String AES_PASSWORD = "aeskey";

    private static final String ROUTE = """
            route: ega
            description: for tests
            folders:
              incoming: incoming
              archive: archive
            intake:
              manifests: manifests
            transfer:
            %s
            processing:
              partitions: 2
              decrypt:
                crypt4gh: { keys: [keys/node.sec] }
                ega-aes: { password: "file:keys/aes", bits: %d }
              plaintext: %s
              encrypt:
                format: crypt4gh
                recipients: [keys/archive.pub]
            archive:
              sidecars: [md5, sha256]
            """;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path home;
    private final Crypt4ghPublicKey node;

    private Uploads(Path home, Crypt4ghPublicKey node) {
        this.home = home;
        this.node = node;
    }

    /** A home in which files count as arrived at once. */
    public static Uploads in(Path home) throws IOException {
        return in(home, "  rule: renamed", 128, "reject");
    }

    public static Uploads in(Path home, String transfer, int aesBits, String plaintext) throws IOException {
        for (String folder : List.of("jobs", "keys", "incoming", "archive", "manifests")) {
            Files.createDirectories(home.resolve(folder));
        }
        Crypt4ghPublicKey node;
        try (Crypt4ghSecretKey nodeKey = Crypt4ghSecretKey.generate();
                Crypt4ghSecretKey archiveKey = Crypt4ghSecretKey.generate()) {
            node = nodeKey.publicKey();
            KeyFileWriter.writeSecret(nodeKey, home.resolve("keys/node.sec"), null);
            KeyFileWriter.writeSecret(archiveKey, home.resolve("keys/archive.sec"), null);
            KeyFileWriter.writePublic(archiveKey.publicKey(), home.resolve("keys/archive.pub"));
            KeyFileWriter.writePublic(node, home.resolve("keys/node.pub"));
        }
        Files.writeString(home.resolve("jobs/ega.yaml"), ROUTE.formatted(transfer, aesBits, plaintext));
        Uploads uploads = new Uploads(home, node);
        uploads.secret("keys/aes", (AES_PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
        return uploads;
    }

    public Path incoming(String path) throws IOException {
        Path file = home.resolve("incoming").resolve(path);
        Files.createDirectories(file.getParent());
        return file;
    }

    public void manifest(String name, String text) throws IOException {
        Files.writeString(home.resolve("manifests").resolve(name), text);
    }

    /** Uploads a file encrypted for the node. */
    public void crypt4gh(String path, byte[] plain) throws IOException {
        plain(path, encrypted(plain));
    }

    /** The bytes of a file encrypted for the node. */
    public byte[] encrypted(byte[] plain) throws IOException {
        return encryptedFor(node, plain);
    }

    public static byte[] encryptedFor(Crypt4ghPublicKey recipient, byte[] plain) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Crypt4ghOutputStream out = new Crypt4ghOutputStream(file, List.of(recipient))) {
            out.write(plain);
        }
        return file.toByteArray();
    }

    public void egaAes(String path, byte[] plain, int bits) throws IOException {
        plain(path, inEgaAes(AES_PASSWORD, plain, bits));
    }

    /** The bytes of a {@code .cip} file. */
    public static byte[] inEgaAes(String password, byte[] plain, int bits) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (EgaAesKey key = EgaAesKey.derive(password.toCharArray(), bits);
                EgaAesOutputStream out = new EgaAesOutputStream(file, key)) {
            out.write(plain);
        }
        return file.toByteArray();
    }

    /** Rewrites the route. */
    public void route(UnaryOperator<String> change) throws IOException {
        Path route = home.resolve("jobs/ega.yaml");
        Files.writeString(route, change.apply(Files.readString(route)));
    }

    /** Writes a secret that only its owner may read. */
    public void secret(String path, byte[] bytes) throws IOException {
        Path file = Files.createFile(home.resolve(path), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(file, bytes);
    }

    public void plain(String path, byte[] bytes) throws IOException {
        Files.write(incoming(path), bytes, StandardOpenOption.CREATE_NEW);
    }

    /** What the archive holds under a name, decrypted with the keeper's key. */
    public byte[] fromArchive(String name) throws IOException {
        return fromArchive(name, "keys/archive.sec");
    }

    /** What the archive holds under a name, decrypted with the key in that file of the home. */
    public byte[] fromArchive(String name, String keyFile) throws IOException {
        try (Crypt4ghSecretKey key = KeyFileReader.readSecret(home.resolve(keyFile), null);
                var in = new org.waybill.format.crypt4gh.Crypt4ghInputStream(
                        Files.newInputStream(home.resolve("archive").resolve(name)), List.of(key))) {
            return in.readAllBytes();
        }
    }

    public static String hex(ChecksumAlgorithm algorithm, byte[] bytes) {
        return Checksum.of(algorithm, algorithm.newDigest().digest(bytes)).hex();
    }

    public static String md5(byte[] bytes) {
        return hex(ChecksumAlgorithm.MD5, bytes);
    }

    public static String sha256(byte[] bytes) {
        return hex(ChecksumAlgorithm.SHA256, bytes);
    }
}
