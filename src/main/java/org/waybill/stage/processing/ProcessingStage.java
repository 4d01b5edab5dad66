package org.waybill.stage.processing;

import java.util.List;
import org.springframework.stereotype.Component;
import org.waybill.ledger.Contents;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Selection;
import org.waybill.ledger.SizedFile;
import org.waybill.route.Route;
import org.waybill.route.RouteProblem;
import org.waybill.run.Counts;
import org.waybill.run.Parts;
import org.waybill.run.Plan;
import org.waybill.run.Stage;
import org.waybill.run.StageContract;
import org.waybill.run.StageRun;
import org.waybill.stage.processing.pass.Keyring;

/** What processing needs, what it would do, and what came of it. */
@Component
class ProcessingStage implements StageContract {

    private final Contents contents;
    private final Parts parts;

    ProcessingStage(Contents contents, Parts parts) {
        this.contents = contents;
        this.parts = parts;
    }

    @Override
    public Stage stage() {
        return Stage.PROCESSING;
    }

    @Override
    public List<RouteProblem> check(Route route) {
        return Keyring.check(route);
    }

    @Override
    public Plan plan(Route route, Selection selection) {
        List<SizedFile> files = contents.arrived(route.name(), selection);
        return new Plan(
                stage(),
                files.stream()
                        .map(file -> new Plan.Action(
                                file.path(), "verify and encrypt again, as it arrived " + file.sizeBytes() + " bytes"))
                        .toList(),
                files.stream().mapToLong(SizedFile::sizeBytes).sum());
    }

    @Override
    public Counts count(StageRun run) {
        return parts.count(run, FileState.ARRIVED, FileState.PROCESSED);
    }
}
