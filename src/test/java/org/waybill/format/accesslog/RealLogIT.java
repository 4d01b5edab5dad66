package org.waybill.format.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.ForeignProgram;
import org.waybill.format.accesslog.stream.LogLines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A public web site's log, counted by us, by awk and by GoAccess. */
@Tag("oracle")
class RealLogIT {

    @TempDir
    private Path folder = Path.of("");

    private record Counts(long lines, Map<String, Long> methods, Map<String, Long> statuses) {}

    @Test
    void realLogIsReadWholeAndCountedAsByAwk() throws Exception {
        Path log = realLog();
        Counts ours = ours(log);
        assertThat(ours.lines()).isEqualTo(6000);
        assertThat(ours.methods()).isEqualTo(awk(log, "{ split($2, request, \" \"); print request[1] }"));
        assertThat(ours.statuses()).isEqualTo(awk(log, "{ split($3, answer, \" \"); print answer[1] }"));
    }

    /** Of methods it tells only those of the paths that it shows, so its statuses count. */
    @Test
    void realLogIsCountedAsByGoAccess() throws Exception {
        ForeignProgram.require("goaccess", "goaccess");
        Path log = realLog();
        Path report = folder.resolve("report.json");
        run(Stream.of("goaccess", log, "--log-format=COMBINED", "--no-global-config", "--no-progress", "-o", report));
        JsonNode json = JsonMapper.shared().readTree(report.toFile());
        assertThat(json.at("/general/valid_requests").asLong()).isEqualTo(6000);
        Map<String, Long> theirs = new TreeMap<>();
        for (JsonNode group : json.at("/status_codes/data")) {
            for (JsonNode status : group.path("items")) {
                theirs.put(
                        status.path("data").asString().substring(0, 3),
                        status.at("/hits/count").asLong());
            }
        }
        assertThat(ours(log).statuses()).isEqualTo(theirs);
    }

    private Path realLog() throws IOException {
        return Files.write(folder.resolve("access.log"), Logs.resource("combined-6000.log"));
    }

    private static Counts ours(Path log) throws IOException {
        Map<String, Long> methods = new TreeMap<>();
        Map<String, Long> statuses = new TreeMap<>();
        long count = 0;
        try (LogLines lines = LogLines.open(Files.newInputStream(log), AccessLogFormat.COMBINED, 0)) {
            while (lines.next()) {
                assertThat(lines.line()).as(lines.text(500)).isInstanceOf(AccessLogLine.class);
                AccessLogLine line = (AccessLogLine) lines.line();
                boolean windows1251 = line.target().orElseThrow().contains("%E8%F1%EF");
                assertThat(line.path().isEmpty()).as(lines.text(500)).isEqualTo(windows1251);
                methods.merge(line.method().orElseThrow(), 1L, Long::sum);
                statuses.merge(String.valueOf(line.status()), 1L, Long::sum);
                count++;
            }
            assertThat(lines.endOffset()).isEqualTo(Files.size(log));
        }
        return new Counts(count, methods, statuses);
    }

    private Map<String, Long> awk(Path log, String program) throws Exception {
        ForeignProgram.require("awk", "mawk");
        Map<String, Long> counts = new TreeMap<>();
        for (String value : run(Stream.of("awk", "-F\"", program, log)).split("\n")) {
            counts.merge(value, 1L, Long::sum);
        }
        return counts;
    }

    private String run(Stream<Object> command) throws Exception {
        Path out = folder.resolve("out");
        List<String> words = command.map(Object::toString).toList();
        Process process = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String printed = Files.readString(out, UTF_8);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
