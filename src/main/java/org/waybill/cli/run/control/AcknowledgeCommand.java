package org.waybill.cli.run.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.run.failure.Decisions;
import org.waybill.run.failure.Decisions.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that failed runs, and logs that runs found lost, are known. */
@Command(
        name = "acknowledge",
        description = "Says that failed runs, or access logs that runs found lost, are known and need nobody for"
                + " now; kept with who said so, and why.")
final class AcknowledgeCommand implements Subcommand {

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of runs.")
    private List<Long> runIds = new ArrayList<>();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description = "When they need a person again: +7d, 2026-07-01. Default: never.")
    private @Nullable Instant until;

    @Override
    public ExitCode run(Session session) {
        if (until != null && !until.isAfter(Instant.now())) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE, "--until is over already; write it as +7d or 2031-07-01");
        }
        Decisions decisions = session.bean(Decisions.class);
        runIds.forEach(id -> NumberedRun.find(id, session));
        for (long id : runIds) {
            if (!decisions.acknowledgeRun(id, new Verdict(reason, session.actor(), until))) {
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        "run " + id + " needs nobody: it is "
                                + decisions.stateOfRun(id).orElse("no failed run, and found no access log lost"));
            }
        }
        session.output().result(Decided.of(runIds, "ACKNOWLEDGED"), () -> Decided.text(runIds, "acknowledged"));
        return ExitCode.DONE;
    }
}
