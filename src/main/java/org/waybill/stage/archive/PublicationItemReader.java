package org.waybill.stage.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.waybill.ledger.Publications;
import org.waybill.ledger.Publications.Publication;
import org.waybill.run.StageRun;

/** Reads the files of one part that are still to be published. The state is the cursor: a restart needs no other. */
class PublicationItemReader implements ItemReader<List<Publication>> {

    private static final int FILES_A_COMMIT = 200;

    private final Publications publications;
    private final StageRun run;
    private final int part;
    private long lastId;

    PublicationItemReader(Publications publications, StageRun run, int part) {
        this.publications = publications;
        this.run = run;
        this.part = part;
    }

    @Override
    public @Nullable List<Publication> read() {
        run.continueOrStop();
        List<Publication> next = publications.ofPart(run.launchId(), part, lastId, FILES_A_COMMIT);
        if (next.isEmpty()) {
            return null;
        }
        lastId = next.get(next.size() - 1).fileId();
        return next;
    }
}
