package org.waybill.cli.run.control;

import java.time.Duration;
import java.util.List;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;
import org.waybill.run.history.RunRow;
import org.waybill.run.history.RunSheet;

/** Runs as a person reads them. */
final class RunTables {

    private RunTables() {}

    static TextTable list(List<RunRow> runs) {
        TextTable table = new TextTable()
                .right("RUN")
                .left("ROUTE.STAGE")
                .left("STATUS")
                .left("STARTED")
                .right("TIME")
                .right("FOUND")
                .right("DONE")
                .right("QUARANTINED")
                .right("SKIPPED")
                .right("PENDING")
                .right("BYTES");
        runs.forEach(run -> table.row(
                run.id(),
                run.route() + "." + run.stage(),
                status(run),
                Quantity.instant(run.startedAt()),
                Quantity.duration(Duration.ofMillis((long) (run.seconds() * 1000))),
                run.found(),
                run.done(),
                run.quarantined(),
                run.skipped(),
                run.pending(),
                Quantity.bytes(run.bytes())));
        return table;
    }

    static String status(RunRow run) {
        return run.status().equals("STARTED") && !run.alive() ? "DIED" : run.status();
    }

    static String sheet(RunSheet sheet) {
        RunRow run = sheet.run();
        RunSheet.Launch launch = sheet.launch();
        TextTable facts = new TextTable().left("").left("");
        facts.row("asked for", launch.dataset() == null ? "all datasets" : "dataset " + launch.dataset());
        facts.row("", launch.files().isEmpty() ? "all files" : "files " + String.join(", ", launch.files()));
        facts.row("by", launch.by() + ", " + Quantity.instant(launch.at()));
        facts.row("ended", run.endedAt() == null ? null : Quantity.instant(run.endedAt()));
        if (!sheet.machine().isEmpty()) {
            facts.row("on", sheet.machine());
        }
        if (run.message() != null) {
            facts.row("failed", run.message());
        }
        TextTable steps = new TextTable()
                .left("STEP")
                .left("STATUS")
                .right("READ")
                .right("WRITTEN")
                .right("COMMITS")
                .right("ROLLBACKS")
                .right("TIME")
                .left("FAULT");
        sheet.steps()
                .forEach(step -> steps.row(
                        step.name(),
                        step.status(),
                        step.read(),
                        step.written(),
                        step.commits(),
                        step.rollbacks(),
                        Quantity.duration(Duration.ofMillis((long) (step.seconds() * 1000))),
                        step.fault() == null ? "" : step.fault()));
        return list(List.of(run)) + "\n" + facts + "\n" + steps;
    }
}
