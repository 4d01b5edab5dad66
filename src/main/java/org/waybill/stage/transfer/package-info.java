/**
 * Transfer: what lies in the incoming folder in, files that have ARRIVED out, beyond their uploader's reach.
 *
 * <ol>
 *   <li>The folder is walked without following links, and every file's size, times and inode are remembered. If a file
 *       looks different from the last time, its observation begins anew; how old its producer says it is counts for nothing.
 *   <li>Files that have arrived by the route's rule, and that a manifest expects, are claimed: that is recorded before
 *       anything moves. A file that nobody expects stays where it is, and visible; unless the route takes such files: then
 *       they are declared in the same transaction, each for the dataset of its day or folder. If a file of that path is on
 *       its way already, or in quarantine, or the name is one that intake would reject, it stays, and visible, all the same.
 *   <li>Each claimed file is looked at once more and moved, by a rename, into Waybill's own folder; its new folder is forced
 *       to disk; then a chunk of them is recorded as ARRIVED. If a file has changed, its claim is given up. If the run
 *       dies in between, the next one finds the claims and ends what was begun.
 * </ol>
 *
 * <p>Not guaranteed: that a file which vanishes between its claim and its move is forgotten: if nothing else declared it, it
 * stays EXPECTED, for it was there. Nor that a producer who kept the file open stops writing. Processing notices if it does not.
 */
@NullMarked
package org.waybill.stage.transfer;

import org.jspecify.annotations.NullMarked;
