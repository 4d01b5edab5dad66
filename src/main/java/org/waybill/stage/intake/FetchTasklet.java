package org.waybill.stage.intake;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.waybill.ledger.manifest.Manifests;
import org.waybill.route.IntakeRoute.EgaApi;
import org.waybill.run.StageRun;

/** Fetches the metadata of the dataset that is asked for, if the route names an API and the ledger does not know it yet. */
class FetchTasklet implements Tasklet {

    private final Manifests manifests;
    private final ManifestFolder folder;
    private final StageRun run;

    FetchTasklet(Manifests manifests, ManifestFolder folder, StageRun run) {
        this.manifests = manifests;
        this.folder = folder;
        this.run = run;
    }

    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        EgaApi api = run.route().intake().egaApi().orElse(null);
        String dataset = run.selection().dataset();
        if (api != null
                && dataset != null
                && !manifests.knowsDataset(run.route().name(), dataset)) {
            Path manifestFolder = run.route().intake().manifests().orElseThrow();
            folder.fetched(MetadataFetch.into(manifestFolder, api, dataset));
        }
        return RepeatStatus.FINISHED;
    }
}
