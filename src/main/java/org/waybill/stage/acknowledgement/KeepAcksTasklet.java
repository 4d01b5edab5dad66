package org.waybill.stage.acknowledgement;

import java.io.IOException;
import java.util.Optional;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.waybill.ledger.receipt.Acks;
import org.waybill.route.delivery.Recipient;
import org.waybill.run.StageRun;
import org.waybill.stage.acknowledgement.acks.AckFolder;
import org.waybill.stage.acknowledgement.acks.AckFolder.Lying;

/** Moves the acknowledgements that are recorded away from the recipients. */
class KeepAcksTasklet implements Tasklet {

    private final Acks acks;
    private final StageRun run;

    KeepAcksTasklet(Acks acks, StageRun run) {
        this.acks = acks;
        this.run = run;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws IOException {
        Optional<AckFolder> folder =
                run.route().acknowledgement().orElseThrow().acks().map(AckFolder::new);
        if (folder.isPresent() && run.route().delivery().isPresent()) {
            for (Recipient recipient : run.route().delivery().get().addressing().recipients()) {
                for (Lying lying : folder.get().of(recipient.name(), run.stamp().at())) {
                    keep(folder.get(), lying);
                }
            }
        }
        run.confirmOwnershipUntilCommit();
        return RepeatStatus.FINISHED;
    }

    private void keep(AckFolder folder, Lying lying) throws IOException {
        Optional<Long> recorded = acks.idOf(run.route().name(), lying.recipient(), lying.name(), lying.sha256());
        if (recorded.isPresent()) {
            run.confirmOwnership();
            folder.keep(lying, recorded.get(), run.stamp().at());
        }
    }
}
