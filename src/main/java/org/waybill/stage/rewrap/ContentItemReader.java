package org.waybill.stage.rewrap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.waybill.ledger.rewrap.ArchivedContent;
import org.waybill.ledger.rewrap.Rewraps;
import org.waybill.run.StageRun;

/** Reads the contents of one part: few at a time, and fewer if they are large, so that little has to be done again. */
class ContentItemReader implements ItemReader<List<ArchivedContent>> {

    private static final int CONTENTS_A_COMMIT = 50;
    private static final long BYTES_A_COMMIT = 256L << 20;

    private final Rewraps rewraps;
    private final StageRun run;
    private final int part;
    private long lastId;

    ContentItemReader(Rewraps rewraps, StageRun run, int part) {
        this.rewraps = rewraps;
        this.run = run;
        this.part = part;
    }

    @Override
    public @Nullable List<ArchivedContent> read() {
        run.continueOrStop();
        List<ArchivedContent> batch = new ArrayList<>();
        long bytes = 0;
        for (ArchivedContent content :
                rewraps.ofPart(run.route().name(), run.launchId(), part, lastId, CONTENTS_A_COMMIT)) {
            if (!batch.isEmpty() && bytes + content.sizeBytes() > BYTES_A_COMMIT) {
                break;
            }
            batch.add(content);
            bytes += content.sizeBytes();
            lastId = content.firstId();
        }
        return batch.isEmpty() ? null : batch;
    }
}
