/**
 * The section {@code acknowledgement} of a route: which access logs tell of the files that were delivered, and whose requests
 * count.
 *
 * <ol>
 *   <li>Each log is a set of files in one folder, in a named format or one by a pattern of the route. If the format is
 *       unknown, the channel is none of the route, or a pattern is none, the route is refused, with the key, the line and the cure.
 *   <li>Own addresses and robots never count; for a recipient with users or addresses only those do.
 *   <li>Acknowledgements that recipients write lie in a folder, in a sub-folder for each recipient.
 * </ol>
 *
 * <p>Not guaranteed: that an address is who it seems to be. Behind a proxy all clients are the proxy.
 */
@NullMarked
package org.waybill.route.acknowledgement;

import org.jspecify.annotations.NullMarked;
