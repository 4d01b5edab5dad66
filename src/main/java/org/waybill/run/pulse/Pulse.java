package org.waybill.run.pulse;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Beats every second until it is closed: each time it asks whether the run should stop, and some times it tells how far the
 * run is. Telling makes the disk flush, for which the writing of large files waits a tenth of a second.
 */
public final class Pulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);
    private static final int BEATS_FROM_TELLING_TO_TELLING = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(5); // with a beat at the end

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread pulse = new Thread(work, "pulse");
        pulse.setDaemon(true);
        return pulse;
    });
    private final Pulses pulses;
    private final long runId;
    private final Progress progress;
    private final Runnable stop;
    private int beats;

    Pulse(Pulses pulses, long runId, Progress progress, Runnable stop) {
        this.pulses = pulses;
        this.runId = runId;
        this.progress = progress;
        this.stop = stop;
        thread.scheduleWithFixedDelay(
                this::beat, BETWEEN_BEATS.toMillis(), BETWEEN_BEATS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            if (beats++ % BEATS_FROM_TELLING_TO_TELLING == 0) {
                pulses.tell(runId, progress);
            }
            if (pulses.isAskedToStop(runId)) {
                stop.run();
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("run {} could not tell how far it is", runId, e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
