package org.waybill.stage.delivery;

import java.util.ArrayList;
import java.util.List;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.DeliveryState;

/** Divides deliveries to one recipient into loads: small files are sent together, others alone. */
final class Loads {

    private static final int MOST_FILES = 16;
    private static final int LOADS = 4; // what a channel usually does at the same time
    private static final long SMALL_BYTES = 128 * 1024;

    private Loads() {}

    /** Together they have each of the batch once. */
    static List<List<Consignment>> of(List<Consignment> batch) {
        List<List<Consignment>> loads = new ArrayList<>();
        List<Consignment> small = new ArrayList<>();
        for (Consignment each : batch) {
            if (each.state() == DeliveryState.PENDING && each.archivedSizeBytes() <= SMALL_BYTES) {
                small.add(each);
            } else {
                loads.add(List.of(each));
            }
        }
        int files = Math.min(MOST_FILES, (small.size() + LOADS - 1) / LOADS);
        for (int at = 0; at < small.size(); at += files) {
            loads.add(small.subList(at, Math.min(small.size(), at + files)));
        }
        return loads;
    }
}
