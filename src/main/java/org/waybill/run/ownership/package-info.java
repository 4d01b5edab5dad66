/**
 * Who owns a stage of a route, and what becomes of an owner that died.
 *
 * <ol>
 *   <li>{@link org.waybill.run.ownership.Owners#take} takes a session advisory lock on a connection of its own. If another
 *       process has it, the caller is refused.
 *   <li>Connections that the former owner left behind are cut, and the fencing number is raised. If a transaction of the
 *       former owner has just confirmed its number, the raise waits until that transaction has ended.
 *   <li>{@link org.waybill.run.ownership.Recovery} marks the former owner's runs failed, so that they can be restarted.
 * </ol>
 *
 * <p>Not guaranteed: a process that is frozen keeps its lock until its connection is cut, by the server's keep-alive or by
 * a person.
 */
@NullMarked
package org.waybill.run.ownership;

import org.jspecify.annotations.NullMarked;
