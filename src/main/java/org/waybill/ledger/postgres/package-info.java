/**
 * The connection to PostgreSQL, the only database.
 *
 * <p>In come environment variables; out go connections, all to one server that keeps what it has committed.
 *
 * <ol>
 *   <li>With {@code WAYBILL_DATABASE_URL}, that server is taken, as {@code WAYBILL_DATABASE_USERNAME} with {@code
 *       WAYBILL_DATABASE_PASSWORD}. If one of them cannot be meant, {@link
 *       org.waybill.ledger.postgres.InvalidDatabaseSettingException} says which.
 *   <li>Without it, the embedded server below the Waybill home is joined, and started if need be.
 *   <li>A first connection is made, and the server asked for its version and whether it forces commits to disk. If one
 *       of these fails, {@link org.waybill.ledger.postgres.DatabaseUnavailableException} says what was tried and what to
 *       do.
 *   <li>Where the tables are not those that this program needs, the migrations make them so.
 *   <li>Connections are given out, from a pool and apart from it. The pool is closed first, then the database: the last
 *       process to do so stops the embedded server.
 * </ol>
 *
 * <p>Not guaranteed: that the server stays. A connection that breaks is the fault of the run that used it; pools make a
 * new one.
 */
@NullMarked
package org.waybill.ledger.postgres;

import org.jspecify.annotations.NullMarked;
