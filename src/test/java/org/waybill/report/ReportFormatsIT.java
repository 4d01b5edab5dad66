package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.cli.Output;
import org.waybill.ledger.Night;
import org.waybill.report.html.HtmlReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The four forms of a report say the same, cell by cell, whatever files are called. */
class ReportFormatsIT {

    /** Names that are formulas, markup, templates, or break lines and quotes. */
    private static final List<String> HOSTILE = List.of(
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "'quoted",
            "\uFF1D1",
            "<script>alert(1)</script>",
            "\"><img src=https://example.org/x.png>",
            "{{verdict}}{{{verdict}}}",
            "a,\"b\";c",
            "two\nlines\r\nof it",
            "&amp; &");

    @TempDir
    private static Path home;

    private static House house;
    private static Report report;
    private static JsonNode json;

    @BeforeAll
    static void makeReport() throws Exception {
        house = Night.in(home);
        for (String path : HOSTILE) {
            house.jdbc().sql("""
                            with made as (
                                insert into data_file (route, path, state, expected_at)
                                values ('ega', :path, 'EXPECTED', '2026-07-01T19:00:00Z')
                                returning file_id
                            )
                            insert into file_event (file_id, at, to_state, reason, actor)
                            select file_id, '2026-07-01T19:00:00Z', 'EXPECTED', 'DECLARED', 'intake' from made
                            """).param("path", path).update();
        }
        report = house.bean(Reports.class).of(Period.upTo(Night.END, Night.BEGIN), "./waybill");
        json = JsonMapper.shared().readTree(Output.toJson(report));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void allNamesAreInTheReport() {
        assertThat(report.rows("differences").stream().map(row -> Objects.toString(row.get("path"))))
                .containsAll(HOSTILE);
        assertThat(report.sections()).hasSize(20).allSatisfy((name, section) -> assertThat(section.rows())
                .as(name)
                .isNotEmpty());
    }

    @Test
    void csvSaysTheSame() throws IOException {
        Map<String, String> cells = new LinkedHashMap<>();
        for (CSVRecord cell : CSVParser.parse(new StringReader(csv()), csvFormat())) {
            cells.put(
                    cell.get("section") + "/" + cell.get("row") + "/" + cell.get("column"),
                    unguarded(cell.get("value")));
        }

        Map<String, String> expected = new LinkedHashMap<>();
        for (String key : List.of("since", "until", "night", "zone", "complete", "verdict")) {
            expected.put("report/1/" + key, text(json.get(key)));
        }
        for (int i = 0; i < json.get("remarks").size(); i++) {
            expected.put("remarks/" + (i + 1) + "/remark", text(json.at("/remarks/" + i)));
        }
        for (int i = 0; i < json.get("findings").size(); i++) {
            expected.put("findings/" + (i + 1) + "/what", text(json.at("/findings/" + i + "/what")));
            expected.put("findings/" + (i + 1) + "/command", text(json.at("/findings/" + i + "/command")));
        }
        json.get("sections").properties().forEach(section -> {
            expected.put(section.getKey() + "/0/title", text(section.getValue().get("title")));
            int number = 0;
            for (JsonNode row : section.getValue().get("rows")) {
                number++;
                String place = section.getKey() + "/" + number + "/";
                row.properties().forEach(cell -> expected.put(place + cell.getKey(), text(cell.getValue())));
            }
        });
        expected.put("report/1/sha256", text(json.get("sha256")));
        assertThat(cells).containsExactlyEntriesOf(expected);
    }

    @Test
    void tablesOfCsvSayTheSame() throws IOException {
        for (Map.Entry<String, Report.Section> section : report.sections().entrySet()) {
            List<CSVRecord> table = CSVParser.parse(
                            new StringReader(CsvReport.table(section.getValue())), CSVFormat.RFC4180)
                    .getRecords();
            List<List<String>> values = table.stream()
                    .map(row -> row.stream().map(ReportFormatsIT::unguarded).toList())
                    .toList();
            assertThat(values).isEqualTo(cells(section.getKey(), ReportFormatsIT::text));
        }
    }

    @Test
    void nothingInCsvIsAFormula() throws IOException {
        for (CSVRecord cell : CSVParser.parse(new StringReader(csv()), csvFormat())) {
            String value = cell.get("value");
            assertThat(value.matches("-?[0-9.]+(E-?[0-9]+)?")
                            || !value.matches("(?s)[=+\\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20].*"))
                    .as(value)
                    .isTrue();
        }
        assertThat(csv()).contains("'=cmd|").contains(",sizeBytes,2048\r\n");
    }

    @Test
    void csvIsCutIntoRecordsByCrLf() throws IOException {
        assertThat(csv()).startsWith("section,row,column,value\r\nreport,1,since,2026-07-01T18:00:00Z\r\n");
        assertThat(csv()).endsWith("\r\n").doesNotContain("\n\r\n");
    }

    @Test
    void sha256IsOfAllLinesOfCsvButTheLast() throws IOException {
        String csv = csv();
        String before = csv.substring(0, csv.lastIndexOf("\r\n", csv.length() - 3) + 2);

        assertThat(DigestUtils.sha256Hex(before.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(report.sha256());
        assertThat(csv).isEqualTo(before + "report,1,sha256," + report.sha256() + "\r\n");
    }

    @Test
    void htmlSaysTheSame() throws IOException {
        Document page = Jsoup.parse(html());

        assertThat(page.expectFirst("#verdict").wholeText()).isEqualTo(text(json.get("verdict")));
        assertThat(page.expectFirst("#sha256").wholeText()).isEqualTo(text(json.get("sha256")));
        assertThat(page.select(".findings .what").eachText()).isEqualTo(texts("/findings", "what"));
        assertThat(page.select(".findings code").eachText()).isEqualTo(texts("/findings", "command"));
        assertThat(page.select("table").eachAttr("id"))
                .containsExactlyElementsOf(report.sections().keySet());
        for (String section : report.sections().keySet()) {
            Element table = page.expectFirst("#" + section);
            assertThat(table.select("th").eachAttr("data-column"))
                    .isEqualTo(cells(section, ReportFormatsIT::text).get(0));
            List<List<String>> exact = table.select("tbody tr").stream()
                    .map(row -> row.select("td").stream()
                            .map(ReportFormatsIT::exactly)
                            .toList())
                    .toList();
            List<List<String>> expected = cells(section, ReportFormatsIT::text);
            assertThat(exact).isEqualTo(expected.subList(1, expected.size()));
        }
    }

    @Test
    void htmlShowsInWordsWhatItHoldsExactly() throws IOException {
        Document page = Jsoup.parse(html());

        assertThat(page.select("#runsByStage data[value=6442450944]").eachText())
                .containsExactly("6.0 GiB");
        assertThat(page.select("#runsByStage data[value=64.0]").eachText()).containsExactly("1 min 4 s");
        assertThat(page.expectFirst(".way").select("b").eachText()).containsExactly("18", "3", "2", "1", "4", "2", "1");
        assertThat(page.expectFirst(".way").select("em").eachText().stream().filter(text -> !text.isEmpty()))
                .containsExactly("15 fewer", "1 fewer", "1 fewer", "2 fewer", "1 fewer");
    }

    @Test
    void htmlNeedsNothingElse() throws IOException {
        Document page = Jsoup.parse(html());

        assertThat(page.select("script, img, link, iframe, object, embed, form, base, [src], [href], [style]"))
                .isEmpty();
        assertThat(page.select("*").stream()
                        .flatMap(element -> element.attributes().asList().stream())
                        .filter(attribute -> attribute.getKey().startsWith("on")))
                .isEmpty();
        assertThat(page.expectFirst("style").data()).doesNotContain("url(", "@import");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none';");
    }

    @Test
    void textSaysTheSame() {
        String page = TextReport.of(report, "./waybill");

        assertThat(page).contains(report.verdict(), report.sha256());
        report.findings().forEach(finding -> assertThat(page).contains(finding.what(), finding.command()));
        report.sections().forEach((name, section) -> {
            String[] lines =
                    page.substring(page.indexOf("\n" + section.title() + "\n")).split("\n");
            for (int i = 0; i < section.rows().size(); i++) {
                String line = lines[i + 3];
                List<String> words = new ArrayList<>();
                json.at("/sections/" + name + "/rows/" + i).properties().forEach(cell -> words.add(inWords(cell)));
                assertThat(Pattern.compile(" {2,}").splitAsStream(line.strip()).filter(word -> !word.isEmpty()))
                        .as(line)
                        .containsExactlyElementsOf(words.stream()
                                .flatMap(word -> Arrays.stream(word.strip().split(" {2,}")))
                                .toList());
            }
        });
    }

    /** What a person reads for a value of the JSON document. */
    private static String inWords(Map.Entry<String, JsonNode> cell) {
        JsonNode value = cell.getValue();
        Object plain =
                value.isNumber() ? value.numberValue() : value.isBoolean() ? (Object) value.asBoolean() : text(value);
        boolean isTime = value.isString() && cell.getKey().matches("(?i).*(At|since)$");
        return TextTable.printable(
                value.isNull() ? "-" : Cell.text(cell.getKey(), isTime ? Instant.parse(text(value)) : plain));
    }

    private static String csv() throws IOException {
        StringWriter csv = new StringWriter();
        CsvReport.write(report, csv);
        return csv.toString();
    }

    private static CSVFormat csvFormat() {
        return CSVFormat.RFC4180.builder().setHeader().get();
    }

    private static String html() throws IOException {
        StringWriter html = new StringWriter();
        HtmlReport.write(report, "./waybill", html);
        return html.toString();
    }

    private static String exactly(Element cell) {
        Element value = cell.child(0);
        return switch (value.tagName()) {
            case "data" -> value.attr("value");
            case "time" -> value.attr("datetime");
            default -> value.hasClass("none") ? "" : value.wholeText();
        };
    }

    private static String unguarded(String value) {
        return value.startsWith("'") ? value.substring(1) : value;
    }

    private interface Reading {
        String of(JsonNode value);
    }

    /** The columns of a section, then its rows. */
    private static List<List<String>> cells(String section, Reading reading) {
        List<List<String>> cells = new ArrayList<>();
        for (JsonNode row : json.at("/sections/" + section + "/rows")) {
            if (cells.isEmpty()) {
                cells.add(row.properties().stream().map(Map.Entry::getKey).toList());
            }
            cells.add(row.properties().stream()
                    .map(cell -> reading.of(cell.getValue()))
                    .toList());
        }
        return cells;
    }

    private static List<String> texts(String list, String key) {
        List<String> texts = new ArrayList<>();
        json.at(list).forEach(item -> texts.add(text(item.get(key))));
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.asString();
    }
}
