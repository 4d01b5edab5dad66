package org.waybill.stage.archive.naming;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.DataFormat;
import org.waybill.ledger.Publications.Publication;
import org.waybill.ledger.Publications.WantedBy;

/**
 * The final name of a file below the archive folder: {@code dataset/path.c4gh}, or {@code .cip}; of version 2
 * {@code dataset/path.v2.c4gh}, and so on.
 */
public record ArchiveName(Path archive, WantedBy dataset, String relative) {

    private static final int MAX_SEGMENT_BYTES = 255; // NAME_MAX of ext4, XFS, Btrfs and NFS

    public static ArchiveName of(Path archive, WantedBy dataset, Publication file, DataFormat format) {
        String version = file.version() == 1 ? "" : ".v" + file.version();
        return new ArchiveName(archive, dataset, dataset.name() + "/" + file.path() + version + format.suffix());
    }

    Path path() {
        return archive.resolve(relative);
    }

    String fileName() {
        return relative.substring(relative.lastIndexOf('/') + 1);
    }

    Path sidecar(ChecksumAlgorithm algorithm) {
        return archive.resolve(sidecarName(algorithm));
    }

    /** Whether no file system has room for the name, or for that of its check-sum file. */
    boolean isTooLong(ChecksumAlgorithm sidecar) {
        String longest =
                sidecarName(sidecar).substring(relative.length() - fileName().length());
        return longest.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES;
    }

    /** The nearest name above that is taken by something else than a folder. */
    Optional<Path> blockedBy() {
        for (Path above = path().getParent(); above != null && !above.equals(archive); above = above.getParent()) {
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                return Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS) ? Optional.empty() : Optional.of(above);
            }
        }
        return Optional.empty();
    }

    private String sidecarName(ChecksumAlgorithm algorithm) {
        return relative + "." + algorithm.label();
    }
}
