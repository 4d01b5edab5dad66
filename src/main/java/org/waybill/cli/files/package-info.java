/**
 * The commands about files and datasets: {@code files}, {@code datasets}.
 *
 * <ol>
 *   <li>Lists and waybills are read from the ledger and printed.
 *   <li>A person names a file by its id, path or name. If that fits several, nothing is done and all of them are told; only who
 *       wants to look at several versions of one file is shown the newest, which names the others.
 *   <li>A person moves a file by hand only where the ledger allows it, with a reason that is kept. If the file has moved meanwhile,
 *       nothing changes and the person is told.
 * </ol>
 *
 * <p>Not guaranteed: that the disk agrees with a state that was set by hand. The next run of the stage sets its folder right.
 */
@NullMarked
package org.waybill.cli.files;

import org.jspecify.annotations.NullMarked;
