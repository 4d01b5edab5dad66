package org.waybill.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.waybill.report.Report.Finding;
import org.waybill.report.Report.Section;

/**
 * A report as CSV by RFC 4180, in UTF-8, for spreadsheets and programs.
 *
 * <p>One document has the columns {@code section, row, column, value}: every cell of the report is a record, row 0 of a
 * section is its title, and the last record is the SHA-256 of all lines before it. Beside it, each section can be had as a table of its own.
 *
 * <p>A spreadsheet takes text that begins with {@code = + - @}, a tab or a line end for a formula. Such text, and text
 * that begins with an apostrophe, has an apostrophe before it. Numbers, which are ours, have none.
 */
public final class CsvReport {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180;
    private static final Pattern LIKE_A_FORMULA = Pattern.compile("^['=+\\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]");
    private static final String ITSELF = "report";

    private CsvReport() {}

    /** Writes the whole report. */
    public static void write(Report report, Writer to) throws IOException {
        writeCanonical(report, to);
        CSVPrinter csv = new CSVPrinter(to, FORMAT);
        csv.printRecord(ITSELF, 1, "sha256", report.sha256());
        csv.flush();
    }

    /** A section as a table, its first line the names of its columns; empty if it has no rows. */
    public static String table(Section section) {
        StringWriter table = new StringWriter();
        try (CSVPrinter csv = new CSVPrinter(table, FORMAT)) {
            if (!section.rows().isEmpty()) {
                csv.printRecord(section.rows().get(0).keySet());
            }
            for (Map<String, @Nullable Object> row : section.rows()) {
                csv.printRecord(row.values().stream().map(CsvReport::value).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table.toString();
    }

    /** The report with the SHA-256 of what it says. */
    static Report signed(Report report) {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        try (Writer bytes = new OutputStreamWriter(
                new DigestOutputStream(OutputStream.nullOutputStream(), sha256), StandardCharsets.UTF_8)) {
            writeCanonical(report, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Report(
                report.since(),
                report.until(),
                report.verdict(),
                report.findings(),
                report.sections(),
                report.night(),
                report.zone(),
                report.complete(),
                report.remarks(),
                Hex.encodeHexString(sha256.digest()));
    }

    private static void writeCanonical(Report report, Writer to) throws IOException {
        CSVPrinter csv = new CSVPrinter(to, FORMAT);
        csv.printRecord("section", "row", "column", "value");
        cell(csv, ITSELF, 1, "since", report.since());
        cell(csv, ITSELF, 1, "until", report.until());
        cell(csv, ITSELF, 1, "night", report.night());
        cell(csv, ITSELF, 1, "zone", report.zone());
        cell(csv, ITSELF, 1, "complete", report.complete());
        cell(csv, ITSELF, 1, "verdict", report.verdict());
        List<String> remarks = report.remarks();
        for (int i = 0; i < remarks.size(); i++) {
            cell(csv, "remarks", i + 1, "remark", remarks.get(i));
        }
        List<Finding> findings = report.findings();
        for (int i = 0; i < findings.size(); i++) {
            cell(csv, "findings", i + 1, "what", findings.get(i).what());
            cell(csv, "findings", i + 1, "command", findings.get(i).command());
        }
        for (Map.Entry<String, Section> section : report.sections().entrySet()) {
            int number = 0;
            cell(csv, section.getKey(), 0, "title", section.getValue().title());
            for (Map<String, @Nullable Object> row : section.getValue().rows()) {
                number++;
                for (Map.Entry<String, @Nullable Object> value : row.entrySet()) {
                    cell(csv, section.getKey(), number, value.getKey(), value.getValue());
                }
            }
        }
        csv.flush();
    }

    private static void cell(CSVPrinter csv, String section, int row, String column, @Nullable Object value)
            throws IOException {
        csv.printRecord(section, row, column, value(value));
    }

    private static String value(@Nullable Object value) {
        String text = Objects.toString(value, "");
        return value instanceof Number || !LIKE_A_FORMULA.matcher(text).find() ? text : "'" + text;
    }
}
