package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.waybill.format.MalformedInputException;

/** The formats of manifests. Lines of GNU and BSD may be mixed in one list, as {@code md5sum -c} allows. */
public enum ManifestFormat {
    CHECKSUM_LIST,
    LEGA_MIRRORING,
    TABLE,
    JSON;

    private static final String EXPECTED = "expected lines of md5sum, sha1sum, sha256sum or sha512sum (GNU or --tag),"
            + " lines of a name, a TAB and an MD5, a table with a header that names a file name column and a checksum or"
            + " size column, or JSON of EGA";
    private static final Pattern LIST_NAME =
            Pattern.compile(".*(\\.(md5|sha1|sha256|sha512)|(md5|sha[0-9]+)sums?)(\\.txt)?");
    private static final Pattern LINE_END = Pattern.compile("\r?\n|\0");
    private static final int LINES_LOOKED_AT = 50;

    /**
     * Recognises a manifest by its content. Its name decides only what the content leaves open: a table whose header
     * has no column that we know, a list whose first lines are all broken.
     *
     * @param head the first bytes, without a byte order mark; 64 KiB are plenty
     * @param manifestName the file name of the manifest
     * @param columns meaning to column name, as {@link ManifestReader#open} takes it
     * @throws MalformedInputException if it is no manifest; the message says what was expected
     */
    public static ManifestFormat recognise(byte[] head, String manifestName, Map<String, String> columns) {
        return recognise(new String(head, UTF_8), manifestName, TableColumns.of(columns));
    }

    static ManifestFormat recognise(String head, String manifestName, TableColumns columns) {
        String start = head.stripLeading();
        if (start.isEmpty()) {
            throw new MalformedInputException(0, "the manifest is empty: expected at least one row");
        }
        List<String> lines = LINE_END.splitAsStream(start)
                .filter(line -> !line.isBlank())
                .limit(LINES_LOOKED_AT)
                .toList();
        Optional<ManifestFormat> byLine = Stream.concat(
                        ofLine(lines.get(0)).stream(),
                        Stream.of(ofMark(start), ofHeader(lines, columns)).flatMap(Optional::stream))
                .findFirst();
        return byLine.or(() -> lines.stream()
                        .map(ManifestFormat::ofLine)
                        .flatMap(Optional::stream)
                        .findFirst())
                .or(() -> ofName(manifestName))
                .orElseThrow(() -> new MalformedInputException(0, "this is no manifest that we know: " + EXPECTED));
    }

    private static Optional<ManifestFormat> ofLine(String line) {
        if (ChecksumLine.isGnuOrBsd(line)) {
            return Optional.of(CHECKSUM_LIST);
        }
        return ChecksumLine.isLega(line) ? Optional.of(LEGA_MIRRORING) : Optional.empty();
    }

    private static Optional<ManifestFormat> ofMark(String start) {
        return switch (start.charAt(0)) {
            case '{', '[' -> Optional.of(JSON);
            case '<' ->
                throw new MalformedInputException(
                        0, "this is an HTML or XML page, such as a server's error or log-in page: " + EXPECTED);
            default -> Optional.empty();
        };
    }

    private static Optional<ManifestFormat> ofHeader(List<String> lines, TableColumns columns) {
        return lines.stream()
                .filter(line -> !line.startsWith("#") || columns.isHeader(line))
                .findFirst()
                .filter(columns::isHeader)
                .map(line -> TABLE);
    }

    private static Optional<ManifestFormat> ofName(String manifestName) {
        String name = manifestName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return Optional.of(TABLE);
        }
        return LIST_NAME.matcher(name).matches() ? Optional.of(CHECKSUM_LIST) : Optional.empty();
    }
}
