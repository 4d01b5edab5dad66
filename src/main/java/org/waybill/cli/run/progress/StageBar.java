package org.waybill.cli.run.progress;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.waybill.run.pulse.Progress;

/** A bar for one stage, which appears as soon as there is something to show: bytes, or files where bytes say nothing. */
final class StageBar {

    private static final int REDRAW_MS = 500;
    private static final long MEBIBYTE = 1024 * 1024;

    private final Progress progress;
    private final PrintStream terminal;
    private final Duration elapsed;
    private @Nullable ProgressBar bar;

    /** @param elapsed since the stage began */
    StageBar(Progress progress, PrintStream terminal, Duration elapsed) {
        this.elapsed = elapsed;
        this.progress = progress;
        this.terminal = terminal;
    }

    synchronized void show() {
        boolean inBytes = progress.totalBytes() > 0;
        if (bar == null) {
            if (progress.totalFiles() == 0 && progress.files() == 0) {
                return;
            }
            bar = open(inBytes);
        }
        long total = inBytes ? progress.totalBytes() : progress.totalFiles();
        bar.maxHint(total > 0 ? total : -1);
        bar.stepTo(inBytes ? progress.bytes() : progress.files());
        bar.setExtraMessage(inBytes ? progress.files() + "/" + progress.totalFiles() + " files" : "");
    }

    synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private ProgressBar open(boolean inBytes) {
        return new ProgressBarBuilder()
                .setTaskName(progress.stage())
                .setConsumer(new ConsoleProgressBarConsumer(terminal))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MS)
                .setUnit(inBytes ? " MiB" : " files", inBytes ? MEBIBYTE : 1)
                .startsFrom(0, elapsed)
                .showSpeed()
                .clearDisplayOnFinish()
                .build();
    }
}
