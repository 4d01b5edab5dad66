package org.waybill.stage.delivery;

import java.util.List;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.waybill.ledger.delivery.Consignment;

/** Sends the deliveries of a batch. */
class DispatchItemProcessor implements ItemProcessor<List<Consignment>, List<Dispatched>> {

    private final Dispatch dispatch;

    DispatchItemProcessor(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public List<Dispatched> process(List<Consignment> batch) throws InterruptedException {
        return dispatch.send(batch);
    }
}
