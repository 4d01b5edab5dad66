package org.waybill.cli.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Failure;
import org.waybill.cli.Output;
import org.waybill.cli.Session;
import org.waybill.cli.run.progress.ProgressDisplay;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.ledger.Selection;
import org.waybill.route.InvalidRouteException;
import org.waybill.route.Route;
import org.waybill.route.RouteFiles;
import org.waybill.route.RouteProblem;
import org.waybill.route.check.RouteCheck;
import org.waybill.run.CurrentRuns;
import org.waybill.run.Progress;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;

/** Stages of a route in their order, as long as each completes and nobody asks to stop; and what is told of them. */
public final class RouteRun {

    private final Route route;
    private final List<Stage> stages;
    private final Selection selection;
    private final Session session;
    private final @Nullable Crypt4ghSecretKey oldKey;
    private final Runner runner;
    private final List<StageResult> results = new ArrayList<>();

    public RouteRun(Route route, List<Stage> stages, Selection selection, Session session) {
        this(route, stages, selection, session, null);
    }

    /** @param oldKey what rewrap needs; null for other stages */
    RouteRun(
            Route route, List<Stage> stages, Selection selection, Session session, @Nullable Crypt4ghSecretKey oldKey) {
        this.oldKey = oldKey;
        this.route = route;
        this.stages = stages;
        this.selection = selection;
        this.session = session;
        this.runner = session.bean(Runner.class);
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
        check();
        CurrentRuns current = session.bean(CurrentRuns.class);
        return session.stopSignal().whileStoppable(current::stopAll, () -> {
            try {
                for (Stage stage : stages) {
                    if (session.stopSignal().isAsked() || !allCompleted(results)) {
                        break;
                    }
                    StageResult result = run(stage);
                    results.add(result);
                    session.output().partOfResult(RunDocument.line(result));
                }
            } catch (RuntimeException e) {
                return endedBy(Failure.of(e), e);
            }
            return end();
        });
    }

    private void check() {
        Set<RouteProblem> problems = new LinkedHashSet<>();
        stages.forEach(stage -> problems.addAll(runner.check(route, stage)));
        List<Route> others = new RouteFiles(session.home()).beside(route);
        problems.addAll(new RouteCheck(System::getenv).beside(route, others));
        if (!problems.isEmpty()) {
            throw new InvalidRouteException(List.copyOf(problems));
        }
    }

    private StageResult run(Stage stage) {
        Progress progress = new Progress();
        try (ProgressDisplay display = ProgressDisplay.of(progress, session.output())) {
            return oldKey == null
                    ? runner.run(route, stage, selection, progress)
                    : runner.run(route, stage, selection, progress, oldKey);
        }
    }

    private ExitCode end() throws IOException {
        results.stream().filter(result -> result.message() != null).forEach(result -> session.output()
                .note(route.name() + "." + result.stage().label() + " failed: " + result.message() + "; see "
                        + session.program() + " runs show " + result.runId()));
        RewrapSheet rewrap = oldKey == null ? null : RewrapSheet.of(route, oldKey.publicKey(), results, session);
        session.output()
                .result(
                        RunDocument.of(route.name(), results, rewrap, null),
                        () -> RunDocument.total(route.name(), results, PeakMemory.bytes(), session.program())
                                + (rewrap == null ? "" : "\n" + rewrap.text(session.program())));
        return exitCode(results, session.stopSignal().isAsked());
    }

    /** A stage could not be run: what the stages before it did must be told all the same. */
    private ExitCode endedBy(Failure failure, RuntimeException thrown) {
        if (results.isEmpty()) {
            throw thrown;
        }
        session.output().note(failure.message());
        session.output()
                .result(
                        RunDocument.of(route.name(), results, Output.Error.of(failure)),
                        () -> RunDocument.total(route.name(), results, PeakMemory.bytes(), session.program()));
        return failure.code();
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
