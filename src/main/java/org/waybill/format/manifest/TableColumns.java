package org.waybill.format.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.format.Side;

/**
 * What the columns of a table mean: by the names that the route gives, or else by well-known names.
 *
 * <p>A meaning is one of {@code name, file-id, dataset, size, checksum, md5, sha1, sha256, sha512}; a size or checksum
 * may be of one side, {@code plain-…} or {@code encrypted-…}; the second file of a pair ends in {@code -2}. So the EGA
 * run table of paired reads is {@code name, encrypted-md5, plain-md5, name-2, encrypted-md5-2, plain-md5-2}. Of
 * {@code checksum} the algorithm shows by the length.
 *
 * <p>Well-known are, whatever their case and punctuation, the usual names of these ({@code File name}, {@code MD5sum},
 * {@code file_size}), each with {@code encrypted} or {@code unencrypted}, {@code plain}, {@code decrypted}, and with
 * {@code First} and {@code Second} or a final 1 and 2.
 */
final class TableColumns {

    /** What one column holds. */
    record Column(Fact fact, @Nullable Side side, int mate) {}

    /** The kinds of content; the names of the checksums are those of their algorithms. */
    enum Fact {
        NAME,
        FILE_ID,
        DATASET,
        SIZE,
        CHECKSUM,
        MD5,
        SHA1,
        SHA256,
        SHA512;

        boolean isChecksum() {
            return compareTo(CHECKSUM) >= 0;
        }

        boolean isOfOneSide() {
            return compareTo(SIZE) >= 0;
        }
    }

    private static final char[] SEPARATORS = {'\t', ',', ';'};
    private static final Pattern MEANING = Pattern.compile(
            "(?:(plain|encrypted)-(?=size|checksum|md5|sha))?(name|file-id|dataset|size|checksum|md5|sha1|sha256|sha512)(-2)?");
    private static final Pattern FIRST = Pattern.compile("first(?<prefixed>.+)|(?<suffixed>.+?)r?1");
    private static final Pattern SECOND = Pattern.compile("second(?<prefixed>.+)|(?<suffixed>.+?)r?2");
    private static final Map<String, Fact> WORDS = words();
    private static final Map<String, Side> SIDE_WORDS = Map.of(
            "encrypted", Side.ENCRYPTED, "unencrypted", Side.PLAIN, "decrypted", Side.PLAIN, "plain", Side.PLAIN);

    private final Map<String, Column> given;

    private TableColumns(Map<String, Column> given) {
        this.given = given;
    }

    /**
     * @param headers meaning to the header's column name; empty: the well-known names
     * @throws IllegalArgumentException if a meaning is unknown or none is {@code name}
     */
    static TableColumns of(Map<String, String> headers) {
        Map<String, Column> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((meaning, header) -> given.put(header.strip(), column(meaning)));
        if (!given.isEmpty() && given.values().stream().noneMatch(TableColumns::isFirstName)) {
            throw new IllegalArgumentException("the columns of a table must say which one is the 'name'");
        }
        return new TableColumns(given);
    }

    /** Whether the line names a file name and at least one more column that we know. */
    boolean isHeader(String line) {
        return recognised(line, separator(line)).size() > 1
                && recognised(line, separator(line)).stream().anyMatch(TableColumns::isFirstName);
    }

    /** The separator by which most columns of the header are known: TAB, comma or semicolon. */
    char separator(String header) {
        char best = SEPARATORS[0];
        for (char candidate : SEPARATORS) {
            if (recognised(header, candidate).size() > recognised(header, best).size()) {
                best = candidate;
            }
        }
        return best;
    }

    /** What the column of that name holds; empty if it is none of ours. */
    Optional<Column> meaning(String header) {
        return given.isEmpty() ? wellKnown(header) : Optional.ofNullable(given.get(header.strip()));
    }

    /** The names of the columns that the route gives and the header lacks. */
    List<String> missingFrom(List<String> header) {
        List<String> missing = new ArrayList<>(given.keySet());
        missing.removeIf(
                name -> header.stream().anyMatch(column -> column.strip().equalsIgnoreCase(name)));
        return missing;
    }

    private List<Column> recognised(String line, char separator) {
        TableRows.Splitter splitter = new TableRows.Splitter(separator);
        splitter.feed(line);
        return splitter.fields().stream()
                .map(this::meaning)
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean isFirstName(Column column) {
        return column.fact() == Fact.NAME && column.mate() == 1;
    }

    private static Column column(String meaning) {
        Matcher parts = MEANING.matcher(meaning);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + meaning + "' is no meaning of a column: name, file-id, dataset, or size, checksum, md5, sha1,"
                            + " sha256, sha512, these also with plain- or encrypted- before; all also with -2 behind");
        }
        String side = parts.group(1);
        Fact fact = Fact.valueOf(parts.group(2).toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Column(
                fact,
                side == null ? null : Side.valueOf(side.toUpperCase(Locale.ROOT)),
                parts.group(3) == null ? 1 : 2);
    }

    private static Optional<Column> wellKnown(String header) {
        String word = header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return ofMate(word, 1)
                .or(() -> withoutMate(FIRST, word).flatMap(rest -> ofMate(rest, 1)))
                .or(() -> withoutMate(SECOND, word).flatMap(rest -> ofMate(rest, 2)));
    }

    private static Optional<String> withoutMate(Pattern mate, String word) {
        Matcher parts = mate.matcher(word);
        return parts.matches()
                ? Optional.ofNullable(parts.group("prefixed")).or(() -> Optional.of(parts.group("suffixed")))
                : Optional.empty();
    }

    private static Optional<Column> ofMate(String word, int mate) {
        Fact fact = WORDS.get(word);
        if (fact != null) {
            return Optional.of(new Column(fact, null, mate));
        }
        return SIDE_WORDS.entrySet().stream()
                .flatMap(side ->
                        ofSide(word, side.getKey()).stream().map(found -> new Column(found, side.getValue(), mate)))
                .findFirst();
    }

    private static Optional<Fact> ofSide(String word, String side) {
        String rest = word.startsWith(side)
                ? word.substring(side.length())
                : word.endsWith(side) ? word.substring(0, word.length() - side.length()) : "";
        return Optional.ofNullable(WORDS.get(rest)).filter(Fact::isOfOneSide);
    }

    private static Map<String, Fact> words() {
        Map<String, Fact> words = new TreeMap<>();
        List.of("name", "file", "filename", "path", "filepath", "fastq", "fastqfile", "bamfile", "cramfile", "vcffile")
                .forEach(word -> words.put(word, Fact.NAME));
        List.of("fileid", "egafileid", "fileaccession", "fileaccessionid")
                .forEach(word -> words.put(word, Fact.FILE_ID));
        List.of("dataset", "datasetid", "egadatasetid").forEach(word -> words.put(word, Fact.DATASET));
        List.of("size", "filesize", "bytes", "sizebytes", "filesizebytes", "sizeinbytes")
                .forEach(word -> words.put(word, Fact.SIZE));
        List.of("checksum", "filechecksum", "hash").forEach(word -> words.put(word, Fact.CHECKSUM));
        for (Fact fact : List.of(Fact.MD5, Fact.SHA1, Fact.SHA256, Fact.SHA512)) {
            String label = fact.name().toLowerCase(Locale.ROOT);
            List.of(label, label + "sum", label + "checksum", label + "hash", "file" + label)
                    .forEach(word -> words.put(word, fact));
        }
        return Map.copyOf(words);
    }
}
