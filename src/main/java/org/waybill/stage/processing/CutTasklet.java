package org.waybill.stage.processing;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.waybill.ledger.Contents;
import org.waybill.ledger.FileState;
import org.waybill.run.Parts;
import org.waybill.run.Parts.Cut;
import org.waybill.run.Runs;
import org.waybill.run.StageRun;

/** Sets the folders right, and cuts what is to be done into parts, unless this launch has its cut already. */
class CutTasklet implements Tasklet {

    private final SettingRight settingRight;
    private final Contents contents;
    private final Parts parts;
    private final Runs runs;
    private final StageRun run;

    CutTasklet(SettingRight settingRight, Contents contents, Parts parts, Runs runs, StageRun run) {
        this.settingRight = settingRight;
        this.contents = contents;
        this.parts = parts;
        this.runs = runs;
        this.run = run;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        settingRight.beforeProcessing();
        if (!parts.areCut(run.launchId())) {
            parts.cut(
                    run.launchId(),
                    contents.arrived(run.route().name(), run.selection()),
                    run.route().processing().partitions());
        }
        Cut toDo = parts.toDo(run.launchId(), FileState.ARRIVED);
        runs.found(run.runId(), toDo.files());
        run.progress().expect(toDo.files(), toDo.bytes());
        return RepeatStatus.FINISHED;
    }
}
