package org.waybill.cli.run.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.Reason;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;
import org.waybill.run.failure.OpenFile;
import org.waybill.run.failure.OpenRun;

/** What needs a person, with what to paste. As JSON its shape is an interface. */
record OpenSheet(List<OpenRunDocument> runs, List<OpenFileDocument> files) {

    private static final int FILES_OF_A_REASON = 10;

    /** @param before how many earlier runs of the same task are open too, and closed by the same command */
    record OpenRunDocument(
            long runId,
            String route,
            String stage,
            @Nullable String dataset,
            List<String> files,
            long before,
            Instant startedAt,
            @Nullable Instant endedAt,
            String message,
            String fault,
            String cause,
            String cure,
            String command) {}

    record OpenFileDocument(
            long fileId,
            String route,
            String path,
            Instant at,
            String reason,
            String detail,
            String cause,
            String cure,
            String command) {}

    static OpenSheet of(List<OpenRun> runs, List<OpenFile> files, String program) {
        return new OpenSheet(
                runs.stream().map(run -> document(run, program)).toList(),
                files.stream().map(file -> document(file, program)).toList());
    }

    private static OpenRunDocument document(OpenRun run, String program) {
        return new OpenRunDocument(
                run.runId(),
                run.route(),
                run.stage(),
                run.dataset(),
                run.files(),
                run.before(),
                run.startedAt(),
                run.endedAt(),
                run.message(),
                run.fault().name(),
                run.fault().cause(),
                run.fault().cure(),
                run.stage().equals("rewrap")
                        ? program + " run " + run.route() + ".rewrap --from KEY"
                        : program + " runs restart " + run.runId());
    }

    private static OpenFileDocument document(OpenFile file, String program) {
        Reason reason = Reason.valueOf(file.reason());
        return new OpenFileDocument(
                file.fileId(),
                file.route(),
                file.path(),
                file.at(),
                file.reason(),
                file.detail(),
                reason.cause(),
                reason.cure(),
                program + " files readmit " + file.fileId() + " --reason TEXT");
    }

    String text() {
        if (runs.isEmpty() && files.isEmpty()) {
            return "nothing needs a person";
        }
        List<String> paragraphs = new ArrayList<>();
        runs.forEach(run -> paragraphs.add(text(run)));
        Map<String, List<OpenFileDocument>> byReason = files.stream()
                .collect(Collectors.groupingBy(
                        file -> file.route() + " " + file.reason(), LinkedHashMap::new, Collectors.toList()));
        byReason.values().forEach(together -> paragraphs.add(text(together)));
        return String.join("\n", paragraphs);
    }

    private static String text(OpenRunDocument run) {
        String earlier = run.before() == 0 ? "" : ", and " + Quantity.count(run.before(), "earlier run") + " likewise";
        String when = run.endedAt() == null ? "died" : "failed " + Quantity.instant(run.endedAt());
        return "run " + run.runId() + "  " + run.route() + "." + run.stage() + "  " + when + earlier + "\n    "
                + TextTable.printable(run.message()) + "\n    " + run.cause() + "; " + run.cure() + "\n      "
                + run.command() + "\n";
    }

    /** Files of one route and reason: what is wrong is told once. */
    private static String text(List<OpenFileDocument> files) {
        OpenFileDocument first = files.get(0);
        StringBuilder text = new StringBuilder(Quantity.count(files.size(), "file"))
                .append(" of ")
                .append(first.route())
                .append("  ")
                .append(first.reason())
                .append("\n    ")
                .append(first.cause())
                .append("; ")
                .append(first.cure())
                .append('\n');
        files.stream().limit(FILES_OF_A_REASON).forEach(file -> text.append("      ")
                .append(file.command())
                .append("    # ")
                .append(TextTable.printable(file.path()))
                .append('\n'));
        if (files.size() > FILES_OF_A_REASON) {
            text.append("      and ")
                    .append(files.size() - FILES_OF_A_REASON)
                    .append(" more; all of them with --json\n");
        }
        return text.toString();
    }
}
