package org.waybill.stage.processing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.waybill.ledger.Contents;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.FileState;
import org.waybill.run.StageRun;

/** Reads the files of one part that still are ARRIVED. The state is the cursor: a restart needs no other. */
class ArrivedBatchItemReader implements ItemReader<FileBatch> {

    private final Contents contents;
    private final StageRun run;
    private final int part;
    private long lastId;

    ArrivedBatchItemReader(Contents contents, StageRun run, int part) {
        this.contents = contents;
        this.run = run;
        this.part = part;
    }

    @Override
    public @Nullable FileBatch read() {
        run.continueOrStop();
        List<DataFile> next = contents.ofPart(run.launchId(), part, FileState.ARRIVED, lastId, FileBatch.MAX_FILES);
        if (next.isEmpty()) {
            return null;
        }
        FileBatch batch = FileBatch.of(next);
        lastId = batch.files().get(batch.files().size() - 1).id();
        return batch;
    }
}
