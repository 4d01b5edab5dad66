package org.waybill.stage.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.delivery.Deliveries;
import org.waybill.ledger.delivery.Deliveries.Move;
import org.waybill.ledger.delivery.Deliveries.Placed;
import org.waybill.ledger.delivery.DeliveryState;
import org.waybill.run.StageRun;
import org.waybill.stage.delivery.Dispatched.Delivered;
import org.waybill.stage.delivery.Dispatched.Held;
import org.waybill.stage.delivery.Dispatched.TakenBack;

/** Records what came of a batch, in one transaction that confirms the ownership last. */
class DispatchedItemWriter implements ItemWriter<List<Dispatched>> {

    private final Deliveries deliveries;
    private final Optional<Duration> overdue;
    private final StageRun run;

    DispatchedItemWriter(Deliveries deliveries, Optional<Duration> overdue, StageRun run) {
        this.deliveries = deliveries;
        this.overdue = overdue;
        this.run = run;
    }

    @Override
    public void write(Chunk<? extends List<Dispatched>> batches) {
        List<Placed> placed = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        for (List<Dispatched> batch : batches) {
            for (Dispatched each : batch) {
                if (each instanceof Delivered delivered) {
                    placed.add(delivered.placed());
                } else if (each instanceof Held held) {
                    moves.add(move(held, DeliveryState.HELD, held.reason().name(), held.detail()));
                } else if (each instanceof TakenBack back) {
                    moves.add(move(back, DeliveryState.RECALLED, "TAKEN_BACK", ""));
                }
            }
        }
        Stamp stamp = run.stamp();
        deliveries.delivered(placed, overdue, stamp);
        deliveries.move(moves, stamp);
        run.confirmOwnershipUntilCommit();
    }

    private static Move move(Dispatched each, DeliveryState to, String reason, String detail) {
        return new Move(each.consignment().deliveryId(), each.consignment().state(), to, reason, detail);
    }
}
