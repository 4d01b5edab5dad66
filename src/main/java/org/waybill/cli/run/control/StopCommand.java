package org.waybill.cli.run.control;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.run.history.RunRow;
import org.waybill.run.pulse.Pulses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a run to stop. */
@Command(
        name = "stop",
        description = {
            "Asks a run to stop, and waits until it has. It stops in the midst of a large file too.",
            "Restarted, or run again, it goes on where it was stopped."
        })
final class StopCommand implements Subcommand {

    private static final long POLL_MS = 200;

    @Parameters(paramLabel = "ID", description = "Id of the run.")
    private long runId;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long to wait for its end. Default: ${DEFAULT-VALUE}.",
            defaultValue = "60")
    private int waitSeconds;

    @Override
    public ExitCode run(Session session) throws Exception {
        RunRow run = NumberedRun.find(runId, session).run();
        if (!run.status().equals("STARTED")) {
            throw new CommandFailedException(
                    ExitCode.FAILED, "run " + runId + " is not running but " + run.status() + "; nothing was changed");
        }
        if (!run.alive()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "the process of run " + runId + " died; restart it with: " + session.program() + " runs restart "
                            + runId);
        }
        session.bean(Pulses.class).askToStop(runId, session.actor());
        RunRow ended = awaitEnd(session);
        session.output().result(ended, () -> RunTables.list(List.of(ended)).toString());
        return ExitCode.DONE;
    }

    private RunRow awaitEnd(Session session) throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        while (true) {
            RunRow run = NumberedRun.find(runId, session).run();
            if (!run.status().equals("STARTED") || !run.alive()) {
                return run;
            }
            if (System.nanoTime() >= giveUp || session.stopSignal().isAsked()) {
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        "run " + runId + " was asked to stop and has not yet; look on with: " + session.program()
                                + " runs watch " + runId);
            }
            Thread.sleep(POLL_MS);
        }
    }
}
