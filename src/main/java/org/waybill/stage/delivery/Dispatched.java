package org.waybill.stage.delivery;

import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.Deliveries.Placed;
import org.waybill.ledger.delivery.HoldReason;

/** What came of one delivery. */
sealed interface Dispatched {

    Consignment consignment();

    /** It stands at its recipient. */
    record Delivered(Consignment consignment, Placed placed) implements Dispatched {}

    /** It stands there no more. */
    record TakenBack(Consignment consignment) implements Dispatched {}

    /** A person must look first. */
    record Held(Consignment consignment, HoldReason reason, String detail) implements Dispatched {}
}
