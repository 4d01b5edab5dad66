/**
 * The ledger: where every file is, and every event of its life.
 *
 * <p>In come declarations, sightings and moves; out go the lists of what is to be done and what was done. All SQL on
 * the tables of {@code sql/migration/V001__file_ledger.sql} stands here.
 *
 * <ol>
 *   <li>A file is made {@link org.waybill.ledger.FileState#EXPECTED} when a manifest is admitted, all rows of one
 *       manifest in one transaction. If this fails, nothing of the manifest was taken.
 *   <li>A state changes only through {@link org.waybill.ledger.Ledger#move}: compare and set, and the event in the same
 *       statement. If the file is no longer in the expected state, nothing changes and the caller is told so.
 *   <li>Events are only ever added; the database refuses to change or delete them.
 * </ol>
 *
 * <p>Not guaranteed: that the disk agrees. Stages move files before or after the ledger says so, and set the disk
 * right from the ledger at their next start.
 */
@NullMarked
package org.waybill.ledger;

import org.jspecify.annotations.NullMarked;
