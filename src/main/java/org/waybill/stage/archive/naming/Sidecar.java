package org.waybill.stage.archive.naming;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.waybill.storage.FileFacts;
import org.waybill.storage.UnpublishedFile;

/** A check-sum file on its way to its name. */
public record Sidecar(Path path, byte[] line, UnpublishedFile file) {

    /** The mode of everything in the archive. */
    static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r-----");

    /** @param folder where it is written before it gets its name */
    static Sidecar write(Path folder, Path path, byte[] line) throws IOException {
        UnpublishedFile file = UnpublishedFile.in(folder, path, READ_ONLY);
        try {
            file.stream().write(line);
            return new Sidecar(path, line, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Whether a name holds just this line. */
    static boolean holds(Path sidecar, byte[] line) throws IOException {
        FileFacts facts = FileFacts.of(sidecar);
        return facts.isFile() && facts.sizeBytes() == line.length && Arrays.equals(Files.readAllBytes(sidecar), line);
    }

    /**
     * Gives it its name, unless that holds the same line already.
     *
     * @throws FileAlreadyExistsException if it holds another one
     */
    public void publish() throws IOException {
        try {
            file.publish();
        } catch (FileAlreadyExistsException e) {
            if (!holds(path, line)) {
                throw e;
            }
        }
    }

    public void close() throws IOException {
        file.close();
    }
}
