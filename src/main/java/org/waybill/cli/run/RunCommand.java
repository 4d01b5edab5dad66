package org.waybill.cli.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Output;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.ledger.Selection;
import org.waybill.route.Route;
import org.waybill.route.RouteFiles;
import org.waybill.run.Plan;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a route. */
@Command(
        name = "run",
        description = {
            "Runs all stages of a route in their order, or one of them.",
            "Whatever was interrupted before is taken up again.",
            "ROUTE.rewrap is not one of them: it gives archived files to the route's present recipients."
        })
public final class RunCommand implements Subcommand {

    @Parameters(
            paramLabel = "ROUTE[.STAGE]",
            converter = RouteAndStage.Converter.class,
            description =
                    "A route, as its file in jobs/ is named; with a stage (intake, transfer, processing, archive, rewrap),"
                            + " only that one.")
    private RouteAndStage what = new RouteAndStage("", null);

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "Only this file: its path in its dataset, or below the incoming folder. Can be repeated.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--dataset", paramLabel = "ID", description = "Only files of this dataset.")
    private @Nullable String dataset;

    @Option(names = "--plan", description = "Say what would be done, and do nothing.")
    private boolean plan;

    @Mixin
    private OldKey oldKey = new OldKey();

    @Override
    public ExitCode run(Session session) throws Exception {
        oldKey.requireFor(what.stage());
        Route route = new RouteFiles(session.home()).named(what.route());
        Selection selection = new Selection(dataset, files);
        if (plan) {
            return plan(route, selection, session.bean(Runner.class), session.output());
        }
        if (what.stage() != Stage.REWRAP) {
            return new RouteRun(route, what.stages(route), selection, session).run();
        }
        try (Crypt4ghSecretKey key = oldKey.read()) {
            return new RouteRun(route, selection, session, key).run();
        }
    }

    private ExitCode plan(Route route, Selection selection, Runner runner, Output output) {
        List<Plan> plans = what.stages(route).stream()
                .map(stage -> runner.plan(route, stage, selection))
                .toList();
        output.result(PlanDocument.of(route.name(), plans), () -> PlanDocument.text(plans));
        return ExitCode.DONE;
    }
}
