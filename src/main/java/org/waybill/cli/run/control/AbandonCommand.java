package org.waybill.cli.run.control;

import java.util.List;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.run.Runner;
import org.waybill.run.failure.Decisions;
import org.waybill.run.failure.Decisions.Verdict;
import org.waybill.run.history.RunRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a run up. */
@Command(
        name = "abandon",
        description = {
            "Gives up a run that failed, died or was stopped: it can not be restarted any more, and needs nobody.",
            "Its files stay where they are, and the next run of the stage takes them up."
        })
final class AbandonCommand implements Subcommand {

    @Parameters(paramLabel = "ID", description = "Id of the run.")
    private long runId;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept with who said so.")
    private String reason = "";

    @Override
    public ExitCode run(Session session) {
        RunRow run = NumberedRun.find(runId, session).run();
        if (run.status().equals("STARTED")) {
            session.bean(Runner.class).endDead(run.route(), run.stage());
        }
        if (!session.bean(Decisions.class).abandonRun(runId, new Verdict(reason, session.actor(), null))) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "run " + runId + " is "
                            + NumberedRun.find(runId, session).run().status()
                            + "; only one that failed, died or was stopped can be abandoned; nothing was changed");
        }
        session.output()
                .result(Decided.of(List.of(runId), "ABANDONED"), () -> Decided.text(List.of(runId), "abandoned"));
        return ExitCode.DONE;
    }
}
