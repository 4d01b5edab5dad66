package org.waybill.stage.archive;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.waybill.ledger.Publications;
import org.waybill.ledger.Publications.Publication;
import org.waybill.run.StageRun;

/** Reads the files of the launch that are still to be published. The state is the cursor: a restart needs no other. */
class PublicationItemReader implements ItemReader<Publication> {

    private static final int AT_ONCE = 1000;

    private final Publications publications;
    private final StageRun run;
    private final Queue<Publication> next = new ArrayDeque<>();
    private long lastId;

    PublicationItemReader(Publications publications, StageRun run) {
        this.publications = publications;
        this.run = run;
    }

    @Override
    public @Nullable Publication read() {
        run.continueOrStop();
        if (next.isEmpty()) {
            next.addAll(publications.ofLaunch(run.launchId(), lastId, AT_ONCE));
        }
        Publication publication = next.poll();
        if (publication != null) {
            lastId = publication.fileId();
        }
        return publication;
    }
}
