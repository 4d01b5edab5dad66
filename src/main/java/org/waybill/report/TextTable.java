package org.waybill.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rows of text under headings, in columns that are as wide as they need to be, two blanks apart. */
public final class TextTable {

    /** File names can hold what would command a terminal; nothing of it reaches one. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private static final String GAP = "  ";

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private String indent = "";

    private record Column(String heading, boolean right) {}

    /** Adds a column of text. */
    public TextTable left(String heading) {
        columns.add(new Column(heading, false));
        return this;
    }

    /** Adds a column of numbers. */
    public TextTable right(String heading) {
        columns.add(new Column(heading, true));
        return this;
    }

    /** Blanks before each line. */
    public TextTable indented(int blanks) {
        indent = " ".repeat(blanks);
        return this;
    }

    /** Adds a row with one cell for each column; null stands as a dash. */
    public TextTable row(@Nullable Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(columns.size() + " columns, but " + cells.length + " cells");
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> printable(Objects.requireNonNullElse(cell, "-").toString()))
                .toList());
        return this;
    }

    /** Text on one line, with a question mark for all that a terminal would not show as it is. */
    public static String printable(String text) {
        return NOT_PRINTABLE.matcher(text).replaceAll("?");
    }

    /** All lines, each with its line end; a table without headings starts with its first row. */
    @Override
    public String toString() {
        List<String> headings = columns.stream().map(Column::heading).toList();
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    width(headings.get(i)),
                    rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0));
        }
        StringBuilder text = new StringBuilder();
        if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
            line(headings, widths, text);
        }
        rows.forEach(row -> line(row, widths, text));
        return text.toString();
    }

    private void line(List<String> cells, int[] widths, StringBuilder text) {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
