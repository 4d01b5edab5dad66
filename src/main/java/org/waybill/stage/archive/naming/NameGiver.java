package org.waybill.stage.archive.naming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.SidecarLine;
import org.waybill.storage.Directories;
import org.waybill.storage.FileFacts;

/** Gives content a name in the archive, after its check-sum files, and never replaces anything. */
public final class NameGiver {

    private final List<ChecksumAlgorithm> sidecars;
    private final Path publishing;

    /** @param publishing where check-sum files are written before they get their names */
    public NameGiver(List<ChecksumAlgorithm> sidecars, Path publishing) {
        this.sidecars = sidecars;
        this.publishing = publishing;
    }

    public boolean isTooLong(ArchiveName name) {
        return sidecars.stream().anyMatch(name::isTooLong);
    }

    /** What stands already where this content shall stand, or one of its check-sum files, if it is something else. */
    public Optional<Content> other(ArchiveName name, Content content) throws IOException {
        Optional<Path> blocking = name.blockedBy();
        if (blocking.isPresent()) {
            return Optional.of(Content.readBack(blocking.get()));
        }
        if (Files.exists(name.path(), LinkOption.NOFOLLOW_LINKS) && !isSame(name.path(), content)) {
            return Optional.of(Content.readBack(name.path()));
        }
        for (ChecksumAlgorithm algorithm : sidecars) {
            Path sidecar = name.sidecar(algorithm);
            if (Files.exists(sidecar, LinkOption.NOFOLLOW_LINKS)
                    && !Sidecar.holds(sidecar, line(name, algorithm, content))) {
                return Optional.of(Content.readBack(sidecar));
            }
        }
        return Optional.empty();
    }

    /** The check-sum files of content that is to get a name: written, neither forced nor published yet. */
    public List<Sidecar> sidecars(ArchiveName name, Content content) throws IOException {
        Directories.createDurably(Directories.of(name.path()));
        List<Sidecar> written = new ArrayList<>(sidecars.size());
        try {
            for (ChecksumAlgorithm algorithm : sidecars) {
                written.add(Sidecar.write(publishing, name.sidecar(algorithm), line(name, algorithm, content)));
            }
            return written;
        } catch (IOException | RuntimeException e) {
            for (Sidecar sidecar : written) {
                sidecar.close();
            }
            throw e;
        }
    }

    /**
     * Gives the name, unless it has it already. The force of the folder is left to the caller.
     *
     * @throws FileAlreadyExistsException if something else took the name meanwhile; the same may be tried again
     */
    public void give(ArchiveName name, Content content) throws IOException {
        Files.setPosixFilePermissions(content.path(), Sidecar.READ_ONLY);
        try {
            Files.createLink(name.path(), content.path());
        } catch (FileAlreadyExistsException e) {
            if (!isSame(name.path(), content)) {
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
}
