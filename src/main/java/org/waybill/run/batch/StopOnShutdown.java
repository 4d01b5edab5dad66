package org.waybill.run.batch;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.waybill.run.CurrentRuns;

/** When the process is asked to end, asks its runs to end first, and waits for them while the database is still there. */
@Component
public class StopOnShutdown implements SmartLifecycle {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration AT_MOST = Duration.ofSeconds(25);

    private final CurrentRuns current;
    private volatile boolean running;

    public StopOnShutdown(CurrentRuns current) {
        this.current = current;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        current.stopAll();
        long giveUp = System.nanoTime() + AT_MOST.toNanos();
        try {
            while (!current.isEmpty() && System.nanoTime() < giveUp) {
                Thread.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
