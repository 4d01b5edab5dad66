/**
 * What the lines of an access log prove to have been sent of a file, piece by piece.
 *
 * <p>In: {@link org.waybill.format.accesslog.AccessLogLine}s. Out: for each version of the file the union of its pieces,
 * and whether that is the whole.
 *
 * <ol>
 *   <li>A line gives a {@link org.waybill.format.accesslog.range.SentPiece} if it shows that one was sent to its end. If
 *       any of it is missing (method, completion, size, a {@link org.waybill.format.accesslog.range.ContentRange} that can
 *       be), it gives none.
 *   <li>Pieces of one {@link org.waybill.format.accesslog.range.SentPiece.Version} are united in {@link
 *       org.waybill.format.accesslog.range.ByteRanges}. Another size or ETag is another version, and those never meet.
 * </ol>
 *
 * <p>Not guaranteed: that the client received what the server sent; that a version without a strong ETag is one.
 */
@NullMarked
package org.waybill.format.accesslog.range;

import org.jspecify.annotations.NullMarked;
