package org.waybill.stage.delivery.channel;

import java.io.IOException;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.Deliveries.Placed;
import org.waybill.stage.delivery.content.Shipment;

/** A way by which files reach recipients, while it is open. For several threads. */
public interface Channel extends AutoCloseable {

    /**
     * Places a shipment under its name: whole, compared, and forced to disk where the other side can. Doing it twice does no
     * harm: what stands there already, and is the same, counts.
     *
     * @param beforeNaming said when all is there but the name; may throw to prevent that it is given
     * @throws HeldException if a person must look first; nothing was replaced
     * @throws IOException if the world failed; the same may be tried again, and goes on where it ended
     */
    Placed place(Consignment consignment, Shipment shipment, Runnable beforeNaming) throws IOException, HeldException;

    /**
     * Takes back what was placed, if it is still what it was; nothing there is as good.
     *
     * @throws HeldException if something else stands there; it was left as it is
     */
    void takeBack(Consignment consignment) throws IOException, HeldException;

    @Override
    void close() throws IOException;
}
