package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo's OpenPGP messages, from nothing to the archive, also in a home whose route had no OpenPGP before. */
class DemoOpenPgpIT {

    @TempDir
    private Path home;

    @Test
    void sendsOpenPgpMessagesThroughTheWholeRoute() throws IOException {
        assertDone(Called.with("--home", home, "--json", "demo", "--files", 2, "--size", "10KB"), 2);
        assertDone(
                Called.with("--home", home, "--json", "demo", "--files", 3, "--size", "100KB", "--from", "openpgp"), 3);
        try (Stream<Path> files = Files.walk(home.resolve("data/ega/archive"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".fastq.c4gh"))
                            .filter(file -> !file.toString().contains(".waybill")))
                    .hasSize(5);
        }
    }

    private static void assertDone(Called called, int files) {
        assertThat(called.code()).as(called.err() + called.out()).isEqualTo(ExitCode.DONE);
        for (JsonNode stage : called.json().get("stages")) {
            assertThat(stage.get("status").asString()).isEqualTo("COMPLETED");
            assertThat(stage.get("done").asInt()).isEqualTo(files);
            assertThat(stage.get("quarantined").asInt()).isZero();
        }
    }
}
