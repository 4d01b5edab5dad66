package org.waybill.stage.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.SidecarLine;
import org.waybill.storage.Directories;
import org.waybill.storage.FileFacts;
import org.waybill.storage.UnpublishedFile;

/** Gives content a name in the archive, with its check-sum files before it, and never replaces anything. */
final class NameGiver {

    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r-----");

    private final List<ChecksumAlgorithm> sidecars;
    private final Path publishing;

    /** @param publishing where check-sum files are written before they get their names */
    NameGiver(List<ChecksumAlgorithm> sidecars, Path publishing) {
        this.sidecars = sidecars;
        this.publishing = publishing;
    }

    boolean isTooLong(ArchiveName name) {
        return sidecars.stream().anyMatch(name::isTooLong);
    }

    /** What stands already where this content shall stand, or one of its check-sum files, if it is something else. */
    Optional<Content> other(ArchiveName name, Content content) throws IOException {
        Optional<Path> blocking = name.blockedBy();
        if (blocking.isPresent()) {
            return Optional.of(Content.readBack(blocking.get()));
        }
        if (Files.exists(name.path(), LinkOption.NOFOLLOW_LINKS) && !isSame(name.path(), content)) {
            return Optional.of(Content.readBack(name.path()));
        }
        for (ChecksumAlgorithm algorithm : sidecars) {
            Path sidecar = name.sidecar(algorithm);
            if (Files.exists(sidecar, LinkOption.NOFOLLOW_LINKS) && !holds(sidecar, line(name, algorithm, content))) {
                return Optional.of(Content.readBack(sidecar));
            }
        }
        return Optional.empty();
    }

    /**
     * Gives the name, unless it has it already. The force of the folder is left to the caller.
     *
     * @throws FileAlreadyExistsException if something else took the name meanwhile; the same may be tried again
     */
    void give(ArchiveName name, Content content) throws IOException {
        Directories.createDurably(Directories.of(name.path()));
        for (ChecksumAlgorithm algorithm : sidecars) {
            writeSidecar(name.sidecar(algorithm), line(name, algorithm, content));
        }
        Files.setPosixFilePermissions(content.path(), READ_ONLY);
        try {
            Files.createLink(name.path(), content.path());
        } catch (FileAlreadyExistsException e) {
            if (!isSame(name.path(), content)) {
                throw e;
            }
        }
    }

    private void writeSidecar(Path sidecar, byte[] line) throws IOException {
        try (UnpublishedFile file = UnpublishedFile.in(publishing, sidecar)) {
            file.stream().write(line);
            file.publish(READ_ONLY);
        } catch (FileAlreadyExistsException e) {
            if (!holds(sidecar, line)) {
                throw e;
            }
        }
    }

    private static byte[] line(ArchiveName name, ChecksumAlgorithm algorithm, Content content) {
        return new SidecarLine(content.checksum(algorithm), name.fileName())
                .text()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isSame(Path standing, Content content) throws IOException {
        FileFacts facts = FileFacts.of(standing);
        if (!facts.isFile() || facts.sizeBytes() != content.sizeBytes()) {
            return false;
        }
        return facts.isSameInodeAs(FileFacts.of(content.path()))
                || Content.readBack(standing).isSameAs(content);
    }

    private static boolean holds(Path sidecar, byte[] line) throws IOException {
        FileFacts facts = FileFacts.of(sidecar);
        return facts.isFile() && facts.sizeBytes() == line.length && Arrays.equals(Files.readAllBytes(sidecar), line);
    }
}
