/**
 * Tells others how runs of a route go: a monitor that waits for them, and one that reads numbers.
 *
 * <ol>
 *   <li>When the first stage has begun, the monitor is pinged: the start. What is refused before, because another process works on it,
 *       is not told.
 *   <li>Before the first stage and after each one the metrics are written. If the database or the folder does not let them, those
 *       of before stay.
 *   <li>After the last stage the monitor is pinged again: the success, or the failure, with the ids of the runs and the exit code.
 * </ol>
 *
 * <p>What fails here is told on standard error, without the address, and changes nothing of the run. No file and no dataset is named.
 *
 * <p>Not guaranteed: that anything is told. A process that is killed tells nothing, and neither does one whose monitor does not answer.
 */
@NullMarked
package org.waybill.cli.run.notice;

import org.jspecify.annotations.NullMarked;
