package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Holds transfers back to a rate: a bucket that fills with it and holds a quarter of a second's bytes. To be shared by all
 * transfers that the rate is for; safe for several threads.
 */
public final class BytesPerSecond {

    public static final long NO_LIMIT = Long.MAX_VALUE;

    private static final double BUCKET_SECONDS = 0.25;
    private static final long LONGEST_SLEEP_NANOS = 200_000_000; // a stop or another rate is noticed after it

    private final LongSupplier rate;
    private final LongSupplier nanoClock;
    private final Sleeper sleeper;
    private double bytes; // these two are guarded by this
    private long filledNanos;

    /** Waits; a test passes one that moves its clock. */
    public interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** @param rate in bytes a second, asked before each buffer, so that it may follow a schedule; 0 holds everything back */
    public BytesPerSecond(LongSupplier rate) {
        this(rate, System::nanoTime, duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000));
    }

    /** @param nanoClock as {@link System#nanoTime} */
    public BytesPerSecond(LongSupplier rate, LongSupplier nanoClock, Sleeper sleeper) {
        this.rate = rate;
        this.nanoClock = nanoClock;
        this.sleeper = sleeper;
        this.filledNanos = nanoClock.getAsLong();
    }

    /** As fast as it goes. */
    public static BytesPerSecond unlimited() {
        return new BytesPerSecond(() -> NO_LIMIT);
    }

    /** Waits until so many bytes may pass. */
    void pass(int count, StopCheck stop) throws IOException, InterruptedException {
        for (long wait = nanosUntil(count); wait > 0; wait = nanosUntil(count)) {
            stop.requireNoStop();
            sleeper.sleep(Duration.ofNanos(Math.min(wait, LONGEST_SLEEP_NANOS)));
        }
    }

    /** 0 if they have been taken from the bucket. More than it holds leave it in debt. */
    private synchronized long nanosUntil(int count) {
        long perSecond = rate.getAsLong();
        long now = nanoClock.getAsLong();
        if (perSecond == NO_LIMIT) {
            filledNanos = now;
            return 0;
        }
        double most = perSecond * BUCKET_SECONDS;
        bytes = Math.min(most, bytes + (now - filledNanos) / 1e9 * perSecond);
        filledNanos = now;
        if (perSecond <= 0) {
            return LONGEST_SLEEP_NANOS;
        }
        double missing = Math.min(count, most) - bytes;
        if (missing > 0) {
            return 1 + (long) (missing / perSecond * 1e9);
        }
        bytes -= count;
        return 0;
    }
}
