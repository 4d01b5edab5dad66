package org.waybill.remote.sftp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BytesPerSecondTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong rate = new AtomicLong(1_000_000);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final StopCheck stop = new StopCheck(stopped::get);
    private Duration longestSleep = Duration.ZERO;
    private final BytesPerSecond speed = new BytesPerSecond(rate::get, nanos::get, this::sleep);

    private void sleep(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        longestSleep = duration.compareTo(longestSleep) > 0 ? duration : longestSleep;
    }

    @Test
    void tenSecondsOfBytesTakeTenSeconds() throws Exception {
        for (int i = 0; i < 1000; i++) {
            speed.pass(10_000, stop);
        }
        assertThat(nanos.get()).isBetween(9_900_000_000L, 10_100_000_000L);
    }

    @Test
    void aBufferLargerThanTheBucketPassesToo() throws Exception {
        rate.set(1000);
        for (int i = 0; i < 10; i++) {
            speed.pass(32_000, stop);
        }
        assertThat(nanos.get()).isBetween(287_000_000_000L, 321_000_000_000L);
    }

    @Test
    void aPauseIsNotMadeUpForByMoreThanAQuarterOfASecond() throws Exception {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        long begin = nanos.get();
        for (int i = 0; i < 100; i++) {
            speed.pass(10_000, stop);
        }
        assertThat(nanos.get() - begin).isBetween(740_000_000L, 760_000_000L);
    }

    @Test
    void noLimitIsNoWait() throws Exception {
        rate.set(BytesPerSecond.NO_LIMIT);
        speed.pass(Integer.MAX_VALUE, stop);
        assertThat(nanos.get()).isZero();
    }

    @Test
    void anotherRateCountsAtOnce() throws Exception {
        rate.set(0);
        BytesPerSecond closedUntilNine = new BytesPerSecond(
                () -> nanos.get() < Duration.ofHours(9).toNanos() ? 0 : BytesPerSecond.NO_LIMIT,
                nanos::get,
                this::sleep);
        closedUntilNine.pass(1, stop);
        assertThat(Duration.ofNanos(nanos.get()))
                .isBetween(Duration.ofHours(9), Duration.ofHours(9).plusSeconds(1));
    }

    @Test
    void sleepsAreShortAndAStopEndsThem() {
        rate.set(0);
        BytesPerSecond stoppedMeanwhile = new BytesPerSecond(rate::get, nanos::get, duration -> {
            sleep(duration);
            stopped.set(true);
        });
        assertThatThrownBy(() -> stoppedMeanwhile.pass(1, stop)).isInstanceOf(SftpStoppedException.class);
        assertThat(longestSleep).isLessThanOrEqualTo(Duration.ofMillis(200));
    }
}
