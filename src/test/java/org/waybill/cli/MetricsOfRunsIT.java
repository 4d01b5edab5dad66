package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.FirstStart;
import org.waybill.stage.Uploads;

/** The metrics that commands leave. */
class MetricsOfRunsIT {

    @TempDir
    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        Uploads.in(home).route(route -> route + "metrics: { folder: metrics }\n");
        FirstStart.in(home);
    }

    @Test
    void eachStageOfARunIsInThem() throws IOException {
        Files.createDirectory(home.resolve("metrics"));

        assertThat(run().code()).isEqualTo(ExitCode.DONE);

        String metrics = Files.readString(home.resolve("metrics/waybill-ega.prom"));
        for (String stage : new String[] {"intake", "transfer", "processing", "archive"}) {
            assertThat(metrics)
                    .contains("waybill_last_success_timestamp_seconds{route=\"ega\",stage=\"" + stage + "\"} ")
                    .contains("waybill_runs_total{outcome=\"COMPLETED\",route=\"ega\",stage=\"" + stage + "\"} 1.0");
        }
    }

    @Test
    void aFolderThatIsNotThereFailsNoRun() {
        Called run = run();

        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).contains("waybill: the metrics of ega were not written (NoSuchFileException)");
    }

    private Called run() {
        return Called.with(Stream.of("--home", home, "run", "ega").toArray());
    }
}
