package org.waybill.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Failure;
import org.waybill.cli.Output;
import org.waybill.cli.Session;
import org.waybill.cli.run.notice.Metrics;
import org.waybill.cli.run.notice.Pings;
import org.waybill.cli.run.progress.ProgressDisplay;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.ledger.Selection;
import org.waybill.route.Route;
import org.waybill.route.Route.Schedule;
import org.waybill.route.RouteFiles;
import org.waybill.route.check.RouteCheck;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.CurrentRuns;
import org.waybill.run.Order;
import org.waybill.run.Restarts.Task;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.run.pulse.Progress;

/** Stages of a route in their order, as long as each completes and nobody asks to stop; and what is told of them. */
public final class RouteRun {

    private final Route route;
    private final List<Stage> stages;
    private final Selection selection;
    private final Session session;
    private final @Nullable Crypt4ghSecretKey oldKey;
    private final @Nullable Task restarted;
    private final Pings pings;
    private final Metrics metrics;
    private final List<StageResult> results = new ArrayList<>();
    private @Nullable RewrapSheet rewrap;
    private @Nullable Failure failure;

    public RouteRun(Route route, List<Stage> stages, Selection selection, Session session) {
        this(route, stages, selection, session, null, null);
    }

    /** A run of rewrap, which needs the key that is to be replaced. */
    RouteRun(Route route, Selection selection, Session session, Crypt4ghSecretKey oldKey) {
        this(route, List.of(Stage.REWRAP), selection, session, oldKey, null);
    }

    /** A restart: the stage of a run from where it ended, then those that were to follow it. */
    public RouteRun(Route route, Task restarted, Session session) {
        this(route, stages(restarted), restarted.selection(), session, null, restarted);
    }

    private RouteRun(
            Route route,
            List<Stage> stages,
            Selection selection,
            Session session,
            @Nullable Crypt4ghSecretKey oldKey,
            @Nullable Task restarted) {
        this.oldKey = oldKey;
        this.restarted = restarted;
        this.route = route;
        this.stages = stages;
        this.selection = selection;
        this.session = session;
        this.metrics = new Metrics(route, session, session.output()::note);
        this.pings = new Pings(route, pinged(), session.output()::note);
    }

    /** The stages of a restart, in their order. */
    public static List<Stage> stages(Task task) {
        return Stream.concat(Stream.of(task.stage()), task.followedBy().stream())
                .toList();
    }

    /** It could not even begin: to be told with the results of others. */
    public void failed(Failure why) {
        failure = why;
    }

    /** What came of the stages that were run. */
    public List<StageResult> results() {
        return List.copyOf(results);
    }

    /**
     * Runs them, and prints the result.
     *
     * @throws InvalidRouteException if this machine lacks something for one of them; none was started
     */
    public ExitCode run() throws Exception {
        ExitCode code = perform();
        session.output().result(document(), this::text);
        return code;
    }

    /** Runs them, and prints what is to be told of each; the result is the caller's to print. */
    public ExitCode perform() throws Exception {
        ExitCode code = ExitCode.FAILED;
        try {
            code = performStages();
            return code;
        } catch (Exception e) {
            code = Failure.of(e).code();
            throw e;
        } finally {
            pings.ended(code, results);
        }
    }

    private ExitCode performStages() throws Exception {
        check();
        metrics.write(); // what is due next is another time now
        CurrentRuns current = session.bean(CurrentRuns.class);
        return session.stopSignal().whileStoppable(current::stopAll, () -> {
            try {
                for (int i = 0; i < stages.size(); i++) {
                    if (session.stopSignal().isAsked() || !allCompleted(results)) {
                        break;
                    }
                    StageResult result = run(stages.get(i), stages.subList(i + 1, stages.size()));
                    results.add(result);
                    metrics.write();
                    session.output().partOfResult(RunDocument.line(result));
                }
            } catch (RuntimeException e) {
                if (results.isEmpty()) {
                    throw e;
                }
                failure = Failure.of(e); // what the stages before did must be told all the same
                session.output().note(failure.message());
                return failure.code();
            }
            results.stream().filter(result -> result.message() != null).forEach(this::tellFault);
            rewrap = oldKey == null ? null : RewrapSheet.of(route, oldKey.publicKey(), results, session);
            return exitCode(results, session.stopSignal().isAsked());
        });
    }

    private void check() {
        Runner runner = session.bean(Runner.class);
        Set<RouteProblem> problems = new LinkedHashSet<>();
        stages.forEach(stage -> problems.addAll(runner.check(route, stage)));
        List<Route> others = new RouteFiles(session.home()).beside(route);
        problems.addAll(new RouteCheck(System::getenv).beside(route, others));
        if (!problems.isEmpty()) {
            throw new InvalidRouteException(List.copyOf(problems));
        }
    }

    private StageResult run(Stage stage, List<Stage> followedBy) {
        Runner runner = session.bean(Runner.class);
        Progress progress = new Progress(pings::started);
        Order order = new Order(route, stage, selection, followedBy);
        try (ProgressDisplay display = ProgressDisplay.of(progress, session.output())) {
            if (restarted != null && results.isEmpty()) {
                return runner.restart(order, restarted, progress);
            }
            return oldKey == null ? runner.run(order, progress) : runner.run(order, progress, oldKey);
        }
    }

    /** What a monitor waits for: all files of the whole route, or of one stage. A restart that goes on to the end is the route's, too. */
    private Optional<String> pinged() {
        Stage last = stages.get(stages.size() - 1);
        if (!selection.equals(Selection.ALL)) {
            return Optional.empty();
        }
        if (stages.size() == 1
                && (restarted == null || route.ping().of(last.label()).isPresent())) {
            return Optional.of(last.label());
        }
        List<Stage> all = Stage.of(route);
        return last == all.get(all.size() - 1) ? Optional.of(Schedule.WHOLE_ROUTE) : Optional.empty();
    }

    private void tellFault(StageResult result) {
        session.output()
                .note(route.name() + "." + result.stage().label() + " failed: " + result.message() + "; see "
                        + session.program() + " runs show " + result.runId() + ", then "
                        + (result.stage() == Stage.REWRAP
                                ? "run it again"
                                : session.program() + " runs restart " + result.runId()));
    }

    /** What came of them. */
    public RunDocument document() {
        return RunDocument.of(route.name(), results, rewrap, failure == null ? null : Output.Error.of(failure));
    }

    /** The same for a person, but for what was told while they ran. */
    public String text() {
        return RunDocument.total(route.name(), results, PeakMemory.bytes(), session.program())
                + (rewrap == null ? "" : "\n" + rewrap.text(session.program()));
    }

    static ExitCode exitCode(List<StageResult> results, boolean askedToStop) {
        if (results.stream().anyMatch(result -> result.status() == Status.FAILED)) {
            return ExitCode.FAILED;
        }
        if (askedToStop || !allCompleted(results)) {
            return ExitCode.STOPPED;
        }
        boolean quarantined =
                results.stream().anyMatch(result -> result.counts().quarantined() > 0);
        boolean leftAlone = results.stream()
                .anyMatch(result ->
                        result.stage() == Stage.REWRAP && result.counts().skipped() > 0);
        return quarantined || leftAlone ? ExitCode.QUARANTINED : ExitCode.DONE;
    }

    private static boolean allCompleted(List<StageResult> results) {
        return results.stream().allMatch(result -> result.status() == Status.COMPLETED);
    }
}
