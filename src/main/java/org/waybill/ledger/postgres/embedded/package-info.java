/**
 * A PostgreSQL of our own, for whoever has none: started by the first process that needs it, shared by all that follow,
 * stopped by the last one that leaves.
 *
 * <p>In comes a folder, {@code data/postgres} below the Waybill home; out goes the address of a server that loses
 * nothing it has committed. All of this happens under the lock {@code .start}, so that one process at a time does it:
 *
 * <ol>
 *   <li>The programs are unpacked to {@code binaries-<version>}. If this is interrupted, what it left has another name
 *       and is thrown away by the next start.
 *   <li>A database cluster is made in {@code cluster}, with a generated password for its only user. If this is
 *       interrupted, the same holds.
 *   <li>A share of the lock {@code .users} is taken, and kept until we leave. The kernel takes it back when our process
 *       dies, however it dies.
 *   <li>A server that works in {@code cluster} is used as it is. If there is none, one is started: on 127.0.0.1 only,
 *       on the port it had before if that is free. If it does not start, the error holds the last lines of its log.
 *   <li>Whoever leaves and finds nobody else in {@code .users} stops the server. If {@code .start} is not to be had for
 *       a while, the server is left running for the next process to use and to stop.
 * </ol>
 *
 * <p>A killed process takes nothing with it: the server is in a session of its own and goes on. A killed server is
 * started again by the next process, and recovers what was committed from its log.
 *
 * <p>Not guaranteed: two containers, or two machines, that share one folder. Each would take the other's server for
 * dead. Such set-ups need a PostgreSQL server of their own.
 */
@NullMarked
package org.waybill.ledger.postgres.embedded;

import org.jspecify.annotations.NullMarked;
