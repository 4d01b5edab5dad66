package org.waybill.stage.archive;

import java.io.IOException;
import java.util.List;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Publications;
import org.waybill.ledger.SizedFile;
import org.waybill.run.StageRun;
import org.waybill.run.batch.CutTasklet;

/** The files that are processed, or wanted by a further dataset. */
record ArchiveWork(Publications publications, Leftovers leftovers, StageRun run) implements CutTasklet.Work {

    /** While one part waits for the database, others wait for the disk. */
    static final int PARTS = 3;

    @Override
    public void setRight() throws IOException {
        leftovers.sweep();
    }

    @Override
    public FileState from() {
        return FileState.PROCESSED;
    }

    @Override
    public List<SizedFile> files() {
        return publications.unpublished(run.route().name(), run.selection());
    }

    @Override
    public int parts() {
        return PARTS;
    }
}
