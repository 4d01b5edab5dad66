package org.waybill.stage.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.Deliveries;
import org.waybill.ledger.delivery.HoldReason;
import org.waybill.route.delivery.Addressing;
import org.waybill.route.delivery.DeliveryRoute;
import org.waybill.route.delivery.Recipient;
import org.waybill.run.StageRun;
import org.waybill.stage.delivery.channel.Channel;
import org.waybill.stage.delivery.channel.Channels;
import org.waybill.stage.delivery.channel.HeldException;
import org.waybill.stage.delivery.content.ArchiveKeys;
import org.waybill.stage.delivery.content.Shipment;

/** What all parts of a run share: keys, recipients, open channels. */
final class Desk implements AutoCloseable {

    private final StageRun run;
    private final Addressing addressing;
    private final ArchiveKeys keys;
    private final Channels channels;
    private final Deliveries deliveries;

    private Desk(StageRun run, Addressing addressing, ArchiveKeys keys, Channels channels, Deliveries deliveries) {
        this.run = run;
        this.addressing = addressing;
        this.keys = keys;
        this.channels = channels;
        this.deliveries = deliveries;
    }

    /** @throws IOException if the folder map cannot be used */
    static Desk open(StageRun run, Deliveries deliveries, InstantSource clock) throws IOException {
        DeliveryRoute delivery = run.route().delivery().orElseThrow();
        Addressing addressing = delivery.addressing();
        return new Desk(
                run,
                addressing,
                ArchiveKeys.open(run.route(), addressing),
                new Channels(delivery, run, clock),
                deliveries);
    }

    /** @throws HeldException if the route does not have the recipient, or the channel, any more */
    Channel channel(Consignment consignment) throws IOException, HeldException {
        Recipient recipient = addressing
                .named(consignment.recipient())
                .filter(known -> known.channel().equals(consignment.channel()))
                .orElseThrow(() -> new HeldException(
                        HoldReason.RECIPIENT_UNKNOWN,
                        "expected recipient " + consignment.recipient() + " by channel " + consignment.channel()
                                + " in the route, found none"));
        return channels.of(recipient);
    }

    Shipment shipment(Consignment consignment) throws IOException {
        Path archive = run.route().archive();
        return Shipment.of(
                consignment, archive, keys, header -> deliveries.fixHeader(consignment.deliveryId(), header));
    }

    /** Said before anything gets a name, or loses it. */
    void beforeNaming() {
        run.continueOrStop();
        run.confirmOwnership();
    }

    void done() {
        run.progress().add(1, 0);
    }

    @Override
    public void close() throws IOException {
        try {
            channels.close();
        } finally {
            keys.close();
        }
    }
}
