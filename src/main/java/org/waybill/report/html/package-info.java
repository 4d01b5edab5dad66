/**
 * The report as a page: a {@link org.waybill.report.Report} in, one HTML document out.
 *
 * <ol>
 *   <li>The values are put into words. A number keeps its exact value in the page, as {@code <data value="…">}, a time as
 *       {@code <time datetime="…">}.
 *   <li>{@code page.mustache} is filled, row by row; every value is escaped. If writing fails, half a page was written: whoever
 *       gave the writer discards it.
 * </ol>
 *
 * <p>The page allows itself nothing but its own style, by a content security policy: a browser that was made to ask anybody for
 * anything would refuse, and say so.
 *
 * <p>Not guaranteed: that a browser shows a table of hundreds of thousands of rows quickly.
 */
@NullMarked
package org.waybill.report.html;

import org.jspecify.annotations.NullMarked;
