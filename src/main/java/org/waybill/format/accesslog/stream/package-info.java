/**
 * The stream of bytes that a log is: its lines with their offsets, and what it is known by.
 *
 * <p>In: a log from its beginning, plain or gzip, as a stream; its format; the position up to which it was read before.
 * Out: complete lines, one after the other, each with the offset after it. All offsets are of the uncompressed log, so that
 * a position stays true when the log is rotated and compressed. Memory does not grow with the log or a line.
 *
 * <ol>
 *   <li>Gzip is recognised by its first bytes, not by the name. If it is damaged: {@link
 *       org.waybill.format.MalformedInputException}; if it ends within a member: {@link
 *       org.waybill.format.TruncatedInputException}. Its end is never taken for the end of the log.
 *   <li>What was read before is skipped. If the log is shorter, or no line ends there, it is another one: the same two
 *       exceptions.
 *   <li>Lines are cut out and parsed. A line without its LF is not complete and waits. One longer than 256 KiB is
 *       unparseable, and the next one is read.
 *   <li>A {@link org.waybill.format.accesslog.stream.LogHead} tells whether a log is one that was read before.
 * </ol>
 *
 * <p>Not guaranteed: that two logs which begin with the same bytes are told apart while neither is longer than these; that
 * nothing before the position was changed, but for the head.
 */
@NullMarked
package org.waybill.format.accesslog.stream;

import org.jspecify.annotations.NullMarked;
