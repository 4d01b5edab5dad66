/**
 * Receipts: what is proved of deliveries, and by what.
 *
 * <ol>
 *   <li>A log is recorded once, by its beginning. Its position moves by compare and set, in the transaction that records what
 *       was read: if somebody else was faster, nothing of the piece is recorded, and so each line counts once.
 *   <li>A request counts for one delivery. Receipts follow from the requests of a delivery, also of earlier runs, in the same
 *       transaction; what is proved once stays proved.
 *   <li>An acknowledgement that a recipient wrote is recorded once, with what was found in it.
 * </ol>
 *
 * <p>Not guaranteed: that requests which are in no log that was read did not happen.
 */
@NullMarked
package org.waybill.ledger.receipt;

import org.jspecify.annotations.NullMarked;
