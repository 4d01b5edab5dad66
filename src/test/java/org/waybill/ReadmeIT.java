package org.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.bench.Benchmarks;
import org.waybill.stage.Uploads;

/** The README is true: every command in it runs, in a home like that of an operator. */
class ReadmeIT {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`|&& )(\\./waybill(?: [^`#\\n]*)?)");
    private static final Set<Integer> FINE = Set.of(0, 3);

    @Test
    void everyCommandOfTheReadmeRuns(@TempDir Path home) throws Exception {
        Files.createSymbolicLink(home.resolve("waybill"), PROJECT.resolve("waybill"));
        Uploads uploads = Uploads.in(home);
        byte[] good = "some reads".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        uploads.crypt4gh("good.bam.c4gh", good);
        uploads.crypt4gh("bad.bam.c4gh", good);
        uploads.manifest("D1.md5", Uploads.md5(good) + "  good.bam\n" + "0".repeat(32) + "  bad.bam\n");
        Files.createDirectory(home.resolve("www"));
        Files.createDirectory(home.resolve("logs"));
        uploads.route(text -> text + """
                delivery:
                  channels: { web: { folder: www } }
                  recipients: { partner: { folder: partner } }
                  rules: [{ name: all, to: [partner] }]
                acknowledgement:
                  logs: [{ name: web, files: logs/access.log*, format: proof, channel: web, url-path: / }]
                """);
        assertThat(shell(home, "./waybill run ega")).isEqualTo(3);
        String bad = output(home, "./waybill files list --state QUARANTINED --json");
        Matcher id = Pattern.compile("\"id\"\\s*:\\s*(\\d+)").matcher(bad);
        assertThat(id.find()).as(bad).isTrue();

        Files.writeString(home.resolve("README.txt"), "a text");
        Map<String, String> words = new HashMap<>(Map.of(
                "NAME", "good.bam",
                "ID", id.group(1),
                "ROUTE", "ega",
                "DELIVERY", "1",
                "FILE", "archive/D1/good.bam.c4gh",
                "PUB", "keys/archive.pub",
                "SEC", "keys/archive.sec",
                "\"…\"", "'sent again'"));
        for (String command : commands()) {
            if (command.contains("RUN") && !words.containsKey("RUN")) {
                words.put("RUN", failedRun(home, uploads, good));
            }
            assertThat(shell(home, withWords(command, words))).as(command).isIn(FINE);
        }
    }

    /** A run that failed because a received file was away for a while. */
    private static String failedRun(Path home, Uploads uploads, byte[] content) throws Exception {
        uploads.crypt4gh("late.bam.c4gh", content);
        uploads.manifest("D2.md5", Uploads.md5(content) + "  late.bam\n");
        assertThat(shell(home, "./waybill run ega.intake && ./waybill run ega.transfer"))
                .isZero();
        assertThat(shell(home, """
                        file=$(echo incoming/.waybill/received/*)
                        mv "$file" away && mkdir "$file"
                        ! ./waybill run ega.processing && rmdir "$file" && mv away "$file"
                        """)).isZero();
        Matcher run = Pattern.compile("\"runId\"\\s*:\\s*(\\d+)").matcher(output(home, "./waybill runs open --json"));
        assertThat(run.find()).isTrue();
        return run.group(1);
    }

    @Test
    void testsAreRunAsTheReadmeSays() throws IOException {
        assertThat(readme()).contains("mvn verify");
        assertThat(Files.readString(PROJECT.resolve(".ci/run"))).contains("mvn -B -ntp verify");
    }

    /** Maven is not run within Maven, which would rebuild what is being tested: BenchmarksIT runs what it would start. */
    @Test
    void benchmarksAreRunAsTheReadmeSays() throws IOException {
        assertThat(readme()).contains("`mvn -q test-compile exec:exec@bench`").contains("`-Dbench=quick`");
        assertThat(Files.readString(PROJECT.resolve("pom.xml")))
                .contains("<id>bench</id>", "<bench>full</bench>", "<argument>${bench}</argument>")
                .contains("<argument>" + Benchmarks.class.getName() + "</argument>");
    }

    private static Set<String> commands() throws IOException {
        Set<String> commands = new LinkedHashSet<>();
        Matcher matcher = COMMAND.matcher(readme());
        while (matcher.find()) {
            commands.add(matcher.group(1).strip());
        }
        assertThat(commands).hasSizeGreaterThan(10);
        return commands;
    }

    private static String withWords(String command, Map<String, String> words) {
        String ready = command;
        for (Map.Entry<String, String> word : words.entrySet()) {
            ready = ready.replaceAll(
                    "(?<![A-Za-z./])" + Pattern.quote(word.getKey()) + "(?![A-Za-z])", word.getValue());
        }
        return ready;
    }

    private static String readme() throws IOException {
        return Files.readString(PROJECT.resolve("README.md"));
    }

    private static int shell(Path home, String command) throws IOException, InterruptedException {
        Process process = start(home, command, home.resolve("output.log"));
        return process.exitValue();
    }

    private static String output(Path home, String command) throws IOException, InterruptedException {
        start(home, command, home.resolve("output.json"));
        return Files.readString(home.resolve("output.json"));
    }

    private static Process start(Path home, String command, Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of("bash", "-c", command))
                .directory(home.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(home.resolve("errors.log").toFile())
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(command).isTrue();
        return process;
    }
}
