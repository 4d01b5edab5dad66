/**
 * The command {@code report}: a time in, a page or a JSON document out.
 *
 * <p>Not guaranteed: that a file given with {@code --out} is forced to disk.
 */
@NullMarked
package org.waybill.cli.report;

import org.jspecify.annotations.NullMarked;
