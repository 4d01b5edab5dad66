/**
 * The failure ledger: every failed run, every quarantined file, every held delivery and every lost access log is in exactly one
 * state, and what is open needs a person.
 *
 * <ol>
 *   <li>The views {@code run_failure}, {@code file_failure}, {@code delivery_failure} and {@code log_gap_failure} say the state: open;
 *       superseded, since a later run completed what it was to do, or the file has left the quarantine, or the delivery is no
 *       longer held, or no receipt is waited for that the log may have had; of runs, files and logs also acknowledged, until a time
 *       or for ever; of runs and files also abandoned.
 *   <li>{@link org.waybill.run.failure.OpenFailures} lists what is open. Of runs that failed at the same task one after the
 *       other it is the last.
 *   <li>{@link org.waybill.run.failure.Decisions} records what a person decides. Nothing that was decided is ever changed: the
 *       last decision counts. If something is not open any more, it is refused.
 *   <li>{@link org.waybill.run.failure.RunFault} says what the message of a failed run means, and what to do.
 * </ol>
 *
 * <p>Not guaranteed: that a run that could not even start is here, for want of a configuration or a database: its caller got
 * an exit code and a message.
 */
@NullMarked
package org.waybill.run.failure;

import org.jspecify.annotations.NullMarked;
