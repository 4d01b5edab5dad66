package org.waybill.cli.run.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.waybill.run.Counts;
import org.waybill.run.StageResult;

/** How fast each stage was, for people. */
final class Rates {

    private static final double BYTES_PER_MB = 1_000_000;

    private Rates() {}

    static String text(List<StageResult> results) {
        return results.stream().map(Rates::line).collect(Collectors.joining("", "\n", ""));
    }

    private static String line(StageResult result) {
        Counts counts = result.counts();
        double seconds = Math.max(0.001, result.duration().toMillis() / 1000.0);
        String bytes = counts.bytes() == 0
                ? ""
                : String.format(Locale.ROOT, "  %,10.1f MB/s", counts.bytes() / BYTES_PER_MB / seconds);
        return String.format(
                        Locale.ROOT, "%-10s  %,10.1f files/s", result.stage().label(), counts.done() / seconds)
                + bytes + "\n";
    }
}
