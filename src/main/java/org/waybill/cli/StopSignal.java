package org.waybill.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * SIGTERM, SIGINT and SIGHUP: asks the work to end, waits until the command has said what came of it, and gives its exit code
 * to the process. Without this a JVM that gets a signal exits with 128 and the signal's number, in the middle of everything.
 */
public final class StopSignal {

    /** Kubernetes kills 30 s after it asks. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(100);

    private final CompletableFuture<ExitCode> end = new CompletableFuture<>();
    private volatile boolean asked;
    private volatile @Nullable Runnable stop;
    private volatile @Nullable Session session;

    /** Whether the process was asked to end. */
    public boolean isAsked() {
        return asked;
    }

    /**
     * Does work that must end clean.
     *
     * @param stopping asks the work to end soon; called again and again, from another thread, until it has ended
     */
    public <T> T whileStoppable(Runnable stopping, Callable<T> work) throws Exception {
        stop = stopping;
        return work.call();
    }

    /** What is to be closed if nothing is stoppable, or does not stop in time. */
    void closes(Session opened) {
        session = opened;
    }

    /** The command has ended and said all it had to say. */
    void ended(ExitCode code) {
        end.complete(code);
    }

    /** Ends the process at a signal: called by the JVM as it shuts down, for whatever reason. */
    void shutDown() {
        if (end.isDone()) {
            return;
        }
        asked = true;
        Runnable stopping = stop;
        if (stopping != null && endsWithin(PATIENCE, stopping)) {
            Runtime.getRuntime().halt(end.join().number());
        }
        Session open = session;
        if (open != null) {
            open.close();
        }
    }

    private boolean endsWithin(Duration patience, Runnable stopping) {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < giveUp) {
            stopping.run();
            try {
                end.get(ASK_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException | ExecutionException e) {
                return false;
            }
        }
        return false;
    }
}
