package org.waybill.cli.run.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.Reason;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;
import org.waybill.run.failure.OpenDelivery;
import org.waybill.run.failure.OpenFile;
import org.waybill.run.failure.OpenGap;
import org.waybill.run.failure.OpenRun;

/** What needs a person, with what to paste. As JSON its shape is an interface. */
record OpenSheet(
        List<OpenRunDocument> runs,
        List<OpenFileDocument> files,
        List<OpenDeliveryDocument> deliveries,
        List<OpenGapDocument> gaps) {

    private static final int OF_A_REASON = 10;

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

    record OpenDeliveryDocument(
            long deliveryId,
            String route,
            long fileId,
            String path,
            String recipient,
            String placedAs,
            Instant at,
            String reason,
            String detail,
            String cause,
            String cure,
            String command) {}

    record OpenGapDocument(
            String route,
            String log,
            String fileName,
            Instant from,
            Instant to,
            String why,
            long runId,
            String cause,
            String cure,
            String command) {}

    static OpenSheet of(
            List<OpenRun> runs,
            List<OpenFile> files,
            List<OpenDelivery> deliveries,
            List<OpenGap> gaps,
            String program) {
        return new OpenSheet(
                runs.stream().map(run -> document(run, program)).toList(),
                files.stream().map(file -> document(file, program)).toList(),
                deliveries.stream().map(delivery -> document(delivery, program)).toList(),
                gaps.stream().map(gap -> document(gap, program)).toList());
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

    private static OpenDeliveryDocument document(OpenDelivery delivery, String program) {
        return new OpenDeliveryDocument(
                delivery.deliveryId(),
                delivery.route(),
                delivery.fileId(),
                delivery.path(),
                delivery.recipient(),
                delivery.placedAs(),
                delivery.at(),
                delivery.reason(),
                delivery.detail(),
                delivery.cause(),
                delivery.cure(),
                program + " deliveries resend " + delivery.deliveryId() + " --reason TEXT");
    }

    private static OpenGapDocument document(OpenGap gap, String program) {
        return new OpenGapDocument(
                gap.route(),
                gap.log(),
                gap.fileName(),
                gap.from(),
                gap.to(),
                gap.why(),
                gap.runId(),
                gap.cause(),
                gap.cure(),
                program + " runs acknowledge " + gap.runId() + " --reason TEXT");
    }

    String text() {
        if (runs.isEmpty() && files.isEmpty() && deliveries.isEmpty() && gaps.isEmpty()) {
            return "nothing needs a person";
        }
        List<String> paragraphs = new ArrayList<>();
        runs.forEach(run -> paragraphs.add(text(run)));
        together(files, file -> file.route() + " " + file.reason()).forEach(group -> {
            OpenFileDocument first = group.get(0);
            String what = Quantity.count(group.size(), "file") + " of " + first.route();
            paragraphs.add(text(what, first.reason(), first.cause(), first.cure(), lines(group, OpenSheet::line)));
        });
        together(deliveries, delivery -> delivery.route() + " " + delivery.recipient() + " " + delivery.reason())
                .forEach(group -> {
                    OpenDeliveryDocument first = group.get(0);
                    String what = Quantity.count(group.size(), "delivery", "deliveries") + " of " + first.route()
                            + " to " + first.recipient();
                    paragraphs.add(
                            text(what, first.reason(), first.cause(), first.cure(), lines(group, OpenSheet::line)));
                });
        gaps.forEach(gap -> paragraphs.add(text(gap)));
        return String.join("\n", paragraphs);
    }

    private static String text(OpenGapDocument gap) {
        return "access log " + gap.log() + " of " + gap.route() + "  lost from " + Quantity.instant(gap.from()) + " to "
                + Quantity.instant(gap.to()) + "\n    " + TextTable.printable(gap.why()) + "\n    " + gap.cause() + "; "
                + gap.cure() + "\n      " + gap.command() + "\n";
    }

    private static String text(OpenRunDocument run) {
        String earlier = run.before() == 0 ? "" : ", and " + Quantity.count(run.before(), "earlier run") + " likewise";
        String when = run.endedAt() == null ? "died" : "failed " + Quantity.instant(run.endedAt());
        return "run " + run.runId() + "  " + run.route() + "." + run.stage() + "  " + when + earlier + "\n    "
                + TextTable.printable(run.message()) + "\n    " + run.cause() + "; " + run.cure() + "\n      "
                + run.command() + "\n";
    }

    private static <T> Collection<List<T>> together(List<T> all, Function<T, String> reason) {
        return all.stream()
                .collect(Collectors.groupingBy(reason, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private static <T> List<String> lines(List<T> group, Function<T, String> line) {
        return group.stream().map(line).toList();
    }

    private static String line(OpenFileDocument file) {
        return file.command() + "    # " + TextTable.printable(file.path());
    }

    private static String line(OpenDeliveryDocument delivery) {
        return delivery.command() + "    # " + TextTable.printable(delivery.placedAs());
    }

    /** What is wrong with several in the same way is told once. */
    private static String text(String what, String reason, String cause, String cure, List<String> lines) {
        StringBuilder text = new StringBuilder(what)
                .append("  ")
                .append(reason)
                .append("\n    ")
                .append(cause)
                .append("; ")
                .append(cure)
                .append('\n');
        lines.stream()
                .limit(OF_A_REASON)
                .forEach(line -> text.append("      ").append(line).append('\n'));
        if (lines.size() > OF_A_REASON) {
            text.append("      and ").append(lines.size() - OF_A_REASON).append(" more; all of them with --json\n");
        }
        return text.toString();
    }
}
