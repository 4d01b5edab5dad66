/**
 * Archive: files that are PROCESSED in, files that are ARCHIVED out, under their final names, never replacing anything.
 *
 * <ol>
 *   <li>What a run that died left in the working folders, and temporary files in the archive, are swept.
 *   <li>The processed files are recorded as this launch's work.
 *   <li>A file that came again is compared with the newest version of its path before it. If its content is just the same, it
 *       is a duplicate of that: it gets the names of that version, and does not count as a version of its own.
 *   <li>The names that its datasets give to a file are looked at, all of them. If one is taken by the same bytes, a run that
 *       died put them there; if by the same plain content in other bytes, all names get those, as a duplicate; if by
 *       anything else, or if a file stands where a folder must be, the file goes to quarantine and nothing was written.
 *   <li>For each name, {@code dataset/path.c4gh} ({@code dataset/path.v2.c4gh} of version 2), the check-sum files are written. When those of a batch are on disk and the
 *       ownership is confirmed, they are linked to their names, and last the file itself. A link refuses a name that was
 *       taken meanwhile; then the names are looked at again.
 *   <li>All touched folders are forced to disk, then the batch is recorded in one transaction that confirms the ownership
 *       last.
 *   <li>Only after that commit the working copy and the source are removed. If the run dies before, the next one does it.
 * </ol>
 *
 * <p>Not guaranteed: that the bytes stay as they are on the medium. The digests beside each file are there to find out.
 */
@NullMarked
package org.waybill.stage.archive;

import org.jspecify.annotations.NullMarked;
