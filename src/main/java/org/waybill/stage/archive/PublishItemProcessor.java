package org.waybill.stage.archive;

import java.io.IOException;
import java.util.List;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Publications.Publication;
import org.waybill.run.StageRun;
import org.waybill.stage.Bundle;

/** Publishes the files of a batch together. */
class PublishItemProcessor implements ItemProcessor<List<Publication>, List<Published>> {

    private final Bundle<Publication, Published> bundle;

    PublishItemProcessor(Publisher publisher, StageRun run) {
        this.bundle = new Bundle<>(new Bundle.Work<Publication, Published>() {
            @Override
            public long id(Publication file) {
                return file.fileId();
            }

            @Override
            public Bundle.Made<Published> make(Publication file) throws IOException, FileRejectedException {
                run.continueOrStop();
                Bundle.Made<Published> made = publisher.prepare(file);
                run.progress().add(1, file.sizeBytes());
                return made;
            }

            @Override
            public Published refused(Publication file, FileRejectedException fault) {
                run.progress().add(1, file.sizeBytes());
                return new Published.Refused(file, fault.reason(), fault.detail());
            }

            @Override
            public void beforePublishing() {
                run.confirmOwnership();
            }
        });
    }

    @Override
    public List<Published> process(List<Publication> batch) throws IOException {
        return bundle.publish(batch);
    }
}
