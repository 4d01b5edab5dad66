package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some hundred ways in which a log can look as if a file had been sent in full, though it proves less. */
class NeverInFullIT {

    private static final String OTHERS = "/results/south/S-0";

    @TempDir
    Path home;

    /** What a log says of one file. */
    private record Scenario(String title, List<Line> lines) {}

    private interface Telling {
        List<Line> of(Line whole, int size);
    }

    @Test
    void noneOfThemIsAndAllSoundOnesAre() throws Exception {
        try (Clinic clinic = Clinic.in(home)) {
            Instant before = clinic.now().minusSeconds(60);
            Map<String, UnaryOperator<Line>> faults = faults(before);
            int scenarios = faults.size() * tellings().size() + partial().size();
            int sound = tellings().size();
            String[] names = IntStream.range(0, scenarios + sound)
                    .mapToObj("N-%04d"::formatted)
                    .toArray(String[]::new);
            clinic.deliver(names);
            List<Scenario> all = new ArrayList<>();
            tellings().forEach((how, telling) -> {
                Line whole = whole(clinic, names[all.size()]);
                all.add(new Scenario("sound: " + how, telling.of(whole, (int) whole.bytes())));
            });
            tellings()
                    .forEach((how, telling) -> faults.forEach((fault, change) -> {
                        Line whole = whole(clinic, names[all.size()]);
                        List<Line> lines = new ArrayList<>(telling.of(whole, (int) whole.bytes()));
                        lines.set(lines.size() / 2, change.apply(lines.get(lines.size() / 2)));
                        all.add(new Scenario(how + ", " + fault, lines));
                    }));
            partial().forEach((what, telling) -> {
                Line whole = whole(clinic, names[all.size()]);
                all.add(new Scenario(what, telling.of(whole, (int) whole.bytes())));
            });
            assertThat(all.size() - sound).isGreaterThanOrEqualTo(300);
            for (Scenario scenario : all) {
                clinic.log(scenario.lines().toArray(Line[]::new));
            }

            clinic.read();

            List<String> inFull = clinic.rows("""
                    select substring(placed_as from '[0-9]+$') from receipt join delivery using (delivery_id)
                    where rung = 'P2' order by 1""").stream()
                    .map(number -> all.get(Integer.parseInt(number)).title())
                    .toList();
            assertThat(inFull)
                    .containsExactlyElementsOf(
                            all.subList(0, sound).stream().map(Scenario::title).toList());
        }
    }

    private static Line whole(Clinic clinic, String name) {
        return clinic.get("/results/clinics/north/" + name, Clinic.size(name));
    }

    private static Map<String, Telling> tellings() {
        Map<String, Telling> tellings = new LinkedHashMap<>();
        tellings.put("whole", (whole, size) -> List.of(whole));
        tellings.put("whole, connection closed", (whole, size) -> List.of(whole.ended('-')));
        tellings.put("one range", (whole, size) -> List.of(whole.piece(0, size, size)));
        tellings.put("two ranges", (whole, size) -> List.of(whole.piece(0, 300, size), whole.piece(300, size, size)));
        tellings.put(
                "two ranges backwards",
                (whole, size) -> List.of(whole.piece(300, size, size), whole.piece(0, 300, size)));
        tellings.put(
                "three that overlap",
                (whole, size) ->
                        List.of(whole.piece(0, 300, size), whole.piece(200, 600, size), whole.piece(500, size, size)));
        tellings.put(
                "a broken one and the rest",
                (whole, size) -> List.of(
                        whole.ended('X').sent(100),
                        whole.piece(0, 500, size),
                        whole.piece(400, size, size),
                        whole.piece(0, 10, size)));
        return tellings;
    }

