/**
 * Runs that can be trusted: one owner at a time, dead runs recovered, and nothing lost between found and done.
 *
 * <ol>
 *   <li>Every stage's requirements on the machine are checked. If one fails, nothing is started.
 *   <li>The ownership of (route, stage) is taken: a session advisory lock on a connection of its own, and a fencing number.
 *       If another process holds the lock, the run is refused.
 *   <li>Whoever held it before and did not end is dead, whatever the job repository says: its connections are cut and
 *       its run is marked failed.
 *   <li>The stage's job runs. Each chunk's transaction and each publication confirms the fencing number first; if it
 *       was raised meanwhile, the run fails and can neither commit nor publish.
 *   <li>The last step of each job counts in the ledger: found = done + quarantined + skipped + pending. If this does
 *       not hold, the run fails.
 * </ol>
 *
 * <p>Not guaranteed: effects on disk happen at least once. Only what the database holds happens exactly once.
 */
@NullMarked
package org.waybill.run;

import org.jspecify.annotations.NullMarked;
