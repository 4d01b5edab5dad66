package org.waybill.format.manifest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.Side;
import org.waybill.format.manifest.ManifestRow.Declared;
import org.waybill.format.manifest.ManifestRow.Facts;
import org.waybill.format.manifest.ManifestRow.Rejected;

/**
 * A row while it is read: takes what is written, checks it, and becomes a {@link Declared} or, by the first fault that
 * was found, a {@link Rejected}. An empty value counts as not written.
 */
final class RowDraft {

    private static final int MAX_ID_CHARACTERS = 255;
    private static final int MAX_SHOWN_CHARACTERS = 255;

    private final long line;
    private final Map<Side, OptionalLong> sizes = new EnumMap<>(Side.class);
    private final Map<Side, EnumMap<ChecksumAlgorithm, Checksum>> checksums = new EnumMap<>(Side.class);
    private Optional<String> shownName = Optional.empty();
    private Optional<String> fileId = Optional.empty();
    private Optional<String> datasetId = Optional.empty();
    private @Nullable EntryName name;
    private @Nullable RowFault fault;
    private String detail = "";

    RowDraft(long line) {
        this.line = line;
    }

    static Rejected rejected(long line, RowFault fault, String detail) {
        return new Rejected(line, Optional.empty(), fault, detail);
    }

    RowDraft name(String written) {
        String normalised = EntryName.normalised(written);
        shownName = Optional.of(normalised).filter(shown -> !shown.isEmpty()).map(RowDraft::shown);
        Optional<RowFault> found = EntryName.faultOf(normalised);
        if (found.isPresent()) {
            return reject(found.get(), found.get().cause());
        }
        name = new EntryName(normalised);
        return this;
    }

    /** Takes a checksum whose algorithm shows by its length. */
    RowDraft checksum(Side side, String hex) {
        if (hex.isEmpty()) {
            return this;
        }
        return ChecksumAlgorithm.ofHexDigits(hex.length())
                .map(algorithm -> checksum(side, algorithm, hex))
                .orElseGet(() -> reject(
                        RowFault.BAD_CHECKSUM,
                        "expected 32, 40, 64 or 128 hexadecimal digits, found " + hex.length() + " characters"));
    }

    /** Takes a checksum of the named algorithm. */
    RowDraft checksum(Side side, String algorithmName, String hex) {
        return ChecksumAlgorithm.named(algorithmName)
                .map(algorithm -> checksum(side, algorithm, hex))
                .orElseGet(() -> reject(
                        RowFault.BAD_CHECKSUM, "expected MD5, SHA-1, SHA-256 or SHA-512, found another algorithm"));
    }

    RowDraft checksum(Side side, ChecksumAlgorithm algorithm, String hex) {
        Checksum checksum;
        try {
            checksum = new Checksum(algorithm, hex);
        } catch (IllegalArgumentException e) {
            return reject(
                    RowFault.BAD_CHECKSUM,
                    "expected " + algorithm.hexDigits() + " hexadecimal digits of " + algorithm.label() + ", found "
                            + hex.length() + " characters");
        }
        Checksum earlier = checksums
                .computeIfAbsent(side, any -> new EnumMap<>(ChecksumAlgorithm.class))
                .putIfAbsent(algorithm, checksum);
        if (earlier != null && !earlier.equals(checksum)) {
            return reject(RowFault.CONFLICTING_DECLARATION, "two different values of " + algorithm.label());
        }
        return this;
    }

    RowDraft size(Side side, String written) {
        if (written.isEmpty()) {
            return this;
        }
        OptionalLong bytes = parsedSize(written);
        return bytes.isPresent() ? size(side, bytes.getAsLong()) : reject(RowFault.BAD_SIZE, RowFault.BAD_SIZE.cause());
    }

    /** The number of bytes, written in digits only; empty if it is none that a file can have. */
    static OptionalLong parsedSize(String written) {
        boolean digits = !written.isEmpty() && written.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            return digits ? OptionalLong.of(Long.parseLong(written)) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // more than Long.MAX_VALUE
        }
    }

    RowDraft size(Side side, long bytes) {
        if (bytes < 0) {
            return reject(RowFault.BAD_SIZE, "expected zero or more");
        }
        OptionalLong earlier = sizes.put(side, OptionalLong.of(bytes));
        if (earlier != null && earlier.getAsLong() != bytes) {
            return reject(RowFault.CONFLICTING_DECLARATION, "two different sizes");
        }
        return this;
    }

    RowDraft fileId(String id) {
        if (id.length() > MAX_ID_CHARACTERS || id.chars().anyMatch(Character::isISOControl)) {
            return reject(RowFault.MALFORMED_ROW, "the file id is not a line of at most 255 characters");
        }
        fileId = Optional.of(id).filter(some -> !some.isEmpty());
        return this;
    }

    /** Takes the id of the dataset; it becomes the name of a folder of the archive, so it must be fit for one. */
    RowDraft datasetId(String id) {
        if (id.isEmpty()) {
            return this;
        }
        boolean oneSegment = id.indexOf('/') < 0 && !id.equals(".");
        if (!oneSegment || EntryName.faultOf(id).isPresent()) {
            return reject(RowFault.MALFORMED_ROW, "the dataset id is not fit to name a folder");
        }
        datasetId = Optional.of(id);
        return this;
    }

    RowDraft reject(RowFault found, String why) {
        if (fault == null) {
            fault = found;
            detail = why;
        }
        return this;
    }

    ManifestRow row() {
        if (name == null) {
            reject(RowFault.MISSING_NAME, RowFault.MISSING_NAME.cause());
        }
        Facts plain = facts(Side.PLAIN);
        Facts encrypted = facts(Side.ENCRYPTED);
        if (plain.isEmpty() && encrypted.isEmpty()) {
            reject(RowFault.MISSING_CHECKSUM, RowFault.MISSING_CHECKSUM.cause());
        }
        if (fault != null || name == null) {
            return new Rejected(line, shownName, fault == null ? RowFault.MISSING_NAME : fault, detail);
        }
        return new Declared(line, name, plain, encrypted, fileId, datasetId);
    }

    private Facts facts(Side side) {
        EnumMap<ChecksumAlgorithm, Checksum> declared = checksums.get(side);
        OptionalLong size = sizes.getOrDefault(side, OptionalLong.empty());
        return declared == null && size.isEmpty()
                ? Facts.NONE
                : new Facts(size, declared == null ? List.of() : List.copyOf(declared.values()));
    }

    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints()
                .limit(MAX_SHOWN_CHARACTERS)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
