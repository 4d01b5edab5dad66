package org.waybill.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Failure;
import org.waybill.cli.Output;
import org.waybill.run.Counts;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;

/** What {@code run} tells of the stages, and its exit code. */
class RunDocumentTest {

    private static final Counts SOME = new Counts(10, 7, 1, 0, 2, 3 * 1024 * 1024);

    @Test
    void jsonIsAsItWasAgreed() {
        RunDocument document =
                RunDocument.of("ega", List.of(result(Stage.PROCESSING, Status.COMPLETED, SOME)), null, null);

        assertThat(Output.toJson(document)).isEqualTo("""
                        {
                          "route" : "ega",
                          "stages" : [ {
                            "stage" : "processing",
                            "runId" : 41,
                            "status" : "COMPLETED",
                            "found" : 10,
                            "done" : 7,
                            "quarantined" : 1,
                            "skipped" : 0,
                            "pending" : 2,
                            "bytes" : 3145728,
                            "seconds" : 1.5
                          } ]
                        }""");
    }

    @Test
    void errorIsAddedWhenALaterStageCouldNotBeRun() {
        Output.Error error = Output.Error.of(new Failure(ExitCode.REFUSED, "another run is alive"));

        assertThat(Output.toJson(RunDocument.of("ega", List.of(), null, error))).isEqualTo("""
                        {
                          "route" : "ega",
                          "stages" : [ ],
                          "error" : {
                            "code" : 4,
                            "message" : "another run is alive"
                          }
                        }""");
    }

    @Test
    void lineLeavesCountsOfNothingOut() {
        assertThat(RunDocument.line(result(Stage.PROCESSING, Status.COMPLETED, SOME)))
                .isEqualTo(
                        "processing  COMPLETED  run 41    10 found, 7 done, 1 quarantined, 2 pending, 3.0 MiB in 1.5 s");
        assertThat(RunDocument.line(result(Stage.INTAKE, Status.COMPLETED, Counts.NONE)))
                .isEqualTo("intake      COMPLETED  run 41    0 found in 1.5 s");
    }

    @Test
    void totalSaysWhatDidNotCompleteAndWhereToLook() {
        assertThat(RunDocument.total(
                        "ega",
                        List.of(
                                result(Stage.INTAKE, Status.COMPLETED, Counts.NONE),
                                result(Stage.TRANSFER, Status.STOPPED, SOME)),
                        OptionalLong.of(3 << 20),
                        "./waybill"))
                .isEqualTo("ega: 2 stages, transfer STOPPED, 3.0 s, at most 3.0 MiB of memory,"
                        + " 1 quarantined or rejected; see ./waybill report");
    }

    @Test
    void tellsThePeakOfThisProcessWhereTheSystemKnowsIt() {
        assertThat(PeakMemory.bytes().isPresent()).isEqualTo(Files.exists(Path.of("/proc/self/status")));
        PeakMemory.bytes().ifPresent(bytes -> assertThat(bytes).isBetween(20L << 20, 64L << 30));
    }

    @Test
    void exitCodeIsThatOfTheWorstStage() {
        StageResult done = result(Stage.INTAKE, Status.COMPLETED, Counts.NONE);
        StageResult quarantined = result(Stage.PROCESSING, Status.COMPLETED, SOME);
        StageResult stopped = result(Stage.PROCESSING, Status.STOPPED, SOME);
        StageResult failed = result(Stage.PROCESSING, Status.FAILED, SOME);

        assertThat(RouteRun.exitCode(List.of(done), false)).isEqualTo(ExitCode.DONE);
        assertThat(RouteRun.exitCode(List.of(done, quarantined), false)).isEqualTo(ExitCode.QUARANTINED);
        assertThat(RouteRun.exitCode(List.of(done, stopped), false)).isEqualTo(ExitCode.STOPPED);
        assertThat(RouteRun.exitCode(List.of(quarantined), true)).isEqualTo(ExitCode.STOPPED);
        assertThat(RouteRun.exitCode(List.of(quarantined, failed), true)).isEqualTo(ExitCode.FAILED);
    }

    private static StageResult result(Stage stage, Status status, Counts counts) {
        @Nullable String message = status == Status.FAILED ? "disk full" : null;
        return new StageResult(stage, 41L, status, counts, Duration.ofMillis(1500), message);
    }
}
