/**
 * Which delivery a request is for, and what it proves. Plain Java.
 *
 * <ol>
 *   <li>Only a GET with 200 or 206 for the whole path of something that was placed counts. The path is compared decoded, letter
 *       by letter; a part of it, or a bare file name, is nothing.
 *   <li>Own addresses, robots, other users and other addresses than the recipient's do not count. Where addresses matter and
 *       the log has names in their place, nothing counts.
 *   <li>The version is the one that stood there then. A second in which it was placed or replaced is nobody's.
 *   <li>What was sent to the end is the piece that the server says it is, if it is of a version of just this size, and no other
 *       version of the same size may have stood there.
 * </ol>
 *
 * <p>Not guaranteed: that the clock of a server is right. A request behind a proxy proves delivery to the proxy.
 */
@NullMarked
package org.waybill.stage.acknowledgement.matching;

import org.jspecify.annotations.NullMarked;
