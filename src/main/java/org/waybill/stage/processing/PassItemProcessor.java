package org.waybill.stage.processing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.waybill.ledger.DataFile;
import org.waybill.run.StageRun;
import org.waybill.stage.MoreChances;
import org.waybill.stage.RouteFolders;
import org.waybill.stage.processing.pass.Keyring;
import org.waybill.stage.processing.pass.Pass;
import org.waybill.stage.processing.pass.PassResult;
import org.waybill.storage.Directories;
import org.waybill.storage.WorkingFolders;

/** Passes over each file of a batch, and forces the folder of their results once for all of them. */
class PassItemProcessor implements ItemProcessor<FileBatch, List<PassResult>> {

    private final Pass pass;
    private final WorkingFolders folders;
    private final StageRun run;

    PassItemProcessor(Pass pass, WorkingFolders folders, StageRun run) {
        this.pass = pass;
        this.folders = folders;
        this.run = run;
    }

    static PassItemProcessor of(StageRun run, Keyring keyring) {
        Pass.Watch watch = new Pass.Watch() {
            @Override
            public void read(long bytes) {
                run.continueOrStop();
                run.progress().add(0, bytes);
            }

            @Override
            public void beforePublishing() {
                run.confirmOwnership();
            }
        };
        Pass pass = new Pass(keyring, run.route().processing().acceptPlaintext(), watch);
        return new PassItemProcessor(pass, RouteFolders.of(run.route()), run);
    }

    @Override
    public List<PassResult> process(FileBatch batch) throws IOException {
        List<PassResult> results = new ArrayList<>(batch.files().size());
        for (DataFile file : batch.files()) {
            long id = file.id();
            results.add(MoreChances.on(id, () -> pass.over(file, folders.received(id), folders.processed(id))));
            run.progress().add(1, 0);
        }
        Directories.force(folders.processed());
        return results;
    }
}
