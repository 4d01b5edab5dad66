package org.waybill.stage.transfer;

import java.io.IOException;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.waybill.ledger.arrival.Arrivals.Claim;
import org.waybill.run.StageRun;

/** Moves one claimed file. For one thread. */
class MoveItemProcessor implements ItemProcessor<Claim, Taking> {

    /** To ask takes longer than to move; and a move that comes late is the one that the new owner makes, too. */
    private static final int MOVES_A_CONFIRMATION = 50;

    private final Mover mover;
    private final StageRun run;
    private int moves;

    MoveItemProcessor(Mover mover, StageRun run) {
        this.mover = mover;
        this.run = run;
    }

    @Override
    public Taking process(Claim claim) throws IOException {
        if (moves++ % MOVES_A_CONFIRMATION == 0) {
            run.confirmOwnership();
        }
        return mover.take(claim);
    }
}
