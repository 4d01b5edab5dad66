/**
 * The checks of contents before anything leaves: the whole plaintext of one file in, evidence or a reason out. In memory only;
 * what was collected is erased whatever comes of it.
 *
 * <ol>
 *   <li>While a file is read, its plaintext is collected. If it grows beyond the route's limit, the file is refused.
 *   <li>Its name must fit one of the route's patterns, and its type, by content, must be one of the route's; else it is refused.
 *   <li>Its text is read, and the identifier in its name must stand in it. What cannot be read is refused, whatever the fault.
 *   <li>The route's command gets the content on standard input. Only exit code 0 accepts; a command that takes too long is
 *       ended with its children. If it cannot be started, that is an {@link java.io.IOException}, and nothing leaves either.
 * </ol>
 *
 * <p>Nothing is checked of a route without checks, and nothing collected. Not guaranteed: that the command keeps to itself what
 * it reads; that a child of the command that has cut itself loose is ended with it.
 */
@NullMarked
package org.waybill.stage.processing.checks;

import org.jspecify.annotations.NullMarked;
