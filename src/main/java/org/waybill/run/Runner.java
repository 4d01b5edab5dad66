package org.waybill.run;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;
import org.waybill.ledger.Selection;
import org.waybill.route.Route;
import org.waybill.route.check.RouteCheck;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.StageResult.Status;
import org.waybill.run.ownership.AnotherRunAliveException;
import org.waybill.run.ownership.Owners;
import org.waybill.run.ownership.Ownership;
import org.waybill.run.ownership.Recovery;
import org.waybill.run.pulse.Progress;
import org.waybill.run.pulse.RunStoppedException;

/** Runs one stage of one route, as {@link org.waybill.run} says. */
@Component
public class Runner {

    private final Map<Stage, StageContract> contracts = new EnumMap<>(Stage.class);
    private final Map<String, Job> jobs;
    private final JobOperator operator;
    private final JobRepository repository;
    private final Owners owners;
    private final Recovery recovery;
    private final Runs runs;
    private final CurrentRuns current;
    private final InstantSource clock;

    public Runner(
            List<StageContract> contracts,
            Map<String, Job> jobs,
            JobOperator operator,
            JobRepository repository,
            Owners owners,
            Recovery recovery,
            Runs runs,
            CurrentRuns current,
            InstantSource clock) {
        contracts.forEach(contract -> this.contracts.put(contract.stage(), contract));
        this.jobs = jobs;
        this.operator = operator;
        this.repository = repository;
        this.owners = owners;
        this.recovery = recovery;
        this.runs = runs;
        this.current = current;
        this.clock = clock;
    }

    /** What this machine lacks for a stage of a route; empty: it can start. */
    public List<RouteProblem> check(Route route, Stage stage) {
        List<RouteProblem> problems = new RouteCheck(System::getenv).problems(route);
        return problems.isEmpty() ? contract(stage).check(route) : problems;
    }

    /** What is worth knowing of a stage whose check found no problem. */
    public List<String> remarks(Route route, Stage stage) {
        return contract(stage).remarks(route);
    }

    /** What a run would do now. Changes nothing. */
    public Plan plan(Route route, Stage stage, Selection selection) {
        return contract(stage).plan(route, selection);
    }

    /**
     * Runs a stage to its end.
     *
     * @param brought what the stage needs and only its caller has, such as a key: found by {@link StageRun#opened}, closed at
     *     the end of the run; if none is started, it stays the caller's
     * @throws InvalidRouteException if this machine lacks something for it; nothing was started
     * @throws AnotherRunAliveException if another process works on it; nothing was started
     */
    public StageResult run(Order order, Progress progress, AutoCloseable... brought) {
        return underOwnership(order, progress, begin -> runs.launch(order, begin), this::start, brought);
    }

    /**
     * Runs again what a run was to do, where it ended; if its process died, that is recorded first.
     *
     * @param order of the run, on the route as it is now
     * @throws InvalidRouteException if this machine lacks something for it; nothing was started
     * @throws AnotherRunAliveException if another process works on it, that of the run itself maybe; nothing was started
     */
    public StageResult restart(Order order, Restarts.Task task, Progress progress) {
        return underOwnership(order, progress, begin -> task.launchId(), run -> restart(task, run));
    }

    /**
     * Records of the runs of a stage that they died.
     *
     * @param stage in its label's form
     * @throws AnotherRunAliveException if one of them is alive
     */
    public void endDead(String route, String stage) {
        try (Ownership ownership = owners.take(route, stage)) {
            recovery.recover(route, stage);
        } catch (SQLException e) {
            throw new IllegalStateException("the ownership of " + route + "." + stage + " could not be given back", e);
        }
    }

