package org.waybill.stage.transfer;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.waybill.ledger.arrival.Arrivals;
import org.waybill.ledger.arrival.Arrivals.Claim;
import org.waybill.run.StageRun;

/** Reads the claimed files, also those that a run that died had claimed. */
class ClaimItemReader implements ItemReader<Claim> {

    private static final int AT_ONCE = 1000;

    private final Arrivals arrivals;
    private final StageRun run;
    private final Queue<Claim> next = new ArrayDeque<>();
    private long lastId;

    ClaimItemReader(Arrivals arrivals, StageRun run) {
        this.arrivals = arrivals;
        this.run = run;
    }

    @Override
    public @Nullable Claim read() {
        run.continueOrStop();
        if (next.isEmpty()) {
            next.addAll(arrivals.claims(run.route().name(), lastId, AT_ONCE));
        }
        Claim claim = next.poll();
        if (claim != null) {
            lastId = claim.fileId();
        }
        return claim;
    }
}
