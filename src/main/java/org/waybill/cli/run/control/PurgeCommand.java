package org.waybill.cli.run.control;

import java.time.Instant;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.report.Quantity;
import org.waybill.run.history.Purge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Forgets the steps of old runs. */
@Command(
        name = "purge",
        description = {
            "Forgets the steps of old runs, which are most of what the database grows by.",
            "Files, their events, the runs themselves with their counts, and decisions stay; so does all that needs a person."
        })
final class PurgeCommand implements Subcommand {

    @Option(
            names = "--before",
            required = true,
            paramLabel = "WHEN",
            description = "Only of runs that ended before: 90d, 2026-07-01.")
    private Instant before = Instant.EPOCH;

    @Option(names = "--plan", description = "Say of how many, and do nothing.")
    private boolean plan;

    /** As JSON its shape is an interface. */
    record Purged(Instant before, long runs) {}

    @Override
    public ExitCode run(Session session) throws Exception {
        if (before.isAfter(Instant.now())) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE, "--before lies ahead; write it as 90d or 2026-07-01");
        }
        Purge purge = session.bean(Purge.class);
        long runs =
                plan ? purge.count(before) : session.stopSignal().whileStoppable(() -> {}, () -> purge(purge, session));
        session.output()
                .result(
                        new Purged(before, runs),
                        () -> (plan ? "would forget" : "forgot") + " the steps of " + Quantity.count(runs, "run"));
        return session.stopSignal().isAsked() ? ExitCode.STOPPED : ExitCode.DONE;
    }

    private long purge(Purge purge, Session session) {
        long runs = 0;
        for (int some = 1; some > 0 && !session.stopSignal().isAsked(); ) {
            some = purge.some(before);
            runs += some;
        }
        return runs;
    }
}
