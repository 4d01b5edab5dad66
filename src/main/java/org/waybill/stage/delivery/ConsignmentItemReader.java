package org.waybill.stage.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.Consignments;
import org.waybill.run.StageRun;

/**
 * Reads the deliveries of one recipient that are to be done, in small batches. The state is the cursor: a restart needs no
 * other.
 */
class ConsignmentItemReader implements ItemReader<List<Consignment>> {

    private static final int DELIVERIES_A_COMMIT = 256;
    private static final long BYTES_A_COMMIT = 256L << 20;

    private final Consignments parts;
    private final Dispatch dispatch;
    private final StageRun run;
    private final int part;
    private long lastId;

    ConsignmentItemReader(Consignments parts, Dispatch dispatch, StageRun run, int part) {
        this.parts = parts;
        this.dispatch = dispatch;
        this.run = run;
        this.part = part;
    }

    @Override
    public @Nullable List<Consignment> read() throws IOException {
        dispatch.requireNoFailure();
        run.continueOrStop();
        List<Consignment> batch = new ArrayList<>();
        long bytes = 0;
        for (Consignment next : parts.ofPart(run.launchId(), part, lastId, DELIVERIES_A_COMMIT)) {
            if (!batch.isEmpty() && bytes + next.archivedSizeBytes() > BYTES_A_COMMIT) {
                break;
            }
            batch.add(next);
            bytes += next.archivedSizeBytes();
            lastId = next.deliveryId();
        }
        return batch.isEmpty() ? null : batch;
    }
}
