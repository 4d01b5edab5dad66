package org.waybill.stage.transfer;

import org.waybill.ledger.arrival.Arrivals.Claim;

/** What came of moving a claimed file out of the incoming folder. */
sealed interface Taking {

    Claim claim();

    /** It lies in our own folder. */
    record Taken(Claim claim) implements Taking {}

    /** It changed, or vanished, since it was claimed: it has not arrived. */
    record NotAsClaimed(Claim claim) implements Taking {}
}
