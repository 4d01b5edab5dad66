package org.waybill.cli.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;
import org.waybill.run.history.RunFilter;
import org.waybill.run.history.RunListing;
import org.waybill.run.history.RunRow;
import org.waybill.run.history.RunSheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at runs. */
@Command(
        name = "runs",
        description = "Lists runs, or shows one with its steps.",
        subcommands = {RunsCommand.Listing.class, RunsCommand.Show.class})
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
                    .result(runs, () -> runs.isEmpty() ? "no runs" : table(runs).toString());
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
            RunSheet sheet = session.bean(RunListing.class)
                    .of(runId)
                    .orElseThrow(() -> new CommandFailedException(
                            ExitCode.FAILED,
                            "no run has the id " + runId + "; see " + session.program() + " runs list"));
            session.output().result(sheet, () -> text(sheet));
            return ExitCode.DONE;
        }
    }

    private static TextTable table(List<RunRow> runs) {
        TextTable table = new TextTable()
                .right("RUN")
                .left("ROUTE.STAGE")
                .left("STATUS")
                .left("STARTED")
                .right("TIME")
                .right("FOUND")
                .right("DONE")
                .right("QUARANTINED")
                .right("SKIPPED")
                .right("PENDING")
                .right("BYTES");
        runs.forEach(run -> table.row(
                run.id(),
                run.route() + "." + run.stage(),
                status(run),
                Quantity.instant(run.startedAt()),
                Quantity.duration(Duration.ofMillis((long) (run.seconds() * 1000))),
                run.found(),
                run.done(),
                run.quarantined(),
                run.skipped(),
                run.pending(),
                Quantity.bytes(run.bytes())));
        return table;
    }

    private static String status(RunRow run) {
        return run.status().equals("STARTED") && !run.alive() ? "DIED" : run.status();
    }

    private static String text(RunSheet sheet) {
        RunRow run = sheet.run();
        RunSheet.Launch launch = sheet.launch();
        TextTable facts = new TextTable().left("").left("");
        facts.row("asked for", launch.dataset() == null ? "all datasets" : "dataset " + launch.dataset());
        facts.row("", launch.files().isEmpty() ? "all files" : "files " + String.join(", ", launch.files()));
        facts.row("by", launch.by() + ", " + Quantity.instant(launch.at()));
        facts.row("ended", run.endedAt() == null ? null : Quantity.instant(run.endedAt()));
        if (!sheet.machine().isEmpty()) {
            facts.row("on", sheet.machine());
        }
        if (run.message() != null) {
            facts.row("failed", run.message());
        }
        TextTable steps = new TextTable()
                .left("STEP")
                .left("STATUS")
                .right("READ")
                .right("WRITTEN")
                .right("COMMITS")
                .right("ROLLBACKS")
                .right("TIME")
                .left("FAULT");
        sheet.steps()
                .forEach(step -> steps.row(
                        step.name(),
                        step.status(),
                        step.read(),
                        step.written(),
                        step.commits(),
                        step.rollbacks(),
                        Quantity.duration(Duration.ofMillis((long) (step.seconds() * 1000))),
                        step.fault() == null ? "" : step.fault()));
        return table(List.of(run)) + "\n" + facts + "\n" + steps;
    }
}
