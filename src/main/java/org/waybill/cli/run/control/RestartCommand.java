package org.waybill.cli.run.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Failure;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.run.RouteRun;
import org.waybill.cli.run.RunDocument;
import org.waybill.route.RouteFiles;
import org.waybill.run.Restarts;
import org.waybill.run.Restarts.Task;
import org.waybill.run.failure.OpenFailures;
import org.waybill.run.failure.OpenRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes up again what failed or was stopped. */
@Command(
        name = "restart",
        description = {
            "Takes up again a run that failed, died or was stopped, where it ended, and then the stages that were to follow it.",
            "Of a run that died, that is recorded first; one that is alive is left alone."
        })
final class RestartCommand implements Subcommand {

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Ids of runs.")
    private List<Long> runIds = new ArrayList<>();

    @Option(names = "--failed", description = "All failed runs that need a person, as `runs open` lists them.")
    private boolean failed;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "With --failed: only runs that started since: 24h, 7d, 2026-07-01, 2026-07-01T18:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--plan", description = "Say what would be restarted, and do nothing.")
    private boolean plan;

    @Override
    public ExitCode run(Session session) throws Exception {
        if (runIds.isEmpty() != failed || since != null && !failed) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE, "give ids of runs, or --failed, to which --since belongs");
        }
        List<Task> tasks = tasks(session);
        if (plan) {
            session.output().result(tasks.stream().map(Planned::of).toList(), () -> text(tasks));
            return ExitCode.DONE;
        }
        return restart(tasks, session);
    }

    private List<Task> tasks(Session session) {
        Restarts restarts = session.bean(Restarts.class);
        if (failed) {
            return session.bean(OpenFailures.class).runs(since).stream()
                    .map(OpenRun::runId)
                    .flatMap(id -> restarts.of(id).stream())
                    .filter(task -> task.refusal() == null || told(task.refusal(), session))
                    .toList();
        }
        return runIds.stream()
                .map(id -> restarts.of(id).orElseThrow(() -> NumberedRun.none(id, session)))
                .map(RestartCommand::orRefuse)
                .toList();
    }

    private static boolean told(String refusal, Session session) {
        session.output().note(refusal);
        return false;
    }

    private static Task orRefuse(Task task) {
        String refusal = task.refusal();
        if (refusal != null) {
            throw new CommandFailedException(ExitCode.FAILED, refusal);
        }
        return task;
    }

    private ExitCode restart(List<Task> tasks, Session session) throws Exception {
        List<RunDocument> documents = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        ExitCode worst = ExitCode.DONE;
        for (Task task : tasks) {
            if (session.stopSignal().isAsked()) {
                worst = worse(worst, ExitCode.STOPPED);
                break;
            }
            if (tasks.size() > 1 && isSettledMeanwhile(task, session)) {
                continue;
            }
            RouteRun run = new RouteRun(new RouteFiles(session.home()).named(task.route()), task, session);
            worst = worse(worst, perform(run, tasks.size() == 1, session));
            documents.add(run.document());
            texts.add(run.text());
        }
        session.output().result(documents, () -> texts.isEmpty() ? "nothing to restart" : String.join("\n", texts));
        return worst;
    }

    /** Of several, one that cannot be begun does not keep the others from it. */
    private static ExitCode perform(RouteRun run, boolean only, Session session) throws Exception {
        try {
            return run.perform();
        } catch (RuntimeException e) {
            if (only) {
                throw e;
            }
            Failure failure = Failure.of(e);
            session.output().note(failure.message());
            run.failed(failure);
            return failure.code();
        }
    }

    /** A restart before this one can have done its work too. */
    private static boolean isSettledMeanwhile(Task task, Session session) {
        Optional<String> refusal = session.bean(Restarts.class).of(task.runId()).map(Task::refusal);
        refusal.ifPresent(session.output()::note);
        return refusal.isPresent();
    }

    private static ExitCode worse(ExitCode one, ExitCode other) {
        if (one == ExitCode.DONE || one == ExitCode.QUARANTINED && other != ExitCode.DONE) {
            return other;
        }
        return one;
    }

    /** A restart that would be done. As JSON its shape is an interface. */
    record Planned(
            long runId,
            String route,
            List<String> stages,
            @Nullable String dataset,
            List<String> files) {
        static Planned of(Task task) {
            return new Planned(
                    task.runId(),
                    task.route(),
                    RouteRun.stages(task).stream().map(stage -> stage.label()).toList(),
                    task.selection().dataset(),
                    task.selection().paths());
        }
    }

    private static String text(List<Task> tasks) {
        if (tasks.isEmpty()) {
            return "nothing to restart";
        }
        return tasks.stream()
                .map(task -> "run " + task.runId() + ": " + task.route() + ", "
                        + RouteRun.stages(task).stream()
                                .map(stage -> stage.label())
                                .collect(Collectors.joining(", then ")))
                .collect(Collectors.joining("\n"));
    }
}
