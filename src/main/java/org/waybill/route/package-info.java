/**
 * Routes: {@code jobs/*.yaml} in, immutable records out.
 *
 * <p>A route says which way one kind of file takes, stage by stage. This room reads and validates; it runs nothing,
 * opens no key and touches no database. Every mistake in a file is reported with its line, its key and what to do.
 */
@NullMarked
package org.waybill.route;

import org.jspecify.annotations.NullMarked;
