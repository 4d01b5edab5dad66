package org.waybill.stage.archive;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Publications;
import org.waybill.run.Parts;
import org.waybill.run.Parts.Cut;
import org.waybill.run.Runs;
import org.waybill.run.StageRun;

/** Sweeps what a run that died left behind, and records what is to be done, unless this launch has that on record. */
class CutTasklet implements Tasklet {

    private final Leftovers leftovers;
    private final Publications publications;
    private final Parts parts;
    private final Runs runs;
    private final StageRun run;

    CutTasklet(Leftovers leftovers, Publications publications, Parts parts, Runs runs, StageRun run) {
        this.leftovers = leftovers;
        this.publications = publications;
        this.parts = parts;
        this.runs = runs;
        this.run = run;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        leftovers.sweep();
        if (!parts.areCut(run.launchId())) {
            parts.cut(run.launchId(), publications.unpublished(run.route().name(), run.selection()), 1);
        }
        Cut toDo = parts.toDo(run.launchId(), FileState.PROCESSED);
        runs.found(run.runId(), toDo.files());
        run.progress().expect(toDo.files(), toDo.bytes());
        return RepeatStatus.FINISHED;
    }
}
