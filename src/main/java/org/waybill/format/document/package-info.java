/**
 * Documents: the bytes of one in, what it is, its text page by page, and where an identifier stands in it, out. Memory only.
 *
 * <ol>
 *   <li>{@link org.waybill.format.document.ContentType} says what the bytes are, whatever the file is called. What nobody
 *       knows is {@code application/octet-stream}; this does not fail.
 *   <li>{@link org.waybill.format.document.text} reads the text of what laboratories send. If that is not possible, or costs
 *       more than its limits, the document is unreadable, and which of these it was is told.
 *   <li>{@link org.waybill.format.document.Identifier} looks for an identifier in the text. A part of a longer one does not count.
 * </ol>
 *
 * <p>Not guaranteed: that the identifier is where a person would look for it, or that a person can see it at all: text may be
 * white, tiny, or lie behind a picture.
 */
@NullMarked
package org.waybill.format.document;

import org.jspecify.annotations.NullMarked;
