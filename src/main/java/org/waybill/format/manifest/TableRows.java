package org.waybill.format.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;
import org.waybill.format.Side;
import org.waybill.format.manifest.ManifestLines.Line;
import org.waybill.format.manifest.TableColumns.Column;
import org.waybill.format.manifest.TableColumns.Fact;

/**
 * The rows of a table with a header (RFC 4180, with comma, semicolon or TAB).
 *
 * <p>A record is put together from bounded, strictly decoded lines, so that neither a quote that is never closed nor
 * one bad byte costs more than its own record; commons-csv splits each of them. {@code #} has no meaning in a table,
 * except before its header.
 */
final class TableRows implements ManifestReader.Rows {

    private final ManifestLines lines;
    private final TableColumns columns;
    private final Queue<ManifestRow> pending = new ArrayDeque<>();
    private @Nullable Header header;

    private record Header(char separator, int width, Mate first, Optional<Mate> second) {}

    /** Where one of two paired files, or the only one, stands in a record. */
    private record Mate(Map<Fact, Integer> words, List<FactColumn> facts) {

        String word(Fact fact, List<String> fields) {
            Integer index = words.get(fact);
            return index == null ? "" : fields.get(index);
        }

        boolean isBlank(List<String> fields) {
            return words.values().stream().allMatch(index -> fields.get(index).isBlank())
                    && facts.stream()
                            .allMatch(column -> fields.get(column.index()).isBlank());
        }
    }

    /** @param side null: the side that the name is of */
    private record FactColumn(
            int index, Fact fact, @Nullable Side side) {}

    TableRows(ManifestLines lines, TableColumns columns) {
        this.lines = lines;
        this.columns = columns;
    }

    @Override
    public @Nullable ManifestRow next() throws IOException {
        Header known = header == null ? readHeader() : header;
        header = known;
        while (pending.isEmpty()) {
            Line first = lines.next();
            if (first == null) {
                return null;
            }
            readRecord(known, first);
        }
        return pending.remove();
    }

    private Header readHeader() throws IOException {
        for (Line line = lines.next(); line != null; line = lines.next()) {
            boolean comment = line.text().startsWith("#") && !columns.isHeader(line.text());
            if (line.fault() == null && !line.text().isBlank() && !comment) {
                return header(line.text());
            }
        }
        throw new MalformedInputException(0, "the table has no header");
    }

