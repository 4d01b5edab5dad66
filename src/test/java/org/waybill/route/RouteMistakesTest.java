package org.waybill.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.route.yaml.InvalidRouteException;

/** The mistakes of {@code route/mistakes.txt}: what is said of each, word by word. */
class RouteMistakesTest {

    private static final String SECRET = "hunter2";

    @TempDir
    private Path home;

    /** A changed line of the file: what stood there, which may be nothing, and what stands there now. */
    private record Change(List<String> before, List<String> after) {}

    private record Mistake(String title, List<Change> changes, String reported) {
        @Override
        public String toString() {
            return title;
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isReported(Mistake mistake) throws IOException {
        String text = resource("ega.yaml");
        for (Change change : mistake.changes()) {
            String before = lines(change.before());
            assertThat(before.isEmpty() || text.contains(before)).as(before).isTrue();
            text = before.isEmpty() ? text + lines(change.after()) : text.replace(before, lines(change.after()));
        }
        Files.createDirectories(home.resolve("jobs"));
        Files.writeString(home.resolve("jobs/ega.yaml"), text.replace('␉', '\t'));

        InvalidRouteException refused =
                catchThrowableOfType(InvalidRouteException.class, () -> new RouteFiles(home).named("ega"));

        assertThat(refused).hasMessage(mistake.reported()).hasMessageNotContaining(SECRET);
    }

    static Stream<Mistake> mistakes() {
        return Arrays.stream(resource("mistakes.txt").split("\n# ", -1)).skip(1).map(RouteMistakesTest::mistake);
    }

    private static Mistake mistake(String text) {
        List<Change> changes = new ArrayList<>();
        List<String> reported = new ArrayList<>();
        char last = '+';
        String[] lines = text.split("\n", -1);
        for (String line : lines) {
            char mark = line.isEmpty() ? ' ' : line.charAt(0);
            if ((mark == '-' && last != '-') || (mark == '+' && changes.isEmpty())) {
                changes.add(new Change(new ArrayList<>(), new ArrayList<>()));
            }
            switch (mark) {
                case '-' -> changes.get(changes.size() - 1).before().add(line.substring(1));
                case '+' -> changes.get(changes.size() - 1).after().add(line.substring(1));
                case '=' -> reported.add(line.substring(1).strip());
                default -> {}
            }
            last = mark;
        }
        return new Mistake(lines[0], changes, String.join("\n", reported));
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static String resource(String name) {
        try (InputStream in = RouteMistakesTest.class.getResourceAsStream("/route/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
