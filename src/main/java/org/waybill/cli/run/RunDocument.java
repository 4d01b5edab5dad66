package org.waybill.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.Output;
import org.waybill.report.Quantity;
import org.waybill.run.Counts;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;

/**
 * What {@code run} prints. As JSON its shape is an interface.
 *
 * @param rewrap how far the rewrapping is; left out of other runs
 * @param error why a later stage could not be run; left out if all could
 */
public record RunDocument(
        String route,
        List<StageDocument> stages,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RewrapSheet rewrap,
        @JsonInclude(JsonInclude.Include.NON_NULL) Output.@Nullable Error error) {

    /** What came of one stage. */
    record StageDocument(
            String stage,
            @Nullable Long runId,
            Status status,
            long found,
            long done,
            long quarantined,
            long skipped,
            long pending,
            long bytes,
            double seconds) {}

    static RunDocument of(
            String route, List<StageResult> results, @Nullable RewrapSheet rewrap, Output.@Nullable Error error) {
        return new RunDocument(route, results.stream().map(RunDocument::stage).toList(), rewrap, error);
    }

    private static StageDocument stage(StageResult result) {
        Counts counts = result.counts();
        return new StageDocument(
                result.stage().label(),
                result.runId(),
                result.status(),
                counts.found(),
                counts.done(),
                counts.quarantined(),
                counts.skipped(),
                counts.pending(),
                counts.bytes(),
                result.duration().toMillis() / 1000.0);
    }

    /** One stage in one line; counts of nothing are left out. */
    static String line(StageResult result) {
        Counts counts = result.counts();
        List<String> words = new ArrayList<>();
        words.add(counts.found() + " found");
        add(words, counts.done(), "done");
        add(words, counts.quarantined(), "quarantined");
        add(words, counts.skipped(), "skipped");
        add(words, counts.pending(), "pending");
        if (counts.bytes() > 0) {
            words.add(Quantity.bytes(counts.bytes()));
        }
        return "%-10s  %-9s  %-8s  %s in %s"
                .formatted(
                        result.stage().label(),
                        result.status(),
                        result.runId() == null ? "-" : "run " + result.runId(),
                        String.join(", ", words),
                        Quantity.duration(result.duration()));
    }

    /** All stages in one line, and where to look if somebody has to. */
    static String total(String route, List<StageResult> results, OptionalLong peakMemoryBytes, String program) {
        Duration duration = results.stream().map(StageResult::duration).reduce(Duration.ZERO, Duration::plus);
        long quarantined = results.stream()
                .mapToLong(result -> result.counts().quarantined())
                .sum();
        StringBuilder total = new StringBuilder(route + ": " + Quantity.count(results.size(), "stage"));
        results.stream().filter(result -> result.status() != Status.COMPLETED).forEach(result -> total.append(", ")
                .append(result.stage().label())
                .append(' ')
                .append(result.status()));
        total.append(", ").append(Quantity.duration(duration));
        peakMemoryBytes.ifPresent(bytes ->
                total.append(", at most ").append(Quantity.bytes(bytes)).append(" of memory"));
        if (quarantined > 0) {
            total.append(", ")
                    .append(quarantined)
                    .append(" quarantined or rejected; see ")
                    .append(program)
                    .append(" report");
        }
        return total.toString();
    }

    private static void add(List<String> words, long count, String word) {
        if (count > 0) {
            words.add(count + " " + word);
        }
    }
}
