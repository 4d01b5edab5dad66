package org.waybill.stage.processing;

import java.io.IOException;
import java.util.List;
import org.waybill.ledger.Contents;
import org.waybill.ledger.FileState;
import org.waybill.ledger.SizedFile;
import org.waybill.run.StageRun;
import org.waybill.run.batch.CutTasklet;

/** The files that have arrived, in as many parts as the route says. */
record ProcessingWork(Contents contents, StageRun run) implements CutTasklet.Work {

    @Override
    public void setRight() throws IOException {
        new SettingRight(contents, run.route()).beforeProcessing();
    }

    @Override
    public FileState from() {
        return FileState.ARRIVED;
    }

    @Override
    public List<SizedFile> files() {
        return contents.arrived(run.route().name(), run.selection());
    }

    @Override
    public int parts() {
        return run.route().processing().partitions();
    }
}
