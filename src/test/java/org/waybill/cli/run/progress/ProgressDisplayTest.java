package org.waybill.cli.run.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.waybill.run.pulse.Progress;

class ProgressDisplayTest {

    private static final long GIBIBYTE = 1L << 30;

    private final Progress progress = new Progress();

    @Test
    void tellsFilesBytesRateAndTheTimeToGo() {
        progress.begin("processing");
        progress.expect(40, 4 * GIBIBYTE);
        progress.add(12, GIBIBYTE);

        assertThat(ProgressDisplay.line(progress, Duration.ofSeconds(64)))
                .isEqualTo("processing: 12 of 40 files, 1.0 GiB of 4.0 GiB, 16.0 MiB/s, 3 min 12 s to go");
    }

    @Test
    void tellsWhatIsKnownWhenTheTotalIsNot() {
        progress.begin("transfer");
        progress.add(3, 2048);

        assertThat(ProgressDisplay.line(progress, Duration.ofSeconds(2)))
                .isEqualTo("transfer: 3 files, 2.0 KiB, 1.0 KiB/s");
    }

    @Test
    void leavesBytesOutWhereTheySayNothing() {
        progress.begin("intake");
        progress.expect(100, 0);
        progress.add(7, 0);

        assertThat(ProgressDisplay.line(progress, Duration.ofSeconds(2))).isEqualTo("intake: 7 of 100 files");
    }
}
