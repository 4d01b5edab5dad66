package org.waybill.cli.run.control;

import java.time.Duration;
import java.util.List;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.run.progress.ProgressDisplay;
import org.waybill.run.history.RunRow;
import org.waybill.run.pulse.Progress;
import org.waybill.run.pulse.Pulses;
import org.waybill.run.pulse.Pulses.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Looks on while a run runs. */
@Command(
        name = "watch",
        description = {
            "Looks on while a run runs, in whatever process or machine, until it ends.",
            "Exits as the run does: 0, 1, 3 or 7; a run whose process died has failed. Ending this ends nothing else."
        })
final class WatchCommand implements Subcommand {

    private static final long POLL_MS = 500;

    @Parameters(paramLabel = "ID", description = "Id of the run.")
    private long runId;

    @Override
    public ExitCode run(Session session) throws Exception {
        RunRow run = NumberedRun.find(runId, session).run();
        Progress progress = new Progress();
        progress.begin(run.stage());
        Duration elapsed = Duration.ofMillis((long) (run.seconds() * 1000));
        try (ProgressDisplay display = ProgressDisplay.of(progress, session.output(), elapsed)) {
            while (isRunning(run) && !session.stopSignal().isAsked()) {
                session.bean(Pulses.class).of(runId).ifPresent(reading -> follow(reading, progress));
                Thread.sleep(POLL_MS);
                run = NumberedRun.find(runId, session).run();
            }
        }
        RunRow last = run;
        session.output().result(last, () -> RunTables.list(List.of(last)).toString());
        if (last.message() != null) {
            session.output().note(last.message());
        }
        return exitCode(last);
    }

    private static boolean isRunning(RunRow run) {
        return run.status().equals("STARTED") && run.alive();
    }

    private static void follow(Reading reading, Progress progress) {
        progress.expect(reading.totalFiles(), reading.totalBytes());
        progress.add(reading.files() - progress.files(), reading.bytes() - progress.bytes());
    }

    private static ExitCode exitCode(RunRow run) {
        return switch (run.status()) {
            case "COMPLETED" -> run.quarantined() > 0 ? ExitCode.QUARANTINED : ExitCode.DONE;
            case "STOPPED" -> ExitCode.STOPPED;
            case "STARTED" -> run.alive() ? ExitCode.DONE : ExitCode.FAILED;
            default -> ExitCode.FAILED;
        };
    }
}
