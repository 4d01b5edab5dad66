/**
 * Files on disk, so that nothing is lost and nothing half is ever seen under its final name.
 *
 * <ol>
 *   <li>{@link org.waybill.storage.UnpublishedFile}: written beside its target under a name of its own, mode 0600. If
 *       anything fails before it is published, it is thrown away; after a failed force it is never forced again. Files of many
 *       bytes are written past the page cache.
 *   <li>It is forced, then linked to its final name. If the name is taken, nothing is replaced.
 *   <li>{@link org.waybill.storage.Directories#force}: only then the name itself survives a crash. Callers do this once for
 *       many files, before they record anything.
 *   <li>What a crash leaves behind is recognised by its name and swept by the next run.
 * </ol>
 *
 * <p>Not guaranteed: anything on file systems that ignore fsync, or that have no hard links.
 */
@NullMarked
package org.waybill.storage;

import org.jspecify.annotations.NullMarked;
