/**
 * The text of documents: bytes and their type in, pages of text out. Nothing is written to a disk, and no parser may log: what
 * they say quotes contents.
 *
 * <ol>
 *   <li>{@link org.waybill.format.document.text.DocumentReader} chooses by type: PDF, Word ({@code .docx}), HTML, plain text. For
 *       any other type the document is unreadable.
 *   <li>Each reader asks for what it unpacks, decodes and keeps from a {@code Budget}. When that is spent, or the time is up, the
 *       document is unreadable. A parser that asks nothing is left behind when its time is up, with its thread.
 *   <li>A document that is encrypted, even if anybody may open it, that a reader would have to repair, or that has pages without
 *       a single word, is unreadable.
 * </ol>
 *
 * <p>Not guaranteed: the order of the words, which is that of the file; the text of pictures, of forms and of notes. Pages
 * of Word and HTML are not known before they are printed: only breaks that somebody wrote count.
 */
@NullMarked
package org.waybill.format.document.text;

import org.jspecify.annotations.NullMarked;
