package org.waybill.cli.run.control;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.run.RouteAndStage;
import org.waybill.run.history.RunFilter;
import org.waybill.run.history.RunListing;
import org.waybill.run.history.RunRow;
import org.waybill.run.history.RunSheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at runs, and controls them. */
@Command(
        name = "runs",
        description = "Lists runs, shows what needs a person, restarts and stops runs.",
        subcommands = {
            RunsCommand.Listing.class,
            RunsCommand.Show.class,
            OpenCommand.class,
            WatchCommand.class,
            RestartCommand.class,
            StopCommand.class,
            AcknowledgeCommand.class,
            AbandonCommand.class,
            PurgeCommand.class
        })
public final class RunsCommand implements Subcommand {

    @Mixin
    private ListOptions list = new ListOptions();

    @Override
    public ExitCode run(Session session) {
        return list.run(session);
    }

    /** The same with its name. */
    @Command(name = "list", description = "Lists runs, newest first.")
    static final class Listing implements Subcommand {

        @Mixin
        private ListOptions list = new ListOptions();

        @Override
        public ExitCode run(Session session) {
            return list.run(session);
        }
    }

    /** What a list of runs can be narrowed by. */
    static final class ListOptions {

        private static final int DEFAULT_LIMIT = 50;

        @Option(
                names = "--route",
                paramLabel = "ROUTE[.STAGE]",
                description = "Only runs of this route, or stage of it.",
                converter = RouteAndStage.Converter.class)
        private @Nullable RouteAndStage route;

        @Option(names = "--status", paramLabel = "STATUS", description = "Only runs that are ${COMPLETION-CANDIDATES}.")
        private @Nullable Status status;

        @Option(
                names = "--since",
                paramLabel = "WHEN",
                description = "Only runs that started since: 24h, 7d, 2026-07-01, 2026-07-01T18:00:00Z.")
        private @Nullable Instant since;

        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "Only so many, the newest ones. Default: 50 as text, all as JSON.")
        private @Nullable Integer limit;

        enum Status {
            STARTED,
            COMPLETED,
            FAILED,
            STOPPED,
            ABANDONED
        }

        ExitCode run(Session session) {
            Integer atMost = limit != null || session.output().isJson() ? limit : Integer.valueOf(DEFAULT_LIMIT);
            RunFilter filter = new RunFilter(
                    route == null ? null : route.route(),
                    route == null || route.stage() == null
                            ? null
                            : route.stage().label(),
                    status == null ? null : status.name(),
                    since,
                    atMost);
            List<RunRow> runs = session.bean(RunListing.class).list(filter);
            session.output()
                    .result(
                            runs,
                            () -> runs.isEmpty()
                                    ? "no runs"
                                    : RunTables.list(runs).toString());
            if (limit == null && atMost != null && runs.size() == atMost) {
                session.output().note("these are the newest " + atMost + "; for more, give --limit");
            }
            return ExitCode.DONE;
        }
    }

    /** One run. */
    @Command(name = "show", description = "Shows a run with its steps.")
    static final class Show implements Subcommand {

        @Parameters(paramLabel = "ID", description = "Id of the run.")
        private long runId;

        @Override
        public ExitCode run(Session session) {
            RunSheet sheet = NumberedRun.find(runId, session);
            session.output().result(sheet, () -> RunTables.sheet(sheet));
            return ExitCode.DONE;
        }
    }
}
