package org.waybill.stage.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.DeliveryState;
import org.waybill.ledger.delivery.HoldReason;
import org.waybill.stage.MoreChances;
import org.waybill.stage.delivery.channel.Channel;
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
        List<Dispatched> results = new ArrayList<>(batch.size());
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, batch.size()));
        try {
            List<Future<Dispatched>> underway = new ArrayList<>();
            batch.forEach(consignment -> underway.add(threads.submit(() -> send(consignment))));
            for (Future<Dispatched> each : underway) {
                try {
                    results.add(each.get());
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return results;
    }

    private Dispatched send(Consignment consignment) throws IOException {
        synchronized (this) {
            if (failure != null) {
                throw new IOException("an earlier delivery to the same recipient failed"); // its own failure is told
            }
        }
        try {
            Dispatched result = MoreChances.on(consignment.fileId(), () -> {
                try {
                    return sendOnce(consignment);
                } catch (HeldException e) {
                    return new Dispatched.Held(consignment, e.reason(), e.detail());
                } catch (ArchiveDamagedException e) {
                    return new Dispatched.Held(consignment, HoldReason.ARCHIVE_DAMAGED, String.valueOf(e.getMessage()));
                }
            });
            desk.done();
            return result;
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                failure = failure == null ? e : failure;
            }
            throw e;
        }
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
