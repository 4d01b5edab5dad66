package org.waybill.stage.rewrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.waybill.format.Checksum;
import org.waybill.format.checksum.SidecarLine;
import org.waybill.ledger.rewrap.ArchivedContent;
import org.waybill.ledger.rewrap.HeaderChange;
import org.waybill.stage.rewrap.Standing.NotAsRecordedException;
import org.waybill.storage.FileFacts;
import org.waybill.storage.UnpublishedFile;

/** The check-sum files beside an archived file: those that are there, whatever the route says now. */
final class Sidecars {

    /** Longer than the line of any name: what is longer is something else. */
    private static final long MOST_BYTES = 1024;

    private final Path publishing;

    /** @param publishing where they are written before they replace the present ones */
    Sidecars(Path publishing) {
        this.publishing = publishing;
    }

    /** @throws NotAsRecordedException if one holds neither what it should nor what the change would put there */
    void require(Path file, ArchivedContent content) throws IOException, NotAsRecordedException {
        for (Checksum old : List.of(content.md5(), content.sha256())) {
            Path sidecar = beside(file, old);
            if (!Files.exists(sidecar, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            boolean renewed = content.begun().isPresent()
                    && holds(sidecar, line(file, renewed(old, content.begun().get())));
            if (!renewed && !holds(sidecar, line(file, old))) {
                throw new NotAsRecordedException("expected " + old.algorithm() + " " + old.hex()
                        + " in its check-sum file, found something else");
            }
        }
    }

    /** Renews those that are there. The force of the folder is left to the caller. */
    void renew(Path file, ArchivedContent content, HeaderChange change) throws IOException {
        for (Checksum old : List.of(content.md5(), content.sha256())) {
            Path sidecar = beside(file, old);
            byte[] line = line(file, renewed(old, change));
            if (!Files.exists(sidecar, LinkOption.NOFOLLOW_LINKS) || holds(sidecar, line)) {
                continue;
            }
            Path next = HeaderSwap.work(publishing, change, "sidecar");
            Files.deleteIfExists(next);
            try (UnpublishedFile written = UnpublishedFile.in(publishing, next, HeaderSwap.READ_ONLY)) {
                written.stream().write(line);
                written.publish();
            }
            Files.move(next, sidecar, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Checksum renewed(Checksum old, HeaderChange change) {
        return old.algorithm() == change.newMd5().algorithm() ? change.newMd5() : change.newSha256();
    }

    private static Path beside(Path file, Checksum checksum) {
        return file.resolveSibling(
                file.getFileName() + "." + checksum.algorithm().label());
    }

    private static byte[] line(Path file, Checksum checksum) {
        String name = Objects.requireNonNull(file.getFileName(), "an archived file has a name")
                .toString();
        return new SidecarLine(checksum, name).text().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean holds(Path sidecar, byte[] line) throws IOException {
        FileFacts facts = FileFacts.of(sidecar);
        return facts.isFile() && facts.sizeBytes() <= MOST_BYTES && Arrays.equals(Files.readAllBytes(sidecar), line);
    }
}
