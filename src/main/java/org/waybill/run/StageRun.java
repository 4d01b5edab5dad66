package org.waybill.run;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.Selection;
import org.waybill.ledger.Stamp;
import org.waybill.route.Route;
import org.waybill.run.ownership.Ownership;
import org.waybill.run.pulse.Progress;
import org.waybill.run.pulse.Pulse;
import org.waybill.run.pulse.Pulses;
import org.waybill.run.pulse.RunStoppedException;

/** A run while it runs: what it works on, under which ownership, and what it keeps open until its end. */
public final class StageRun implements AutoCloseable {

    private final Route route;
    private final Stage stage;
    private final Selection selection;
    private final long launchId;
    private final List<Ownership> ownerships;
    private final Progress progress;
    private final InstantSource clock;
    private final Map<Class<?>, AutoCloseable> open = new LinkedHashMap<>();
    private volatile @Nullable Long runId;
    private volatile boolean stopping;

    StageRun(
            Route route,
            Stage stage,
            Selection selection,
            long launchId,
            List<Ownership> ownerships,
            Progress progress,
            InstantSource clock) {
        this.route = route;
        this.stage = stage;
        this.selection = selection;
        this.launchId = launchId;
        this.ownerships = List.copyOf(ownerships);
        this.progress = progress;
        this.clock = clock;
    }

    public Route route() {
        return route;
    }

    public Stage stage() {
        return stage;
    }

    public Selection selection() {
        return selection;
    }

    /** What was asked for; the same for a run and its restarts. */
    public long launchId() {
        return launchId;
    }

    /** The fencing number under which it works, of its own stage. */
    public long fence() {
        return ownerships.get(0).fence();
    }

    /** As {@link Ownership#confirm()}: before something is published. */
    public void confirmOwnership() {
        ownerships.forEach(Ownership::confirm);
    }

    /** As {@link Ownership#confirmUntilCommit()}: last in a transaction. */
    public void confirmOwnershipUntilCommit() {
        ownerships.forEach(Ownership::confirmUntilCommit);
    }

    public Progress progress() {
        return progress;
    }

    /** What there is to do is known now. */
    public void expect(long files, long bytes) {
        progress.expect(files, bytes);
    }

    /** @throws IllegalStateException before the job has started */
    public long runId() {
        Long id = runId;
        if (id == null) {
            throw new IllegalStateException("the job has not started");
        }
        return id;
    }

    public void started(long jobExecutionId) {
        runId = jobExecutionId;
    }

    /** From now on until its end, tells how far it has come, and hears whether it is to stop. */
    synchronized void feelPulse(Pulses pulses) {
        open.put(Pulse.class, pulses.begin(runId(), progress, this::stop));
    }

    boolean hasStarted() {
        return runId != null;
    }

    /** The stamp of what this run does now. */
    public Stamp stamp() {
        return new Stamp(clock.instant(), runId(), stage.label());
    }

    /** Asks the run to end after what it is just doing. */
    public void stop() {
        stopping = true;
    }

    /** @throws RunStoppedException if the run was asked to end */
    public void continueOrStop() {
        if (stopping) {
            throw new RunStoppedException();
        }
    }

    public boolean isStopping() {
        return stopping;
    }

    /** Opens something once for the whole run; it is closed at the run's end. */
    public synchronized <T extends AutoCloseable> T once(Class<T> type, Opener<T> opener) throws Exception {
        AutoCloseable existing = open.get(type);
        if (existing == null) {
            existing = opener.open();
            open.put(type, existing);
        }
        return type.cast(existing);
    }

    synchronized void bring(AutoCloseable... brought) {
        for (AutoCloseable each : brought) {
            open.put(each.getClass(), each);
        }
    }

    /** What was opened for the run, or brought by who started it, if it was. */
    public synchronized <T extends AutoCloseable> Optional<T> opened(Class<T> type) {
        return Optional.ofNullable(open.get(type)).map(type::cast);
    }

    /** Opens something that a run keeps until its end. */
    public interface Opener<T> {
        T open() throws Exception;
    }

    @Override
    public synchronized void close() throws Exception {
        for (AutoCloseable each : open.values()) {
            each.close();
        }
        open.clear();
    }
}
