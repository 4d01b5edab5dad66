/**
 * The ledger of deliveries: who gets which file, where it was placed, and every event of it.
 *
 * <ol>
 *   <li>{@link org.waybill.ledger.delivery.Addressees} records who gets an archived file: one row per recipient and version.
 *       What was decided once is not decided again.
 *   <li>{@link org.waybill.ledger.delivery.Consignments} cuts what is to be sent into parts, one for each recipient.
 *   <li>{@link org.waybill.ledger.delivery.Deliveries} moves a delivery: compare and set, and the event in the same statement. If
 *       it is no longer in the expected state, nothing changes and the caller is told so.
 *   <li>{@link org.waybill.ledger.delivery.DeliveryListing} and {@link org.waybill.ledger.delivery.ReceiptListing} show people where
 *       deliveries stand, and what is proved of them. They change nothing.
 * </ol>
 *
 * <p>Not guaranteed: that the recipient still has what was placed. Receipts say what is known of that.
 */
@NullMarked
package org.waybill.ledger.delivery;

import org.jspecify.annotations.NullMarked;
