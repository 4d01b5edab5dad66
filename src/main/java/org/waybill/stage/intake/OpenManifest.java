package org.waybill.stage.intake;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.MalformedInputException;
import org.waybill.format.checksum.DigestingInputStream;
import org.waybill.format.checksum.Digests;
import org.waybill.format.manifest.ManifestReader;
import org.waybill.format.manifest.ManifestRow;
import org.waybill.stage.intake.ManifestPart.EndRead;
import org.waybill.stage.intake.ManifestPart.RowRead;
import org.waybill.stage.intake.ManifestPart.Unreadable;

/** A manifest that is being read: its rows, then its end, or the reason why it has none. */
final class OpenManifest implements AutoCloseable {

    private static final Set<String> OF_A_SIDE = Set.of("size", "md5", "sha1", "sha256", "sha512");

    private final long id;
    private final String dataset;
    private final Checksum sha256;
    private final DigestingInputStream bytes;
    private final Map<String, String> columns;
    private final String name;
    private @Nullable ManifestReader reader;
    private long rows;
    private boolean ended;

    OpenManifest(long id, Path file, Checksum sha256, Map<String, String> columns) throws IOException {
        this.id = id;
        this.name = file.getFileName().toString();
        this.dataset = datasetOf(name);
        this.sha256 = sha256;
        this.columns = ofSides(columns);
        this.bytes = open(file);
    }

    /** SHA-256 of a manifest's bytes. */
    static Checksum hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Checksum(ChecksumAlgorithm.SHA256, DigestUtils.sha256Hex(in));
        }
    }

    /** The dataset that a manifest is of, where its rows name none: its name without its last ending. */
    static String datasetOf(String manifestName) {
        int dot = manifestName.lastIndexOf('.');
        return dot > 0 ? manifestName.substring(0, dot) : manifestName;
    }

    /** In a route, what is not said to be of the encrypted file is of its plaintext, however the file is named. */
    private static Map<String, String> ofSides(Map<String, String> columns) {
        return columns.entrySet().stream()
                .collect(Collectors.toMap(
                        column -> OF_A_SIDE.contains(column.getKey()) ? "plain-" + column.getKey() : column.getKey(),
                        Map.Entry::getValue));
    }

    /** The next part; null after the end. */
    @Nullable
    ManifestPart next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            if (reader == null) {
                reader = ManifestReader.open(keptOpen(bytes), name, columns);
            }
            ManifestRow row = reader.next();
            if (row != null) {
                rows++;
                return new RowRead(id, dataset, row);
            }
            ended = true;
            return end(reader);
        } catch (MalformedInputException e) {
            ended = true;
            return new Unreadable(id, String.valueOf(e.getMessage()), rows);
        }
    }

    private ManifestPart end(ManifestReader reader) throws IOException {
        bytes.transferTo(OutputStream.nullOutputStream());
        return bytes.finish().get(0).equals(sha256)
                ? new EndRead(id, reader.format().name(), rows)
                : new Unreadable(id, "it changed while it was read; the next run reads it anew", rows);
    }

    /** What follows the last row is to be digested too, when the reader of rows has closed its source. */
    private static InputStream keptOpen(InputStream source) {
        return new FilterInputStream(source) {
            @Override
            public int read(byte[] out, int from, int length) throws IOException {
                return in.read(out, from, length);
            }

            @Override
            public void close() {}
        };
    }

    private static DigestingInputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 1 << 16);
        return new DigestingInputStream(in, new Digests(EnumSet.of(ChecksumAlgorithm.SHA256)));
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
