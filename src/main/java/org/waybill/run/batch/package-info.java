/**
 * Spring Batch as the runs use it: its configuration, the frame that every stage's job has, and a stop that ends clean.
 *
 * <ol>
 *   <li>{@link org.waybill.run.batch.StageJobs} puts the same frame around the steps of each stage: the record of the
 *       run before them, the conservation check after them. If the check fails, the job fails.
 *   <li>A step in parts ends when all its parts have ended, also where one could not even record that it began.
 *   <li>With the run, the configuration that it found is recorded, if it is another one than before: its SHA-256 and its schedule.
 *       A schedule that was changed is not known before a run has found it.
 *   <li>On SIGTERM, SIGINT and SIGHUP {@link org.waybill.run.batch.StopOnShutdown} asks the run to end and waits for it,
 *       before the database goes away.
 * </ol>
 *
 * <p>Not used, because they lose data or race: write skips, job incrementers, {@code JobOperator.stop}.
 */
@NullMarked
package org.waybill.run.batch;

import org.jspecify.annotations.NullMarked;
