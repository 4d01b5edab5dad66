package org.waybill.stage.rewrap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.waybill.ledger.rewrap.ArchivedContent;
import org.waybill.ledger.rewrap.HeaderChange;
import org.waybill.ledger.rewrap.HeaderChanges;
import org.waybill.run.StageRun;
import org.waybill.stage.rewrap.RewrapResult.LeftAlone;
import org.waybill.stage.rewrap.RewrapResult.Made;
import org.waybill.stage.rewrap.RewrapResult.NotForTheKey;
import org.waybill.stage.rewrap.Standing.NotAsRecordedException;
import org.waybill.stage.rewrap.Survey.Found;

/** Surveys a batch, keeps its changes in the ledger, then makes them. */
class RewrapItemProcessor implements ItemProcessor<List<ArchivedContent>, List<RewrapResult>> {

    private final Survey survey;
    private final HeaderSwap swap;
    private final HeaderChanges changes;
    private final StageRun run;

    RewrapItemProcessor(Survey survey, HeaderSwap swap, HeaderChanges changes, StageRun run) {
        this.survey = survey;
        this.swap = swap;
        this.changes = changes;
        this.run = run;
    }

    @Override
    public List<RewrapResult> process(List<ArchivedContent> batch) throws IOException {
        List<RewrapResult> results = new ArrayList<>(batch.size());
        List<Found> changing = new ArrayList<>(batch.size());
        for (ArchivedContent content : batch) {
            run.continueOrStop();
            try {
                Found found = survey.of(content);
                if (found.change().isPresent()) {
                    changing.add(found);
                } else {
                    results.add(new NotForTheKey(content));
                }
            } catch (NotAsRecordedException e) {
                results.add(new LeftAlone(content, String.valueOf(e.getMessage())));
            }
            run.progress().add(content.files(), content.files() * content.sizeBytes());
        }
        List<HeaderChange> fresh = changing.stream()
                .filter(found -> found.content().begun().isEmpty())
                .map(Found::change)
                .flatMap(Optional::stream)
                .toList();
        changes.intend(run.route().name(), fresh, run.stamp());
        for (Found found : changing) {
            results.add(make(found));
        }
        return results;
    }

    private RewrapResult make(Found found) throws IOException {
        HeaderChange change = found.change().orElseThrow();
        run.confirmOwnership();
        try {
            swap.make(found, change);
            return new Made(change);
        } catch (NotAsRecordedException e) {
            return new LeftAlone(found.content(), String.valueOf(e.getMessage()));
        }
    }
}
