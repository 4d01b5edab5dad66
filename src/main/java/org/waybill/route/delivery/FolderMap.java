package org.waybill.route.delivery;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.waybill.route.yaml.RouteValues;

/**
 * Recipients as getresults-distribute has them: CSV in UTF-8 with the header {@code base_path,folder,folder_tag,label}. Each
 * line is a tag of a recipient, whose name is the folder and whose folder is {@code base_path/folder}; several lines may give
 * one recipient several tags. {@code *} as a tag gives it none.
 */
final class FolderMap {

    private static final List<String> HEADER = List.of("base_path", "folder", "folder_tag", "label");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();

    private final Path file;
    private final Map<String, Row> byName = new LinkedHashMap<>();

    private record Row(long line, String name, String label, String folder, Set<String> tags) {}

    private FolderMap(Path file) {
        this.file = file;
    }

    /**
     * The recipients of a map.
     *
     * @param common what the map does not say: channel, form, key and bandwidth of each
     * @throws IOException if it cannot be read or used; the message names the line and the cure
     */
    static List<Recipient> read(Path file, Recipient common) throws IOException {
        FolderMap map = new FolderMap(file);
        map.read();
        return map.byName.values().stream()
                .map(row -> new Recipient(
                        row.name(),
                        row.label(),
                        row.folder(),
                        row.tags(),
                        common.channel(),
                        common.form(),
                        common.key(),
                        common.bandwidth()))
                .toList();
    }

    private void read() throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                org.apache.commons.csv.CSVParser lines = FORMAT.parse(reader)) {
            List<String> header = lines.getHeaderNames();
            if (!new TreeSet<>(header).equals(new TreeSet<>(HEADER))) {
                throw new IOException(file + ", line 1: the header is " + String.join(",", header) + "; write "
                        + String.join(",", HEADER));
            }
            for (CSVRecord line : lines) {
                add(line, lines.getCurrentLineNumber());
            }
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist; put the folder map there", e);
        } catch (MalformedInputException e) {
            throw new IOException(file + " is not UTF-8; save it so", e);
        } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
            throw new IOException(file + ": " + e.getMessage() + "; mend the CSV", e);
        }
    }

    private void add(CSVRecord line, long number) throws IOException {
        if (!line.isConsistent()) {
            throw fault(number, "has " + line.size() + " fields", "write the four of the header");
        }
        String name = line.get("folder");
        String tag = line.get("folder_tag");
        if (!Recipient.NAME.matcher(name).matches()) {
            throw fault(
                    number, "the folder is not a recipient's name", "write letters, digits, dots, dashes, underscores");
        }
        String folder = folder(line.get("base_path"), name, number);
        Row row = byName.computeIfAbsent(name, n -> new Row(number, n, line.get("label"), folder, new TreeSet<>()));
        if (!row.label().equals(line.get("label")) || !row.folder().equals(folder)) {
            throw fault(
                    number,
                    "the folder has another label or base_path than in line " + row.line(),
                    "give each recipient one of each");
        }
        if (tag.isEmpty()) {
            throw fault(number, "has no folder_tag", "write the tag, or * if no file name names this folder");
        }
        Optional<Row> other = byName.values().stream()
                .filter(each -> each.label().equals(row.label()) && each.tags().contains(tag))
                .findFirst();
        if (other.isPresent()) {
            throw fault(
                    number,
                    "the tag " + tag + " of label " + row.label() + " is taken by line "
                            + other.get().line(),
                    "keep one of them");
        }
        if (!tag.equals("*")) {
            row.tags().add(tag);
        }
    }

    private String folder(String base, String name, long number) throws IOException {
        try {
            return Recipient.folder(base.isEmpty() ? name : base + "/" + name);
        } catch (RouteValues.Unusable unusable) {
            throw fault(number, unusable.wrong(), unusable.cure());
        }
    }

    private IOException fault(long line, String wrong, String cure) {
        return new IOException(file + ", line " + line + ": " + wrong + "; " + cure);
    }
}
