package org.waybill.ledger.postgres.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The databases on disk, and the password of their only user. */
final class PostgresCluster {

    static final String USERNAME = "waybill";

    private static final String NAME = "cluster";
    private static final int PASSWORD_BYTES = 32; // 256 bits: not to be guessed by other users of the machine

    private final Path parent;
    private final Path folder;
    private final Path passwordFile;

    PostgresCluster(Path parent) {
        this.parent = parent;
        this.folder = parent.resolve(NAME);
        this.passwordFile = parent.resolve("password");
    }

    Path folder() {
        return folder;
    }

    /** Makes the cluster if it is not there: UTF-8, sorted by code point, with checksums on its pages. */
    void makeIfMissing(PostgresProgram program, Consumer<String> progress) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        progress.accept("first start: making the database");
        writePasswordIfMissing();
        WholeFolder.make(
                parent,
                NAME,
                unfinished -> program.run(
                        "initdb",
                        List.of(
                                "--pgdata=" + unfinished,
                                "--username=" + USERNAME,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--data-checksums")));
    }

    String password() throws IOException {
        if (!Files.exists(passwordFile)) {
            throw new IOException("the database's password is gone: " + passwordFile
                    + "; put it back from a backup, the database cannot be opened without it");
        }
        return Files.readString(passwordFile).strip();
    }

    private void writePasswordIfMissing() throws IOException {
        if (Files.exists(passwordFile)) {
            return;
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Path unfinished = passwordFile.resolveSibling(".unfinished-password");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(
                    ByteBuffer.wrap((HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(unfinished, passwordFile, StandardCopyOption.ATOMIC_MOVE);
    }
}
