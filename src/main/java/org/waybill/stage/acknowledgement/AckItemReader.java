package org.waybill.stage.acknowledgement;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.waybill.ledger.receipt.Acks.Ack;
import org.waybill.route.delivery.Recipient;
import org.waybill.run.StageRun;
import org.waybill.stage.acknowledgement.acks.AckFolder;
import org.waybill.stage.acknowledgement.acks.AckFolder.Lying;

/** Reads what recipients acknowledge. What is recorded already is recorded once. */
class AckItemReader implements ItemReader<Ack> {

    private final StageRun run;
    private @Nullable Queue<Ack> left;

    AckItemReader(StageRun run) {
        this.run = run;
    }

    @Override
    public @Nullable Ack read() throws IOException {
        run.continueOrStop();
        Queue<Ack> acks = left;
        if (acks == null) {
            acks = all();
            left = acks;
        }
        return acks.poll();
    }

    private Queue<Ack> all() throws IOException {
        Queue<Ack> acks = new ArrayDeque<>();
        Optional<AckFolder> folder =
                run.route().acknowledgement().orElseThrow().acks().map(AckFolder::new);
        if (folder.isPresent() && run.route().delivery().isPresent()) {
            for (Recipient recipient : run.route().delivery().get().addressing().recipients()) {
                String below = recipient.folder().isEmpty() ? "" : recipient.folder() + "/";
                for (Lying lying : folder.get().of(recipient.name(), run.stamp().at())) {
                    acks.add(new Ack(
                            run.route().name(),
                            recipient.name(),
                            lying.name(),
                            lying.sha256(),
                            below + lying.path(),
                            lying.claimed()));
                }
            }
        }
        return acks;
    }
}
