/**
 * The command {@code report}: a time in; a page, a table or a document out, on standard output or in a file.
 *
 * <ol>
 *   <li>Times that make no sense are refused before anything starts.
 *   <li>The report is made and written. A file is written beside its name and then renamed; if this fails, the file of before stays.
 * </ol>
 *
 * <p>Not guaranteed: that a file given with {@code --out} is forced to disk.
 */
@NullMarked
package org.waybill.cli.report;

import org.jspecify.annotations.NullMarked;
