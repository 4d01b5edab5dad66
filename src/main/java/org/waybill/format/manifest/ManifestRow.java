package org.waybill.format.manifest;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.waybill.format.Checksum;
import org.waybill.format.Side;

/** What became of one row of a manifest. */
public sealed interface ManifestRow {

    /**
     * Where the row begins: the number of its line, from 1; in JSON the number of the element, from 1. One line of a
     * table of paired files gives two rows.
     */
    long line();

    /**
     * A file that will come.
     *
     * @param datasetId a single path segment
     */
    record Declared(
            long line,
            EntryName name,
            Facts plain,
            Facts encrypted,
            Optional<String> fileId,
            Optional<String> datasetId)
            implements ManifestRow {

        /** @throws IllegalArgumentException if neither a size nor a checksum is declared */
        public Declared {
            if (plain.isEmpty() && encrypted.isEmpty()) {
                throw new IllegalArgumentException("a declared file has a size or a checksum");
            }
        }

        /** What is declared of that side; empty facts if nothing is. */
        public Facts of(Side side) {
            return side == Side.PLAIN ? plain : encrypted;
        }
    }

    /**
     * A row that declares no file.
     *
     * @param name the name as far as it could be read, control characters as {@code ?}, cut at 255 characters
     * @param detail what was expected and what was found; without the row's content
     */
    record Rejected(long line, Optional<String> name, RowFault fault, String detail) implements ManifestRow {}

    /**
     * What is declared of one side of a file. All of it must hold.
     *
     * @param sizeBytes zero or more
     * @param checksums at most one of each algorithm, strongest first
     */
    record Facts(OptionalLong sizeBytes, List<Checksum> checksums) {

        public static final Facts NONE = new Facts(OptionalLong.empty(), List.of());

        /** @throws IllegalArgumentException if the size is negative or an algorithm stands twice */
        public Facts {
            if (sizeBytes.orElse(0) < 0) {
                throw new IllegalArgumentException("a size is not negative");
            }
            checksums = checksums.stream()
                    .sorted(Comparator.comparing(Checksum::algorithm).reversed())
                    .toList();
            for (int i = 1; i < checksums.size(); i++) {
                if (checksums.get(i).algorithm() == checksums.get(i - 1).algorithm()) {
                    throw new IllegalArgumentException("one checksum of each algorithm");
                }
            }
        }

        /** Whether nothing is declared. */
        public boolean isEmpty() {
            return sizeBytes.isEmpty() && checksums.isEmpty();
        }
    }
}
