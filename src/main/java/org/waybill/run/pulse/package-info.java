/**
 * The pulse of a run: so that others see how far it has come, and can ask it to stop.
 *
 * <ol>
 *   <li>While a run lives, it writes its {@link org.waybill.run.pulse.Progress} into the database every second. If that fails,
 *       it is tried again the next second: the run itself notices when the database is gone.
 *   <li>With the same statement it reads whether somebody has asked it to stop. Then it ends between two buffers of a file,
 *       two rows or two files, records that it was stopped, and can be restarted.
 * </ol>
 *
 * <p>Not guaranteed: that what is seen is newer than a second, or that it agrees with the ledger. A process that is frozen
 * does not hear.
 */
@NullMarked
package org.waybill.run.pulse;

import org.jspecify.annotations.NullMarked;
