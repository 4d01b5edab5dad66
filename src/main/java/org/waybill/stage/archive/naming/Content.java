package org.waybill.stage.archive.naming;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.DigestingInputStream;
import org.waybill.format.checksum.Digests;
import org.waybill.storage.FileFacts;

/** Bytes that are to have a name, or that have one already, and their measures. */
public record Content(Path path, long sizeBytes, Checksum md5, Checksum sha256) {

    /** What stands under a name, read back whole; for anything but a regular file, the measures of nothing. */
    static Content readBack(Path path) throws IOException {
        Digests digests = new Digests(EnumSet.of(ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA256));
        if (!FileFacts.of(path).isFile()) {
            return of(path, 0, digests.finish());
        }
        try (DigestingInputStream in =
                new DigestingInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), digests)) {
            in.transferTo(OutputStream.nullOutputStream());
            List<Checksum> found = in.finish();
            return of(path, in.count(), found);
        }
    }

    /** Whether something that was read back holds the same bytes. */
    public boolean isSameAs(Content other) {
        return sizeBytes == other.sizeBytes && sha256.equals(other.sha256);
    }

    Checksum checksum(ChecksumAlgorithm algorithm) {
        return algorithm == ChecksumAlgorithm.MD5 ? md5 : sha256;
    }

    private static Content of(Path path, long sizeBytes, List<Checksum> checksums) {
        return new Content(path, sizeBytes, checksums.get(0), checksums.get(1));
    }
}
