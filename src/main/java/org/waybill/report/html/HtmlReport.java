package org.waybill.report.html;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.report.Cell;
import org.waybill.report.Quantity;
import org.waybill.report.Report;
import org.waybill.report.Report.Section;

/** A report as one page of HTML that needs nothing else: no script, no font, no picture from anywhere. */
public final class HtmlReport {

    private static final String TEMPLATE = "page.mustache";
    private static final int ROWS_THAT_ARE_OPEN = 200;
    private static final int LONG = 30;

    private HtmlReport() {}

    /** @param program what the command that checks the report begins with */
    public static void write(Report report, String program, Writer to) throws IOException {
        template().execute(page(report, program), to);
        to.flush();
    }

    private static Template template() throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
            Reader reader = new InputStreamReader(Objects.requireNonNull(in, TEMPLATE), StandardCharsets.UTF_8);
            return Mustache.compiler().escapeHTML(true).compile(reader);
        }
    }

    private static Map<String, Object> page(Report report, String program) {
        List<Map<String, Object>> filled = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        report.sections().forEach((name, section) -> {
            if (section.rows().isEmpty()) {
                empty.add(section.title());
            } else {
                filled.add(section(name, section, report));
            }
        });
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("title", report.heading());
        page.put("night", Objects.requireNonNullElse(report.night(), ""));
        page.put("isNight", report.night() != null);
        page.put("zone", report.zone());
        page.put("since", instant(report.since()));
        page.put("until", instant(report.until()));
        page.put("verdict", report.verdict());
        page.put("state", report.findings().isEmpty() ? "well" : "needed");
        page.put("findings", report.findings());
        page.put("hasFindings", !report.findings().isEmpty());
        page.put("sections", filled);
        page.put("empty", empty);
        page.put("hasEmpty", !empty.isEmpty());
        page.put("unfinished", report.complete() ? List.of() : report.remarks());
        page.put("remarks", report.complete() ? report.remarks() : List.of());
        page.put("sha256", report.sha256());
        page.put("howToCheck", report.howToCheck(program));
        return page;
    }

    private static Map<String, Object> section(String name, Section section, Report report) {
        Map<String, Object> view = new LinkedHashMap<>();
        List<Map<String, @Nullable Object>> rows = section.rows();
        view.put("id", name);
        view.put("title", section.title());
        view.put("count", rows.size());
        view.put("isFolded", rows.size() > ROWS_THAT_ARE_OPEN || name.equals("recentRuns"));
        Set<String> numbers = numbers(rows);
        view.put("headings", headings(rows.get(0).keySet(), numbers));
        view.put("rows", (Iterable<List<Map<String, String>>>) () ->
                rows.stream().map(row -> cells(row, numbers)).iterator()); // one row at a time, however many there are
        view.put(
                "ways",
                name.equals("conservation") ? rows.stream().map(HtmlReport::way).toList() : List.of());
        view.put("isWay", name.equals("conservation"));
        view.put("stages", name.equals("recentRuns") ? StageCards.of(report.rows(name)) : List.of());
        view.put("isHistory", name.equals("recentRuns"));
        return view;
    }

    private static List<Map<String, String>> headings(Set<String> columns, Set<String> numbers) {
        return columns.stream()
                .map(column -> Map.of(
                        "column",
                        column,
                        "text",
                        Cell.heading(column).toLowerCase(Locale.ROOT),
                        "look",
                        numbers.contains(column) ? "number" : "text"))
                .toList();
    }

    private static Set<String> numbers(List<Map<String, @Nullable Object>> rows) {
        return rows.get(0).keySet().stream()
                .filter(column -> rows.stream().anyMatch(row -> row.get(column) instanceof Number))
                .collect(Collectors.toSet());
    }

    private static List<Map<String, String>> cells(Map<String, @Nullable Object> row, Set<String> numbers) {
        List<Map<String, String>> cells = new ArrayList<>(row.size());
        row.forEach((column, value) -> cells.add(cell(column, value, numbers.contains(column) ? "number" : "text")));
        return cells;
    }

    private static Map<String, String> cell(String column, @Nullable Object value, String look) {
        String text = Cell.text(column, value);
        if (value instanceof Instant at) {
            return cell("time", "time", "datetime", at.toString(), instant(at));
        }
        if (value instanceof Number || value instanceof Boolean) {
            return cell(look, "data", "value", value.toString(), text);
        }
        return cell(
                look + (text.length() > LONG ? " long" : ""), "span", "class", value == null ? "none" : "text", text);
    }

    private static Map<String, String> cell(String look, String tag, String attribute, String raw, String text) {
        return Map.of("look", look, "tag", tag, "attribute", attribute, "raw", raw, "text", text);
    }

    /** In UTC, which the page says once. */
    private static String instant(Instant instant) {
        return Quantity.instant(instant).replace('T', ' ').replace("Z", "");
    }

    /** The way of the files of a route as its steps, each with what is short of the step before. */
    private static Map<String, Object> way(Map<String, @Nullable Object> row) {
        List<Map<String, Object>> steps = new ArrayList<>();
        long before = step(steps, "expected", number(row, "files"), null);
        for (String step : List.of("arrived", "processed", "archived")) {
            before = step(steps, step, number(row, step), before);
        }
        if (number(row, "deliveries") > 0) {
            // A file has as many deliveries as recipients: from here on other things are counted.
            long deliveries = step(steps, "to recipients", number(row, "deliveries"), null);
            step(steps, "delivered", number(row, "delivered"), deliveries);
            long acknowledged = number(row, "acknowledged");
            step(steps, "acknowledged", acknowledged, acknowledged + number(row, "toAcknowledge"));
        }
        return Map.of("route", Objects.toString(row.get("route")), "steps", steps);
    }

    private static long step(List<Map<String, Object>> steps, String name, long files, @Nullable Long before) {
        long missing = before == null ? 0 : before - files;
        steps.add(Map.of(
                "name",
                name,
                "files",
                files,
                "missing",
                missing == 0 ? "" : missing + " fewer",
                "look",
                missing == 0 ? "step" : "step short"));
        return files;
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }
}
