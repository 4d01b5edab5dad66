package org.waybill.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of others that reads what lies in {@code schedules/}.
 *
 * @param debian the package that it is in
 */
record Scheduler(Path program, String debian) {

    /** The folder. */
    static final Path SCHEDULES = Path.of("schedules").toAbsolutePath();

    static final Scheduler CRONTAB = new Scheduler(Path.of("/usr/bin/crontab"), "cron");
    static final Scheduler SYSTEMD = new Scheduler(Path.of("/usr/bin/systemd-analyze"), "systemd");
    static final Scheduler PROMTOOL = new Scheduler(Path.of("/usr/bin/promtool"), "prometheus");

    /** What it said, on both streams. */
    record Said(int exitCode, String text) {}

    void require() {
        boolean present = Files.isExecutable(program);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as(program + " on the build machine").isTrue();
        }
        assumeTrue(
                present,
                "no " + program.getFileName() + ": install Debian's " + debian + " (apt install " + debian + ")");
    }

    Said run(Path folder, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES))
                .as(List.of(arguments).toString())
                .isTrue();
        return new Said(process.exitValue(), text);
    }
}
