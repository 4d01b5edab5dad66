/**
 * Reads access logs: what web servers say of the requests for our files.
 *
 * <p>In: the bytes of lines, and the name of their format or a pattern. Out: for each line one {@link
 * org.waybill.format.accesslog.LogLine}, either an {@link org.waybill.format.accesslog.AccessLogLine} or the reason why
 * there is none. The rooms below have the rest: {@code stream} cuts a log into its lines and tells by what log is known;
 * {@code range} unites the pieces of a file that were sent.
 *
 * <ol>
 *   <li>A format is named ({@link org.waybill.format.accesslog.AccessLogFormat}). If this fails, a pattern is none or its
 *       groups are not the known ones, the message says what was expected.
 *   <li>Its fields are found, in one pass over the bytes. If this fails, the line is unparseable, with a {@link
 *       org.waybill.format.accesslog.LineFault} and the byte where it was noticed; the next line is read as if nothing
 *       had been. No line throws.
 *   <li>Escapes are undone, the path is decoded as servers do. If a part cannot be known (the request is none, the target
 *       has no path), it is absent and the line is parsed all the same.
 * </ol>
 *
 * <p>Not guaranteed: that a line is true. Users, ranges and agents are what clients say. Sizes are what {@link
 * org.waybill.format.accesslog.AccessLogLine} tells of them. With mod_ident a client can put spaces into {@code %l}, and
 * the rest of that is then taken for the user.
 */
@NullMarked
package org.waybill.format.accesslog;

import org.jspecify.annotations.NullMarked;
