package org.waybill.cli.run.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.waybill.cli.Output;
import org.waybill.report.Quantity;
import org.waybill.run.pulse.Progress;

/** Shows on standard error how far a stage has come: a bar on a terminal, one line a minute elsewhere, nothing beside JSON. */
public final class ProgressDisplay implements AutoCloseable {

    private static final Duration ON_A_TERMINAL = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofMinutes(1);

    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(ProgressDisplay::daemon);
    private final Runnable atTheEnd;

    private ProgressDisplay(Duration every, Runnable tick, Runnable atTheEnd) {
        this.atTheEnd = atTheEnd;
        if (!every.isZero()) {
            ticks.scheduleWithFixedDelay(tick, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    public static ProgressDisplay of(Progress progress, Output output) {
        return of(progress, output, Duration.ZERO);
    }

    /** @param elapsed since the stage began */
    public static ProgressDisplay of(Progress progress, Output output, Duration elapsed) {
        if (output.isJson()) {
            return new ProgressDisplay(Duration.ZERO, () -> {}, () -> {});
        }
        if (Terminal.isAtStandardError()) {
            StageBar bar = new StageBar(progress, output.terminal(), elapsed);
            return new ProgressDisplay(ON_A_TERMINAL, bar::show, bar::close);
        }
        PrintStream lines = output.terminal();
        long begin = System.nanoTime() - elapsed.toNanos();
        return new ProgressDisplay(
                ELSEWHERE, () -> lines.println(line(progress, Duration.ofNanos(System.nanoTime() - begin))), () -> {});
    }

    /** Such as {@code processing: 12 of 40 files, 1.5 of 4.0 GiB, 80.0 MiB/s, 32 s to go}. */
    static String line(Progress progress, Duration elapsed) {
        long bytes = progress.bytes();
        StringBuilder line = new StringBuilder(progress.stage()).append(": ").append(progress.files());
        line.append(progress.totalFiles() > 0 ? " of " + progress.totalFiles() : "")
                .append(" files");
        if (bytes > 0) {
            double perSecond = bytes / Math.max(0.001, elapsed.toMillis() / 1000.0);
            line.append(", ").append(Quantity.bytes(bytes));
            line.append(progress.totalBytes() > 0 ? " of " + Quantity.bytes(progress.totalBytes()) : "");
            line.append(", ").append(Quantity.bytes((long) perSecond)).append("/s");
            if (progress.totalBytes() > bytes) {
                long millisToGo = (long) (1000 * (progress.totalBytes() - bytes) / perSecond);
                line.append(", ")
                        .append(Quantity.duration(Duration.ofMillis(millisToGo)))
                        .append(" to go");
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        ticks.shutdown();
        try {
            ticks.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        atTheEnd.run();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }
}
