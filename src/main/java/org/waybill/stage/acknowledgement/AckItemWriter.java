package org.waybill.stage.acknowledgement;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.receipt.Acks;
import org.waybill.ledger.receipt.Acks.Ack;
import org.waybill.run.StageRun;

/** Records acknowledgements, and the receipts that they are. */
class AckItemWriter implements ItemWriter<Ack> {

    private final Acks acks;
    private final StageRun run;

    AckItemWriter(Acks acks, StageRun run) {
        this.acks = acks;
        this.run = run;
    }

    @Override
    public void write(Chunk<? extends Ack> chunk) {
        Stamp stamp = run.stamp();
        chunk.forEach(ack -> acks.add(ack, stamp));
        run.confirmOwnershipUntilCommit();
    }
}
