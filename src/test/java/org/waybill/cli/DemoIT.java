package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The demo, from nothing to the archive. */
class DemoIT {

    @TempDir
    private Path home;

    @Test
    void sendsItsFilesThroughTheWholeRouteAndCanBeRepeated() throws IOException {
        Called first =
                Called.with("--home", home, "--json", "demo", "--files", 5, "--size", "100KB", "--from", "mixed");
        assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.DONE);
        assertStages(first.json(), 5, 500_000);
        assertThat(archived()).hasSize(5);
        Path archived = archived().get(0);
        Path plain = home.resolve("plain");
        assertThat(Called.with(
                                "crypt",
                                "decrypt",
                                "--key",
                                home.resolve("keys/archive.sec"),
                                "--expect-size",
                                100_000,
                                archived,
                                plain)
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(plain).content().startsWith("@DEMO.0000000001\n");

        Called second = Called.with("--home", home, "demo", "--files", 3, "--size", "10KB");
        assertThat(second.code()).as(second.err()).isEqualTo(ExitCode.DONE);
        assertThat(second.out()).contains("files/s").contains("MB/s");
        assertThat(archived()).hasSize(8);
    }

    @Test
    void sendsPlainFilesThroughTheWholeRoute() throws IOException {
        Called called =
                Called.with("--home", home, "--json", "demo", "--files", 2, "--size", "100KB", "--from", "plain");
        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
        assertStages(called.json(), 2, 200_000);
        assertThat(archived()).hasSize(2);
    }

    private static void assertStages(JsonNode run, int files, long plainBytes) {
        assertThat(run.get("stages").size()).isEqualTo(4);
        for (JsonNode stage : run.get("stages")) {
            assertThat(stage.get("status").asString()).isEqualTo("COMPLETED");
            assertThat(stage.get("found").asInt()).isEqualTo(files);
            assertThat(stage.get("done").asInt()).isEqualTo(files);
            assertThat(stage.get("quarantined").asInt()).isZero();
        }
        assertThat(run.at("/stages/2/bytes").asLong()).isGreaterThanOrEqualTo(plainBytes);
    }

    private List<Path> archived() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("data/ega/archive"))) {
            return files.filter(file -> file.toString().endsWith(".c4gh"))
                    .filter(file -> !file.toString().contains(".waybill"))
                    .toList();
        }
    }
}