    private StageResult underOwnership(
            Order order, Progress progress, Launch launch, Start start, AutoCloseable... brought) {
        Route route = order.route();
        Stage stage = order.stage();
        List<RouteProblem> problems = check(route, stage);
        if (!problems.isEmpty()) {
            throw new InvalidRouteException(problems);
        }
        Instant begin = clock.instant();
        try (Ownership ownership = owners.take(route.name(), stage.label());
                @Nullable
                        Ownership other = stage.keepsOut()
                                .map(keptOut -> owners.take(route.name(), keptOut.label()))
                                .orElse(null)) {
            List<Ownership> ownerships = other == null ? List.of(ownership) : List.of(ownership, other);
            recovery.recover(route.name(), stage.label());
            long launchId = launch.at(begin);
            progress.begin(stage.label());
            try (StageRun run = new StageRun(route, stage, order.selection(), launchId, ownerships, progress, clock)) {
                run.bring(brought);
                current.add(run);
                try {
                    return ended(run, start.job(run), begin);
                } finally {
                    current.remove(run);
                }
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("run of " + route.name() + "." + stage.label() + " did not end well", e);
        }
    }

    /** Says under which number what is asked for stands on record. */
    private interface Launch {
        long at(Instant begin);
    }

    /** Runs the job of a run, and waits for its end. */
    private interface Start {
        JobExecution job(StageRun run) throws JobExecutionException;
    }

    private JobExecution start(StageRun run) throws JobExecutionException {
        return operator.start(job(run.stage()), parameters(run));
    }

    /** A run that could only not tell its end has nothing left to do. */
    private JobExecution restart(Restarts.Task task, StageRun run) throws JobExecutionException {
        JobExecution last = repository.getJobExecution(task.runId());
        if (last == null || runs.lastOf(task.launchId()) != task.runId()) {
            throw new IllegalStateException("run " + task.runId() + " was restarted in this moment by somebody else");
        }
        if (last.getStatus() == BatchStatus.COMPLETED) {
            run.started(last.getId());
            return last;
        }
        return operator.restart(last);
    }

    private StageResult ended(StageRun run, JobExecution execution, Instant begin) {
        Status status = status(execution);
        String message = status == Status.FAILED ? message(execution) : null;
        Counts counts = Counts.NONE;
        if (run.hasStarted()) {
            if (status != Status.COMPLETED) { // then the last step has counted, and others go on from there
                runs.count(run.runId(), contract(run.stage()).count(run));
            }
            counts = runs.counts(run.runId());
            runs.end(run.runId(), status, message, clock.instant());
        }
        return new StageResult(
                run.stage(), execution.getId(), status, counts, Duration.between(begin, clock.instant()), message);
    }

    private static JobParameters parameters(StageRun run) {
        return new JobParametersBuilder()
                .addString("route", run.route().name())
                .addLong("launch", run.launchId())
                .toJobParameters();
    }

    private static Status status(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return Status.COMPLETED;
        }
        boolean stopped = execution.getStatus() == BatchStatus.STOPPED
                || causes(execution).anyMatch(RunStoppedException.class::isInstance);
        return stopped ? Status.STOPPED : Status.FAILED;
    }

    private static @Nullable String message(JobExecution execution) {
        return causes(execution)
                .filter(cause -> cause.getCause() == null)
                .sorted(Comparator.comparing(
                        JobExecutionException.class::isInstance)) // it says only that a part failed
                .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage())
                .map(text -> text.replaceAll("\\R.*", ""))
                .findFirst()
                .orElse("the job ended " + execution.getStatus());
    }

    private static Stream<Throwable> causes(JobExecution execution) {
        return execution.getAllFailureExceptions().stream()
                .flatMap(failure -> Stream.iterate(failure, cause -> cause != null, Throwable::getCause));
    }

    private StageContract contract(Stage stage) {
        StageContract contract = contracts.get(stage);
        if (contract == null) {
            throw new IllegalStateException("no room builds the stage " + stage.label());
        }
        return contract;
    }

    private Job job(Stage stage) {
        Job job = jobs.get(stage.label());
        if (job == null) {
            throw new IllegalStateException("no room builds the job " + stage.label());
        }
        return job;
    }
}
