/**
 * Work on the bytes of one file that goes on beside the thread that makes them: hashing by each algorithm for itself, and
 * writing.
 *
 * <ol>
 *   <li>What is written to a {@link org.waybill.format.checksum.lane.Tap} is copied into blocks, of which there are few: if
 *       all are in use, who writes waits.
 *   <li>Each full block is handed to the tap's lanes. A lane takes its blocks in their order, one thread at a time.
 *   <li>If a lane fails, it and its neighbours take nothing more, and who writes, or finishes, gets the fault.
 *   <li>At the end the lanes are waited for; only then are the checksums those of everything.
 * </ol>
 *
 * <p>A small file's lanes run on the thread that writes. Not guaranteed: that a lane that waits for a disk leaves its
 * processor to another.
 */
@NullMarked
package org.waybill.format.checksum.lane;

import org.jspecify.annotations.NullMarked;
