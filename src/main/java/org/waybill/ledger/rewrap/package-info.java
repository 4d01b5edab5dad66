/**
 * Rewraps: whose keys open what stands in the archive, and headers that are being replaced.
 *
 * <ol>
 *   <li>{@link org.waybill.ledger.rewrap.Rewraps} names the files that an old key opens and that are not for the route's
 *       present recipients, and those whose change a run that died has left.
 *   <li>{@link org.waybill.ledger.rewrap.HeaderChanges} keeps each change before the file is touched. If this fails, the file
 *       stays as it is.
 *   <li>When the file is changed, its record is, its event is added and the kept change deleted in one transaction. If this
 *       fails, the next run finds the change and completes it.
 * </ol>
 *
 * <p>Not guaranteed: that files of before archived_for was recorded are for the old key. That is found out by opening them.
 */
@NullMarked
package org.waybill.ledger.rewrap;

import org.jspecify.annotations.NullMarked;
