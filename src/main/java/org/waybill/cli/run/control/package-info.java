/**
 * Operators' control of runs: what needs a person, and what can be done about it.
 *
 * <p>In comes the id of a run; out goes what came of it. Whatever cannot be done is refused with what to do instead, and
 * nothing is changed. A restart runs the stage and then those that were to follow it, exactly as {@code run} does, with the
 * route as it is now.
 *
 * <p>Not guaranteed: that a run stops at once. It does between two buffers, rows or files.
 */
@NullMarked
package org.waybill.cli.run.control;

import org.jspecify.annotations.NullMarked;
