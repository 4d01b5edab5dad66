package org.waybill.stage.delivery.channel;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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

    /** A delivery and what is to be sent for it. */
    record Parcel(Consignment consignment, Shipment shipment) {}

    /** Whether small files are placed faster together than one by one. */
    default boolean placesTogether() {
        return false;
    }

    /**
     * Places those of the shipments that are small and find nothing in their way.
     *
     * @param beforeNaming as above; said once for several
     * @return what was placed; all others are to be placed by themselves, which tells what is in their way
     * @throws IOException if the world failed; none counts as placed
     */
    default Map<Consignment, Placed> placeTogether(List<Parcel> parcels, Runnable beforeNaming) throws IOException {
        return Map.of();
    }

    /**
     * Takes back what was placed, if it is still what it was; nothing there is as good.
     *
     * @throws HeldException if something else stands there; it was left as it is
     */
    void takeBack(Consignment consignment) throws IOException, HeldException;

    @Override
    void close() throws IOException;
}
