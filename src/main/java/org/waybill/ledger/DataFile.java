package org.waybill.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.format.Checksum;
import org.waybill.format.Side;

/**
 * A file as the stages see it: where it is and what was declared of it.
 *
 * @param id ledger id, the identity of the file
 * @param path path in its datasets, without an encryption suffix
 * @param arrivedAs path below the incoming folder under which it arrived; null before
 * @param receivedSize size as it arrived in bytes; null before
 * @param declaredSizePlain declared size of its content in bytes, if any
 * @param declaredSizeEncrypted declared size of the file as sent in bytes, if any
 */
public record DataFile(
        long id,
        String path,
        FileState state,
        @Nullable String arrivedAs,
        @Nullable Long receivedSize,
        @Nullable Long declaredSizePlain,
        @Nullable Long declaredSizeEncrypted,
        List<DeclaredChecksum> declaredChecksums) {

    /** A checksum that a manifest declares, and of which bytes. */
    public record DeclaredChecksum(Side side, Checksum checksum) {}

    public DataFile {
        declaredChecksums = List.copyOf(declaredChecksums);
    }

    /** The declared checksums of one side, strongest first. */
    public List<Checksum> declaredChecksums(Side side) {
        return declaredChecksums.stream()
                .filter(declared -> declared.side() == side)
                .map(DeclaredChecksum::checksum)
                .sorted((a, b) -> b.algorithm().compareTo(a.algorithm()))
                .toList();
    }
}
