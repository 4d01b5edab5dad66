package org.waybill.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.report.Report.Finding;
import org.waybill.report.Report.Section;

/** What the rows of a report mean: whether somebody has to do something, and what. */
final class Verdict {

    private static final String UNDECIDED = "undecided";

    private final Map<String, Section> sections;
    private final String program;

    Verdict(Map<String, Section> sections, String program) {
        this.sections = sections;
        this.program = program;
    }

    String sentence() {
        List<String> needs = new ArrayList<>();
        add(needs, unrepeatedFailures().size(), "run failed", "runs failed");
        add(needs, sum("missingRuns", "missing"), "run is missing", "runs are missing");
        add(needs, sum("quarantinedFiles", UNDECIDED), "file waits in quarantine", "files wait in quarantine");
        add(needs, sum("heldDeliveries", "deliveries"), "delivery is held", "deliveries are held");
        add(
                needs,
                rows("overdueReceipts").size(),
                "delivery is not acknowledged in time",
                "deliveries are not acknowledged in time");
        add(needs, rows("logGaps").size(), "access log has a gap", "access logs have gaps");
        add(needs, rows("refusedAcks").size(), "acknowledgement was refused", "acknowledgements were refused");
        add(needs, rejectedRows(), "manifest row was rejected", "manifest rows were rejected");
        add(needs, brokenManifests().size(), "manifest was not taken", "manifests were not taken");
        add(
                needs,
                rows("unexpectedFiles").size(),
                "file in an incoming folder will not be taken",
                "files in incoming folders will not be taken");
        add(needs, sum("conservation", "lost"), "file is lost", "files are lost");
        return needs.isEmpty()
                ? "All is well: " + work() + "."
                : "A person is needed: " + String.join(", ", needs) + ".";
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        unrepeatedFailures()
                .forEach(run -> findings.add(new Finding(
                        "run %s of %s.%s failed: %s"
                                .formatted(run.get("runId"), run.get("route"), run.get("stage"), run.get("message")),
                        program + " runs show " + run.get("runId"))));
        rows("missingRuns")
                .forEach(gap -> findings.add(new Finding(missing(gap), program + " run " + gap.get("target"))));
        rows("quarantinedFiles", group -> number(group, UNDECIDED) > 0)
                .forEach(group -> findings.add(new Finding(
                        "%s of route %s in quarantine: %s"
                                .formatted(
                                        Quantity.count(number(group, UNDECIDED), "file"),
                                        group.get("route"),
                                        group.get("reason")),
                        program + " files show " + group.get("oldestFileId"))));
        rows("heldDeliveries")
                .forEach(group -> findings.add(new Finding(
                        "%s of route %s to %s held: %s"
                                .formatted(
                                        Quantity.count(number(group, "deliveries"), "delivery", "deliveries"),
                                        group.get("route"),
                                        group.get("recipient"),
                                        group.get("reason")),
                        program + " deliveries show " + group.get("oldestDeliveryId"))));
        overdue()
                .forEach(late -> findings.add(new Finding(
                        "%s of route %s to %s not acknowledged in time, the first one placed %s"
                                .formatted(
                                        Quantity.count(late.size(), "delivery", "deliveries"),
                                        late.get(0).get("route"),
                                        late.get(0).get("recipient"),
                                        late.get(0).get("deliveredAt")),
                        program + " receipts --route " + late.get(0).get("route") + " --recipient "
                                + late.get(0).get("recipient") + " --overdue")));
        rows("logGaps")
                .forEach(gap -> findings.add(new Finding(
                        "access log %s of route %s has a gap from %s to %s, in which requests may be missing: %s"
                                .formatted(
                                        gap.get("log"),
                                        gap.get("route"),
                                        gap.get("fromAt"),
                                        gap.get("toAt"),
                                        gap.get("why")),
                        program + " receipts --route " + gap.get("route"))));
        rows("refusedAcks")
                .forEach(ack -> findings.add(new Finding(
                        "an acknowledgement of %s for route %s was refused: %s"
                                .formatted(ack.get("recipient"), ack.get("route"), ack.get("finding")),
                        ack.get("deliveryId") == null
                                ? program + " receipts --route " + ack.get("route") + " --recipient "
                                        + ack.get("recipient")
                                : program + " deliveries show " + ack.get("deliveryId"))));
        rejects().stream()
                .collect(Collectors.groupingBy(
                        row -> Objects.toString(row.get("route")), TreeMap::new, Collectors.counting()))
                .forEach((route, count) -> findings.add(new Finding(
                        Quantity.count(count, "rejected row") + " in manifests of route " + route
                                + ": correct them, and put the manifest there under a new name",
                        program + " run " + route + ".intake")));
        brokenManifests()
                .forEach(manifest -> findings.add(new Finding(
                        "manifest %s was not taken (%s): %s"
                                .formatted(manifest.get("manifest"), manifest.get("outcome"), manifest.get("detail")),
                        program + " run " + manifest.get("route") + ".intake")));
        routesOf("unexpectedFiles")
                .forEach(route -> findings.add(new Finding(
                        "files lie in the incoming folder of route " + route + " and will not be taken",
                        program + " files list --route " + route + " --state UNEXPECTED")));
        rows("conservation").stream()
                .filter(row -> number(row, "lost") != 0)
                .forEach(row -> findings.add(new Finding(
                        number(row, "lost") + " files of route " + row.get("route") + " are in no state",
                        program + " files list --route " + row.get("route"))));
        return List.copyOf(findings);
    }

