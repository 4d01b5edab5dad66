package org.waybill.stage.archive;

import java.io.IOException;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.waybill.ledger.Publications.Publication;
import org.waybill.run.StageRun;
import org.waybill.stage.MoreChances;

/** Publishes one file; several at the same time. */
class PublishItemProcessor implements ItemProcessor<Publication, Published> {

    private final Publisher publisher;
    private final StageRun run;

    PublishItemProcessor(Publisher publisher, StageRun run) {
        this.publisher = publisher;
        this.run = run;
    }

    @Override
    public Published process(Publication file) throws IOException {
        run.confirmOwnership();
        Published published = MoreChances.on(file.fileId(), () -> publisher.publish(file));
        run.progress().add(1, file.sizeBytes());
        return published;
    }
}
