package org.waybill.stage.archive;

import java.util.List;
import org.springframework.stereotype.Component;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Publications;
import org.waybill.ledger.Selection;
import org.waybill.ledger.SizedFile;
import org.waybill.route.Route;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.Counts;
import org.waybill.run.Parts;
import org.waybill.run.Plan;
import org.waybill.run.Stage;
import org.waybill.run.StageContract;
import org.waybill.run.StageRun;

/** What the archive needs, what it would do, and what came of it. */
@Component
class ArchiveStage implements StageContract {

    private final Publications publications;
    private final Parts parts;

    ArchiveStage(Publications publications, Parts parts) {
        this.publications = publications;
        this.parts = parts;
    }

    @Override
    public Stage stage() {
        return Stage.ARCHIVE;
    }

    @Override
    public List<RouteProblem> check(Route route) {
        return List.of();
    }

    @Override
    public Plan plan(Route route, Selection selection) {
        List<SizedFile> files = publications.unpublished(route.name(), selection);
        return new Plan(
                stage(),
                files.stream()
                        .map(file -> new Plan.Action(file.path(), "publish, " + file.sizeBytes() + " bytes"))
                        .toList(),
                files.stream().mapToLong(SizedFile::sizeBytes).sum());
    }

    @Override
    public Counts count(StageRun run) {
        return parts.count(run, FileState.PROCESSED, FileState.ARCHIVED);
    }
}
