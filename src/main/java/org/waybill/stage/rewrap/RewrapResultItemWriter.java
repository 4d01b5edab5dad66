package org.waybill.stage.rewrap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.rewrap.HeaderChange;
import org.waybill.ledger.rewrap.HeaderChanges;
import org.waybill.run.StageRun;
import org.waybill.stage.rewrap.RewrapResult.LeftAlone;
import org.waybill.stage.rewrap.RewrapResult.Made;
import org.waybill.stage.rewrap.RewrapResult.NotForTheKey;

/** Records a batch in one transaction that confirms the ownership last, then removes the old files that were kept. */
class RewrapResultItemWriter implements ItemWriter<List<RewrapResult>> {

    private static final Logger LOG = LoggerFactory.getLogger(RewrapResultItemWriter.class);

    private final HeaderChanges changes;
    private final HeaderSwap swap;
    private final String oldKey;
    private final StageRun run;

    /** @param oldKey the public key in base64 */
    RewrapResultItemWriter(HeaderChanges changes, HeaderSwap swap, String oldKey, StageRun run) {
        this.changes = changes;
        this.swap = swap;
        this.oldKey = oldKey;
        this.run = run;
    }

    @Override
    public void write(Chunk<? extends List<RewrapResult>> batches) {
        Stamp stamp = run.stamp();
        List<HeaderChange> made = new ArrayList<>();
        for (List<RewrapResult> batch : batches) {
            for (RewrapResult result : batch) {
                record(result, stamp);
                if (result instanceof Made done) {
                    made.add(done.change());
                }
            }
        }
        run.confirmOwnershipUntilCommit();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                made.forEach(RewrapResultItemWriter.this::forget);
            }
        });
    }

    private void record(RewrapResult result, Stamp stamp) {
        String route = run.route().name();
        if (result instanceof Made made) {
            changes.made(route, made.change(), stamp);
        } else if (result instanceof NotForTheKey other) {
            changes.notFor(route, other.content(), oldKey, stamp);
        } else if (result instanceof LeftAlone left) {
            changes.leftAlone(route, left.content(), left.why(), stamp);
        }
    }

    private void forget(HeaderChange change) {
        try {
            swap.forget(change);
        } catch (IOException e) {
            LOG.warn("a file is rewrapped, but the old one could not be removed yet; the next run tries again");
        }
    }
}
