package org.waybill.run.batch;

import java.io.IOException;
import java.util.List;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.waybill.ledger.FileState;
import org.waybill.ledger.SizedFile;
import org.waybill.run.Parts;
import org.waybill.run.Parts.Cut;
import org.waybill.run.Runs;
import org.waybill.run.StageRun;

/** Sets right what a run that died left behind, and cuts what is to be done into parts, unless this launch has its cut. */
public class CutTasklet implements Tasklet {

    private final Work work;
    private final Parts parts;
    private final Runs runs;
    private final StageRun run;

    public CutTasklet(Work work, Parts parts, Runs runs, StageRun run) {
        this.work = work;
        this.parts = parts;
        this.runs = runs;
        this.run = run;
    }

    /** The work of a stage that moves files in parts. */
    public interface Work {

        void setRight() throws IOException;

        /** The state of the files that are to be moved. */
        FileState from();

        List<SizedFile> files();

        int parts();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        work.setRight();
        if (!parts.areCut(run.launchId())) {
            parts.cut(run.launchId(), work.files(), work.parts());
        }
        Cut toDo = parts.toDo(run.launchId(), work.from());
        runs.found(run.runId(), toDo.files());
        run.expect(toDo.files(), toDo.bytes());
        return RepeatStatus.FINISHED;
    }
}
