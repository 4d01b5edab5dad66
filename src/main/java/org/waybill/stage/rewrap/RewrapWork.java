package org.waybill.stage.rewrap;

import java.io.IOException;
import java.util.List;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Readers;
import org.waybill.ledger.SizedFile;
import org.waybill.ledger.rewrap.HeaderChanges;
import org.waybill.ledger.rewrap.Rewraps;
import org.waybill.run.StageRun;
import org.waybill.run.batch.CutTasklet;
import org.waybill.stage.RouteFolders;
import org.waybill.storage.UnpublishedFile;
import org.waybill.storage.WorkingFolders;

/** The archived files that the old key opens, or may open. */
record RewrapWork(Rewraps rewraps, HeaderChanges changes, Readers present, String oldKey, StageRun run)
        implements CutTasklet.Work {

    /** While one part waits for the disk, others digest. */
    static final int PARTS = 3;

    @Override
    public void setRight() throws IOException {
        WorkingFolders folders = RouteFolders.of(run.route());
        folders.create();
        UnpublishedFile.sweep(folders.publishing());
        changes.forgetLost(run.route().name());
        HeaderSwap.sweep(folders.publishing(), changes.intended(run.route().name()));
    }

    @Override
    public FileState from() {
        return FileState.ARCHIVED;
    }

    @Override
    public List<SizedFile> files() {
        return rewraps.toDo(run.route().name(), run.selection(), present, oldKey);
    }

    @Override
    public int parts() {
        return PARTS;
    }
}
