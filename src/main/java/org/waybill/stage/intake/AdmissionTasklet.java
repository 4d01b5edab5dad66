package org.waybill.stage.intake;

import java.util.List;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.waybill.ledger.manifest.Admission;
import org.waybill.ledger.manifest.Manifests;
import org.waybill.run.StageRun;

/** Admits the manifests that were read, each in a transaction of its own. */
class AdmissionTasklet implements Tasklet {

    private final Manifests manifests;
    private final Admission admission;
    private final StageRun run;

    AdmissionTasklet(Manifests manifests, Admission admission, StageRun run) {
        this.manifests = manifests;
        this.admission = admission;
        this.run = run;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        run.continueOrStop();
        List<Long> waiting = manifests.reading(run.runId());
        if (waiting.isEmpty()) {
            return RepeatStatus.FINISHED;
        }
        admission.admit(run.route().name(), waiting.get(0), run.stamp());
        run.confirmOwnershipUntilCommit();
        return RepeatStatus.CONTINUABLE;
    }
}
