package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;
import org.waybill.format.manifest.ManifestLines.Line;

/**
 * Reads a manifest row by row, in memory that does not grow with it. Not for use by several threads.
 *
 * <pre>{@code
 * try (ManifestReader manifest = ManifestReader.open(in, "EGAD00001000001.txt", Map.of())) {
 *     for (ManifestRow row = manifest.next(); row != null; row = manifest.next()) { … }
 * }
 * }</pre>
 */
public final class ManifestReader implements Closeable {

    private static final int HEAD_BYTES = 64 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final ManifestFormat format;
    private final Rows rows;
    private boolean sawRow;

    /** What each format gives: its rows in their order, then null. */
    interface Rows {
        @Nullable
        ManifestRow next() throws IOException;
    }

    private interface LineFormat {
        RowDraft read(Line line);
    }

    private ManifestReader(InputStream in, ManifestFormat format, Rows rows) {
        this.in = in;
        this.format = format;
        this.rows = rows;
    }

    /**
     * Opens a manifest and recognises its format.
     *
     * @param in the bytes; closed with this reader, and also when opening fails
     * @param manifestName the file name of the manifest; lega-mirroring's names the dataset, {@code .txt} aside
     * @param columns for tables: meaning to the header's column name. A meaning is {@code name}, {@code file-id}, {@code
     *     dataset}, {@code size}, {@code checksum} (its length tells the algorithm), {@code md5}, {@code sha1}, {@code
     *     sha256} or {@code sha512}; a size or checksum may be {@code plain-…} or {@code encrypted-…}; the second file of
     *     a pair has {@code -2} behind. Empty: the well-known names
     * @throws MalformedInputException if the bytes are no manifest that we know
     * @throws IllegalArgumentException if a meaning in {@code columns} is unknown or none is {@code name}
     */
    public static ManifestReader open(InputStream in, String manifestName, Map<String, String> columns)
            throws IOException {
        try {
            TableColumns meanings = TableColumns.of(columns);
            byte[] head = in.readNBytes(HEAD_BYTES);
            refuseUtf16(head);
            int markBytes =
                    new String(head, UTF_8).startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.getBytes(UTF_8).length : 0;
            String start = new String(head, markBytes, head.length - markBytes, UTF_8);
            ManifestFormat format = ManifestFormat.recognise(start, manifestName, meanings);
            InputStream bytes =
                    new SequenceInputStream(new ByteArrayInputStream(head, markBytes, head.length - markBytes), in);
            return new ManifestReader(in, format, rows(format, bytes, start, manifestName, meanings));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** The format that the manifest was recognised as. */
    public ManifestFormat format() {
        return format;
    }

    /**
     * The next row, or null after the last one.
     *
     * @throws MalformedInputException if the manifest has no row at all, or nothing behind this point can be read, as
     *     in broken or truncated JSON; rows given before must then not be used either
     */
    public @Nullable ManifestRow next() throws IOException {
        ManifestRow row = rows.next();
        if (row == null && !sawRow) {
            throw new MalformedInputException(0, "the manifest holds no row: expected at least one file");
        }
        sawRow = true;
        return row;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static Rows rows(
            ManifestFormat format, InputStream bytes, String start, String manifestName, TableColumns columns)
            throws IOException {
        return switch (format) {
            case JSON -> new JsonRows(bytes);
            case TABLE -> new TableRows(new ManifestLines(bytes, '\n'), columns);
            case LEGA_MIRRORING -> {
                String dataset = manifestName.replaceFirst("(?i)\\.txt$", "");
                yield lineRows(bytes, '\n', line -> ChecksumLine.lega(line.number(), line.text(), dataset));
            }
            case CHECKSUM_LIST -> {
                char terminator = terminator(start);
                boolean escapes = terminator == '\n';
                yield lineRows(bytes, terminator, line -> ChecksumLine.gnuOrBsd(line.number(), line.text(), escapes));
            }
        };
    }

    /**
     * Rows of a line each. Blank lines are no rows, nor are lines that begin with {@code #}, as {@code md5sum -c} holds
     * it too; but a line of lega-mirroring begins with a name, so there one that can be a row is one.
     */
    private static Rows lineRows(InputStream bytes, char terminator, LineFormat lineFormat) {
        ManifestLines lines = new ManifestLines(bytes, terminator);
        return () -> {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                if (line.fault() != null) {
                    return RowDraft.rejected(
                            line.number(), line.fault(), line.fault().cause());
                }
                boolean comment = line.text().startsWith("#") && !ChecksumLine.isLega(line.text());
                if (!line.text().isBlank() && !comment) {
                    return lineFormat.read(line).row();
                }
            }
            return null;
        };
    }

    /** NUL if {@code md5sum -z} wrote the list: behind the first NUL stands another row, or nothing. */
    private static char terminator(String start) {
        int nul = start.indexOf('\0');
        int lineEnd = start.indexOf('\n', nul + 1);
        int nextNul = start.indexOf('\0', nul + 1);
        int end = nextNul >= 0 ? nextNul : lineEnd >= 0 ? lineEnd : start.length();
        boolean rowFollows =
                nul >= 0 && (nul + 1 == start.length() || ChecksumLine.isGnuOrBsd(start.substring(nul + 1, end)));
        return rowFollows ? '\0' : '\n';
    }

    private static void refuseUtf16(byte[] head) {
        boolean utf16 = head.length >= 2
                && (head[0] & 0xff) + (head[1] & 0xff) == 0xff + 0xfe
                && (head[0] == (byte) 0xff || head[0] == (byte) 0xfe);
        if (utf16) {
            throw new MalformedInputException(0, "the manifest is UTF-16: save it as UTF-8");
        }
    }
}