    private Header header(String line) {
        char separator = columns.separator(line);
        Splitter splitter = new Splitter(separator);
        splitter.feed(line);
        List<String> names = splitter.fields();
        List<String> missing = columns.missingFrom(names);
        if (!missing.isEmpty()) {
            throw new MalformedInputException(0, "the table's header lacks the columns " + missing + " of the route");
        }
        Map<Integer, Column> found = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            int index = i;
            columns.meaning(names.get(i)).ifPresent(column -> found.put(index, column));
        }
        Set<Column> different = new HashSet<>(found.values());
        if (different.size() < found.size()) {
            throw new MalformedInputException(
                    0, "two columns of the table's header mean the same: name them in the route");
        }
        boolean named = different.contains(new Column(Fact.NAME, null, 1));
        if (!named || different.stream().noneMatch(column -> column.fact().isOfOneSide())) {
            throw new MalformedInputException(
                    0,
                    "expected a header with a file name column and a checksum or size column: name them in the route");
        }
        boolean paired = different.contains(new Column(Fact.NAME, null, 2));
        if (!paired && different.stream().anyMatch(column -> column.mate() == 2)) {
            throw new MalformedInputException(
                    0,
                    "the table's header has columns of a second file, but none for its name: name them in the route");
        }
        return new Header(
                separator, names.size(), mate(1, found), paired ? Optional.of(mate(2, found)) : Optional.empty());
    }

    private static Mate mate(int number, Map<Integer, Column> header) {
        Map<Fact, Integer> words = new EnumMap<>(Fact.class);
        List<FactColumn> facts = new ArrayList<>();
        header.forEach((index, column) -> {
            if (column.mate() == number && column.fact().isOfOneSide()) {
                facts.add(new FactColumn(index, column.fact(), sideOf(column, header.values())));
            } else if (column.mate() == number) {
                words.put(column.fact(), index);
            }
        });
        return new Mate(words, facts);
    }

    /**
     * The side that an unqualified column is about: the one that no column of its kind is qualified for, as in EGA's
     * run tables (Checksum, Unencrypted checksum); null where that does not tell.
     */
    private static @Nullable Side sideOf(Column column, Collection<Column> all) {
        boolean plain = hasQualified(all, column, Side.PLAIN);
        boolean encrypted = hasQualified(all, column, Side.ENCRYPTED);
        if (column.side() != null || plain == encrypted) {
            return column.side();
        }
        return plain ? Side.ENCRYPTED : Side.PLAIN;
    }

    private static boolean hasQualified(Collection<Column> all, Column column, Side side) {
        return all.stream()
                .filter(other -> other.mate() == column.mate() && other.side() == side)
                .anyMatch(other -> other.fact().isChecksum() == column.fact().isChecksum());
    }

    private void readRecord(Header known, Line first) throws IOException {
        Splitter splitter = new Splitter(known.separator());
        int characters = 0;
        for (Line line = first; line != null; line = lines.next()) {
            characters += line.text().length() + 1;
            RowFault fault = characters > ManifestLines.MAX_BYTES ? RowFault.LINE_TOO_LONG : line.fault();
            if (fault != null) {
                pending.add(RowDraft.rejected(first.number(), fault, "the row ends in line " + line.number()));
                return;
            }
            if (splitter.feed(line.text())) {
                addRows(known, first.number(), splitter);
                return;
            }
        }
        pending.add(RowDraft.rejected(first.number(), RowFault.MALFORMED_ROW, "a quote is opened and never closed"));
    }

    private void addRows(Header known, long line, Splitter splitter) {
        List<String> fields = splitter.fields();
        if (!splitter.isMalformed() && fields.stream().allMatch(String::isBlank)) {
            return;
        }
        boolean surplus = fields.stream().skip(known.width()).anyMatch(field -> !field.isBlank());
        if (splitter.isMalformed() || surplus || fields.size() < known.width()) {
            String detail = splitter.isMalformed()
                    ? "characters stand behind a closing quote"
                    : "expected " + known.width() + " columns, found " + fields.size();
            pending.add(RowDraft.rejected(line, RowFault.MALFORMED_ROW, detail));
            return;
        }
        String dataset = known.first().word(Fact.DATASET, fields).strip();
        pending.add(row(line, known.first(), fields, dataset));
        known.second()
                .filter(mate -> !mate.isBlank(fields))
                .ifPresent(mate -> pending.add(row(line, mate, fields, dataset)));
    }

    private static ManifestRow row(long line, Mate mate, List<String> fields, String dataset) {
        String name = mate.word(Fact.NAME, fields);
        RowDraft draft = new RowDraft(line)
                .name(name)
                .fileId(mate.word(Fact.FILE_ID, fields).strip())
                .datasetId(dataset);
        for (FactColumn column : mate.facts()) {
            String cell = fields.get(column.index()).strip();
            Side side = column.side() == null ? Side.ofName(name) : column.side();
            if (!cell.isEmpty()) {
                take(draft, column.fact(), side, cell);
            }
        }
        return draft.row();
    }

    private static void take(RowDraft draft, Fact fact, Side side, String cell) {
        switch (fact) {
            case SIZE -> draft.size(side, cell);
            case CHECKSUM -> draft.checksum(side, cell);
            default -> draft.checksum(side, fact.name(), cell);
        }
    }

    /** Splits one record into its fields; it may come in several lines, where a quoted field holds line breaks. */
    static final class Splitter {

        private final CSVFormat format;
        private final StringBuilder record = new StringBuilder();
        private List<String> fields = List.of();
        private boolean malformed;

        Splitter(char separator) {
            this.format = CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(separator)
                    .setIgnoreEmptyLines(false)
                    .get();
        }

        /** Takes the next line of the record; true if the record ends with it. */
        boolean feed(String line) {
            record.append(line);
            Optional<List<String>> whole = split(format);
            if (whole.isEmpty() && isQuoteOpen()) {
                record.append('\n');
                return false;
            }
            malformed = whole.isEmpty();
            fields = whole.orElse(List.of());
            return true;
        }

        /** The fields, once the record has ended; none if it is malformed. */
        List<String> fields() {
            return fields;
        }

        /** Whether characters stand between a closing quote and the next separator. */
        boolean isMalformed() {
            return malformed;
        }

        /** What can be split only if the end of the text is taken for the end of the quote. */
        private boolean isQuoteOpen() {
            return split(format.builder().setLenientEof(true).get()).isPresent();
        }

        private Optional<List<String>> split(CSVFormat as) {
            try (CSVParser parser = CSVParser.parse(record.toString(), as)) {
                Iterator<CSVRecord> records = parser.iterator();
                return Optional.of(records.hasNext() ? records.next().toList() : List.of(""));
            } catch (IOException | UncheckedIOException e) {
                return Optional.empty();
            }
        }
    }
}
