package org.waybill.stage.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.waybill.ledger.Selection;
import org.waybill.ledger.manifest.Manifests;
import org.waybill.ledger.manifest.Manifests.Outcome;
import org.waybill.route.Route;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.Counts;
import org.waybill.run.Plan;
import org.waybill.run.Stage;
import org.waybill.run.StageContract;
import org.waybill.run.StageRun;

/** What intake needs, what it would do, and what came of it. It counts rows of manifests, not files. */
@Component
class IntakeStage implements StageContract {

    private final Manifests manifests;
    private final InstantSource clock;

    IntakeStage(Manifests manifests, InstantSource clock) {
        this.manifests = manifests;
        this.clock = clock;
    }

    @Override
    public Stage stage() {
        return Stage.INTAKE;
    }

    @Override
    public List<RouteProblem> check(Route route) {
        return List.of();
    }

    @Override
    public Plan plan(Route route, Selection selection) {
        List<Plan.Action> actions = new ArrayList<>();
        try {
            ManifestFolder folder = new ManifestFolder(route, manifests);
            for (Path file : folder.settled(clock.instant())) {
                if (!folder.isKnown(file)) {
                    String name = file.getFileName().toString();
                    actions.add(new Plan.Action(name, "read, and expect the files that it declares"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Plan(stage(), actions, 0);
    }

    @Override
    public Counts count(StageRun run) {
        long done = 0;
        long rejected = 0;
        long pending =
                run.opened(ManifestFolder.class).map(ManifestFolder::tooYoung).orElse(0);
        long found = pending;
        for (Outcome outcome : manifests.outcomes(run.runId())) {
            found += outcome.rows();
            switch (outcome.outcome()) {
                case "TAKEN" -> {
                    done += outcome.accepted();
                    rejected += outcome.rejected();
                }
                case "READING" -> pending += outcome.rows();
                default -> rejected += outcome.rows();
            }
        }
        return new Counts(found, done, rejected, 0, pending, 0);
    }
}
