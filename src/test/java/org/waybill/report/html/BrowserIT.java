package org.waybill.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.cli.Output;
import org.waybill.ledger.Night;
import org.waybill.report.Period;
import org.waybill.report.Report;
import org.waybill.report.Reports;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page in a real browser. */
@Tag("oracle")
class BrowserIT {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    private static Path home;

    private static Report report;
    private static String html;

    /** What the browser made of a page, and what it had to say in its console. */
    private record Shown(Document page, List<String> console) {}

    @BeforeAll
    static void makeReport() throws Exception {
        boolean present = Files.isExecutable(CHROMIUM);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("chromium on the build machine").isTrue();
        }
        assumeTrue(present, "no browser: install Debian's chromium (apt install chromium)");
        try (House house = Night.in(home)) {
            report = house.bean(Reports.class).of(Period.upTo(Night.END, Night.BEGIN), "./waybill");
        }
        StringWriter page = new StringWriter();
        HtmlReport.write(report, "./waybill", page);
        html = page.toString();
    }

    @Test
    void showsTheNumbersOfTheJsonWithoutAnErrorOrARequest() throws Exception {
        Shown shown = show(html);

        assertThat(shown.console()).isEmpty();
        JsonNode json = JsonMapper.shared().readTree(Output.toJson(report));
        assertThat(numbers(shown.page())).hasSizeGreaterThan(100).isEqualTo(numbers(json));
        assertThat(shown.page().expectFirst("#verdict").wholeText())
                .isEqualTo(json.get("verdict").asString());
    }

    /** That the console is silent means something. */
    @Test
    void wouldSayIfThePageAskedForAnything() throws Exception {
        assertThat(show(html.replace("</main>", "<img src=\"https://example.org/x.png\" alt=\"\"></main>"))
                        .console())
                .anyMatch(
                        line -> line.contains("https://example.org/x.png") && line.contains("Content Security Policy"));
        assertThat(show(html.replace("</main>", "<script>document.title = 'x'</script></main>"))
                        .console())
                .anyMatch(line -> line.contains("Content Security Policy"));
    }

    private static List<String> numbers(Document page) {
        List<String> numbers = new ArrayList<>();
        for (Element value : page.select("tbody td > data")) {
            if (!value.attr("value").matches("true|false")) {
                numbers.add(value.attr("value"));
            }
        }
        return numbers;
    }

    private static List<String> numbers(JsonNode json) {
        List<String> numbers = new ArrayList<>();
        json.get("sections").forEach(section -> section.get("rows")
                .forEach(row -> row.forEach(value -> {
                    if (value.isNumber()) {
                        numbers.add(value.asString());
                    }
                })));
        return numbers;
    }

    private static Shown show(String html) throws IOException, InterruptedException {
        Path page = Files.writeString(home.resolve("page.html"), html);
        Path dom = home.resolve("dom.html");
        Path said = home.resolve("said.txt");
        Process browser = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox", // a browser does not start as root otherwise; it opens a file of ours only
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + home.resolve("profile"),
                        "--enable-logging=stderr",
                        "--timeout=60000",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(said.toFile())
                .start();
        assertThat(browser.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(browser.exitValue()).as(Files.readString(said)).isZero();
        try (var lines = Files.lines(said)) {
            return new Shown(
                    Jsoup.parse(Files.readString(dom)),
                    lines.filter(line -> line.contains("CONSOLE")).toList());
        }
    }
}