    private static String missing(Map<String, @Nullable Object> gap) {
        return number(gap, "missing") == 1
                ? "%s was to run at %s and did not begin".formatted(gap.get("target"), gap.get("firstDueAt"))
                : "%s was to run %d times from %s to %s and did not begin"
                        .formatted(
                                gap.get("target"), number(gap, "missing"), gap.get("firstDueAt"), gap.get("lastDueAt"));
    }

    private String work() {
        long archived = sum("conservation", "newlyArchived");
        long runs = sum("runsByStage", "runs");
        return runs == 0
                ? "nothing ran, and nothing waits for a person"
                : Quantity.count(archived, "file") + " archived in " + Quantity.count(runs, "run")
                        + ", and nothing waits for a person";
    }

    /** A failure after which the same task completed has cured itself, and one of which a person has decided needs nobody. */
    private List<Map<String, @Nullable Object>> unrepeatedFailures() {
        return rows(
                "failedRuns", row -> !Boolean.TRUE.equals(row.get("completedSince")) && row.get("decision") == null);
    }

    /** Those of one route and recipient together. */
    private Collection<List<Map<String, @Nullable Object>>> overdue() {
        return rows("overdueReceipts").stream()
                .collect(Collectors.groupingBy(
                        row -> row.get("route") + " " + row.get("recipient"), LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private List<Map<String, @Nullable Object>> rejects() {
        return rows("manifestsWithRejects", row -> row.get("line") != null);
    }

    private long rejectedRows() {
        return rejects().size();
    }

    private List<Map<String, @Nullable Object>> brokenManifests() {
        return rows("manifestsWithRejects", row -> row.get("line") == null);
    }

    private Set<String> routesOf(String section) {
        return rows(section).stream()
                .map(row -> Objects.toString(row.get("route")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long sum(String section, String column) {
        return rows(section).stream().mapToLong(row -> number(row, column)).sum();
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    private List<Map<String, @Nullable Object>> rows(String section) {
        return rows(section, row -> true);
    }

    private List<Map<String, @Nullable Object>> rows(String section, Predicate<Map<String, @Nullable Object>> which) {
        Section found = sections.get(section);
        if (found == null) {
            return List.of(); // what is known only of now is not in a report of the past
        }
        return found.rows().stream().filter(which).toList();
    }

    private static void add(List<String> needs, long count, String one, String many) {
        if (count != 0) {
            needs.add(count + " " + (count == 1 ? one : many));
        }
    }
}
