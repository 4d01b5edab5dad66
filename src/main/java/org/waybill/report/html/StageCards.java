package org.waybill.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.waybill.report.Cell;

/** Each stage with its last runs drawn: how long they took, and how much they handled in a second. */
final class StageCards {

    private StageCards() {}

    /** @param runs of all stages; those of one stage stand together, the newest one last */
    static List<Map<String, Object>> of(List<Map<String, @Nullable Object>> runs) {
        Map<String, List<Map<String, @Nullable Object>>> byStage = new LinkedHashMap<>();
        runs.forEach(run -> byStage.computeIfAbsent(run.get("route") + "." + run.get("stage"), key -> new ArrayList<>())
                .add(run));
        List<Map<String, Object>> cards = new ArrayList<>();
        byStage.forEach((stage, ofStage) -> {
            List<Map<String, Object>> drawings = new ArrayList<>();
            drawings.add(drawing("duration", "seconds", ofStage));
            if (ofStage.stream().anyMatch(run -> run.get("bytesPerSecond") != null)) {
                drawings.add(drawing("throughput", "bytesPerSecond", ofStage));
            }
            cards.add(Map.of("stage", stage, "drawings", drawings));
        });
        return cards;
    }

    private static Map<String, Object> drawing(String what, String column, List<Map<String, @Nullable Object>> runs) {
        List<Double> numbers = runs.stream()
                .map(run -> run.get(column) instanceof Number number ? number.doubleValue() : 0.0)
                .toList();
        List<Boolean> failed = runs.stream()
                .map(run -> !Objects.equals(run.get("outcome"), "COMPLETED"))
                .toList();
        String last = words(column, runs.get(runs.size() - 1).get(column));
        return Map.of(
                "what",
                what,
                "last",
                last,
                "inWords",
                what + " of the last " + runs.size() + " runs; of the last one " + last,
                "width",
                Sparkline.width(numbers.size()),
                "height",
                Sparkline.HEIGHT,
                "bars",
                Sparkline.bars(numbers, failed));
    }

    private static String words(String column, @Nullable Object value) {
        String text = Cell.text(column.replace("PerSecond", ""), value);
        return value != null && column.endsWith("PerSecond") ? text + "/s" : text;
    }
}
