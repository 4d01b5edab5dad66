package org.waybill.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.report.Report.Section;

/** A report as one page of text: the verdict, what needs a person, then the rows. */
public final class TextReport {

    private TextReport() {}

    public static String of(Report report, String program) {
        StringBuilder page = new StringBuilder();
        page.append(report.heading())
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
        page.append('\n');
        report.remarks().forEach(remark -> page.append(remark).append('\n'));
        page.append("SHA-256 ").append(report.sha256()).append('\n');
        page.append("To check it: ").append(report.howToCheck(program)).append('\n');
        return page.toString();
    }

    private static TextTable table(Section section) {
        TextTable table = new TextTable().indented(2);
        section.rows().get(0).forEach((column, firstValue) -> {
            if (section.rows().stream().anyMatch(row -> row.get(column) instanceof Number)) {
                table.right(Cell.heading(column));
            } else {
                table.left(Cell.heading(column));
            }
        });
        for (Map<String, @Nullable Object> row : section.rows()) {
            table.row(row.entrySet().stream()
                    .map(cell -> Cell.text(cell.getKey(), cell.getValue()))
                    .toArray());
        }
        return table;
    }
}
