package org.waybill.stage.transfer;

import java.io.IOException;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.waybill.ledger.arrival.Arrivals.Claim;
import org.waybill.run.StageRun;

/** Moves one claimed file. */
class MoveItemProcessor implements ItemProcessor<Claim, Taking> {

    private final Mover mover;
    private final StageRun run;

    MoveItemProcessor(Mover mover, StageRun run) {
        this.mover = mover;
        this.run = run;
    }

    @Override
    public Taking process(Claim claim) throws IOException {
        run.confirmOwnership();
        return mover.take(claim);
    }
}
