package org.waybill.ledger.postgres.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL, unpacked from the class path. */
final class PostgresBinaries {

    /** Of the archives on the class path, which do not say it themselves. */
    static final String VERSION = "18.6.0";

    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> DATA = PosixFilePermissions.fromString("rw-------");
    private static final int ANY_EXECUTE_BIT = 0111;

    private PostgresBinaries() {}

    /** The folder below {@code parent} that holds {@code bin}, {@code lib} and {@code share}. */
    static Path unpackedBelow(Path parent, Consumer<String> progress) throws IOException {
        String name = "binaries-" + VERSION;
        WholeFolder.make(parent, name, unfinished -> {
            progress.accept("first start: unpacking PostgreSQL " + VERSION);
            unpack(archiveName(), unfinished);
        });
        return parent.resolve(name);
    }

    private static String archiveName() throws IOException {
        String architecture = System.getProperty("os.arch", "");
        return switch (architecture) {
            case "amd64", "x86_64" -> "postgres-linux-x86_64.txz";
            case "aarch64", "arm64" -> "postgres-linux-arm_64.txz";
            default -> throw new IOException("no PostgreSQL is brought along for processors of type " + architecture);
        };
    }

    private static void unpack(String archive, Path folder) throws IOException {
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new IOException("this build of Waybill does not contain " + archive);
            }
            TarArchiveInputStream entries =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)));
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entry, entries, inside(folder, entry.getName()));
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            Files.setPosixFilePermissions(target, (entry.getMode() & ANY_EXECUTE_BIT) != 0 ? PROGRAM : DATA);
        }
    }

    private static Path inside(Path folder, String name) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("the archive of PostgreSQL names a file outside of its folder");
        }
        return target;
    }
}
