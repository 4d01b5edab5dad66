/**
 * The final names of files: what stands under them, and how they are given.
 *
 * <ol>
 *   <li>All names that a file shall have are looked at. What stands under one already is read back whole.
 *   <li>The check-sum files are written in the working folder. If this fails they are thrown away.
 *   <li>Each gets its name by a link, which refuses one that is taken; the same line under it is as good.
 *   <li>Last the file itself is linked to its name.
 * </ol>
 *
 * <p>Not guaranteed: that names survive a crash before the caller has forced their folders.
 */
@NullMarked
package org.waybill.stage.archive.naming;

import org.jspecify.annotations.NullMarked;
