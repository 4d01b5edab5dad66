package org.waybill.stage.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.Deliveries.Placed;
import org.waybill.ledger.delivery.DeliveryState;
import org.waybill.ledger.delivery.HoldReason;
import org.waybill.stage.MoreChances;
import org.waybill.stage.delivery.channel.Channel;
import org.waybill.stage.delivery.channel.Channel.Parcel;
import org.waybill.stage.delivery.channel.HeldException;
import org.waybill.stage.delivery.content.ArchiveDamagedException;

/**
 * Sends the deliveries of one recipient, several at the same time. What one of them fails is kept until what the others came
 * to is recorded; then it is thrown.
 */
class Dispatch {

    private static final int AT_ONCE = 8;

    private final Desk desk;
    private @Nullable Throwable failure;

    Dispatch(Desk desk) {
        this.desk = desk;
    }

    /** Throws what an earlier batch failed by. */
    void requireNoFailure() throws IOException {
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof IOException io) {
            throw io;
        }
        if (thrown instanceof RuntimeException ours) {
            throw ours;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }

    /** @return what came of those that did not fail */
    List<Dispatched> send(List<Consignment> batch) throws InterruptedException {
        List<Dispatched> results = Collections.synchronizedList(new ArrayList<>(batch.size()));
        List<List<Consignment>> loads = Loads.of(batch);
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, loads.size()));
        try {
            List<Future<?>> underway = new ArrayList<>();
            loads.forEach(load -> underway.add(threads.submit(() -> sendLoad(load, results))));
            for (Future<?> each : underway) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    failed(Objects.requireNonNullElse(e.getCause(), e));
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return results;
    }

    private synchronized void failed(Throwable thrown) {
        failure = failure == null ? thrown : failure;
    }

    private synchronized boolean hasFailed() {
        return failure != null;
    }

    /** Those of a load that cannot go together go one by one, until one fails. */
    private void sendLoad(List<Consignment> load, List<Dispatched> results) {
        if (hasFailed()) {
            return; // more of them would fail by the same
        }
        Map<Consignment, Placed> placed = load.size() > 1 ? sendTogether(load) : Map.of();
        placed.forEach((consignment, each) -> {
            results.add(new Dispatched.Delivered(consignment, each));
            desk.done();
        });
        for (Consignment each : load) {
            if (placed.containsKey(each)) {
                continue;
            }
            if (hasFailed()) {
                return;
            }
            try {
                results.add(send(each));
                desk.done();
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }
    }

    /** Each finds nothing in its way, or is told about when it is sent by itself. */
    private Map<Consignment, Placed> sendTogether(List<Consignment> load) {
        try {
            Channel channel = desk.channel(load.get(0));
            if (!channel.placesTogether()) {
                return Map.of();
            }
            List<Parcel> parcels = new ArrayList<>();
            for (Consignment each : load) {
                desk.channel(each); // the same: they have one recipient
                parcels.add(new Parcel(each, desk.shipment(each)));
            }
            return channel.placeTogether(parcels, desk::beforeNaming);
        } catch (IOException | HeldException | ArchiveDamagedException e) {
            return Map.of();
        }
    }

    private Dispatched send(Consignment consignment) throws IOException {
        return MoreChances.on(consignment.fileId(), () -> {
            try {
                return sendOnce(consignment);
            } catch (HeldException e) {
                return new Dispatched.Held(consignment, e.reason(), e.detail());
            } catch (ArchiveDamagedException e) {
                return new Dispatched.Held(consignment, HoldReason.ARCHIVE_DAMAGED, String.valueOf(e.getMessage()));
            }
        });
    }

    private Dispatched sendOnce(Consignment consignment) throws IOException, HeldException {
        Channel channel = desk.channel(consignment);
        if (consignment.state() == DeliveryState.RECALLING) {
            desk.beforeNaming();
            channel.takeBack(consignment);
            return new Dispatched.TakenBack(consignment);
        }
        return new Dispatched.Delivered(
                consignment, channel.place(consignment, desk.shipment(consignment), desk::beforeNaming));
    }
}
