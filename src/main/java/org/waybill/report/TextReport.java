package org.waybill.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.report.Report.Section;

/** A report as one page of text: the verdict, what needs a person, then the rows. */
public final class TextReport {

    private TextReport() {}

    public static String of(Report report) {
        StringBuilder page = new StringBuilder();
        page.append("Waybill report, ")
                .append(Quantity.instant(report.since()))
                .append(" to ")
                .append(Quantity.instant(report.until()))
                .append("\n\n")
                .append(TextTable.printable(report.verdict()))
                .append('\n');
        report.findings().forEach(finding -> page.append("\n  ")
                .append(TextTable.printable(finding.what()))
                .append("\n      ")
                .append(TextTable.printable(finding.command()))
                .append('\n'));
        List<String> empty = new ArrayList<>();
        report.sections().values().forEach(section -> {
            if (section.rows().isEmpty()) {
                empty.add(section.title());
            } else {
                page.append('\n').append(section.title()).append('\n').append(table(section));
            }
        });
        if (!empty.isEmpty()) {
            page.append("\nNothing to show under:\n");
            empty.forEach(title -> page.append("  ").append(title).append('\n'));
        }
        return page.toString();
    }

    private static TextTable table(Section section) {
        TextTable table = new TextTable().indented(2);
        section.rows().get(0).forEach((column, firstValue) -> {
            if (section.rows().stream().anyMatch(row -> row.get(column) instanceof Number)) {
                table.right(heading(column));
            } else {
                table.left(heading(column));
            }
        });
        for (Map<String, @Nullable Object> row : section.rows()) {
            table.row(row.entrySet().stream()
                    .map(cell -> text(cell.getKey(), cell.getValue()))
                    .toArray());
        }
        return table;
    }

    private static String heading(String column) {
        return column.replaceAll("(Seconds|Bytes)$", "")
                .replaceAll("([A-Z])", " $1")
                .replaceFirst("^seconds$", "time")
                .replaceFirst("Per Second$", "/s")
                .toUpperCase(Locale.ROOT);
    }

    private static String text(String column, @Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Instant instant) {
            return Quantity.instant(instant);
        }
        if (value instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        if (value instanceof Number number && column.toLowerCase(Locale.ROOT).endsWith("seconds")) {
            return Quantity.duration(Duration.ofMillis((long) (number.doubleValue() * 1000)));
        }
        if (value instanceof Number number && column.toLowerCase(Locale.ROOT).contains("bytes")) {
            return Quantity.bytes(number.longValue());
        }
        return value.toString();
    }
}