    private static Map<String, UnaryOperator<Line>> faults(Instant before) {
        Map<String, UnaryOperator<Line>> faults = new LinkedHashMap<>();
        for (String method : List.of("HEAD", "POST", "PUT", "OPTIONS", "get")) {
            faults.put(method, line -> line.by(method));
        }
        for (int status : new int[] {0, 201, 204, 301, 302, 304, 400, 401, 403, 404, 410, 412, 416, 499, 500, 503}) {
            faults.put("status " + status, line -> line.status(status));
        }
        faults.put("aborted", line -> line.ended('X'));
        faults.put("a byte less", line -> line.size(line.bytes() - 1));
        faults.put("a byte more", line -> line.size(line.bytes() + 1));
        faults.put("nothing", line -> line.size(0));
        faults.put("less sent than the response has", line -> line.sent(line.bytes() - 1));
        faults.put(
                "bare name",
                line -> line.of("/" + line.path().substring(line.path().lastIndexOf('/') + 1)));
        faults.put("without the server's folder", line -> line.of(line.path().substring("/results".length())));
        faults.put("in the other clinic's folder", line -> line.of(line.path().replace("clinics/north", "south")));
        faults.put("another file", line -> line.of(OTHERS));
        faults.put("a name that goes on", line -> line.of(line.path() + ".part"));
        faults.put("as a folder", line -> line.of(line.path() + "/"));
        faults.put("in capitals", line -> line.of(line.path().replace("north", "NORTH")));
        faults.put("before it was placed", line -> line.at(before));
        faults.put("own address", line -> line.from("192.0.2.1"));
        faults.put("own address of version 6", line -> line.from("2001:db8::7"));
        faults.put("own address within version 6", line -> line.from("::ffff:192.0.2.9"));
        faults.put("a name for an address", line -> line.from("clinic.example.org"));
        faults.put("another user", line -> line.as("sam"));
        faults.put("no user", line -> line.as("-"));
        faults.put("the user in capitals", line -> line.as("NORA"));
        faults.put("robot", line -> line.agent("Mozilla/5.0 (compatible; bingbot/2.0; +http://example.org/bot)"));
        faults.put("preview", line -> line.agent("Slackbot-LinkExpanding 1.0"));
        faults.put("health check", line -> line.agent("GoogleHC HealthChecker/1, healthcheck"));
        return faults;
    }

    /** What has no fault in any line, and is not the whole file. */
    private static Map<String, Telling> partial() {
        Map<String, Telling> partial = new LinkedHashMap<>();
        for (int gap = 0; gap < 5; gap++) {
            int at = 100 + gap * 150;
            partial.put(
                    "a byte missing at " + at,
                    (whole, size) -> List.of(whole.piece(0, at, size), whole.piece(at + 1, size, size)));
        }
        partial.put("all but the last", (whole, size) -> List.of(whole.piece(0, size - 1, size)));
        partial.put("all but the first", (whole, size) -> List.of(whole.piece(1, size, size)));
        partial.put(
                "one piece very often",
                (whole, size) ->
                        List.of(whole.piece(0, 600, size), whole.piece(0, 600, size), whole.piece(0, 600, size)));
        partial.put(
                "pieces of two ETags",
                (whole, size) -> List.of(
                        whole.piece(0, 500, size), whole.piece(500, size, size).etag("\"e2\"")));
        partial.put(
                "pieces of a weak ETag",
                (whole, size) -> List.of(
                        whole.piece(0, 500, size).etag("W/\"e1\""),
                        whole.piece(500, size, size).etag("W/\"e1\"")));
        partial.put(
                "pieces without ETag",
                (whole, size) -> List.of(
                        whole.piece(0, 500, size).etag("-"),
                        whole.piece(500, size, size).etag("-")));
        partial.put(
                "pieces of a strong and a weak ETag",
                (whole, size) -> List.of(
                        whole.piece(0, 500, size), whole.piece(500, size, size).etag("W/\"e1\"")));
        partial.put("a piece of a longer file", (whole, size) -> List.of(whole.piece(0, size, size + 1)));
        partial.put(
                "pieces of two sizes",
                (whole, size) -> List.of(whole.piece(0, 500, size), whole.piece(500, size, size + 1)));
        return partial;
    }
}
