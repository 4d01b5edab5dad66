/**
 * What a route checks of contents before anything leaves: the section {@code processing.checks} in, records out.
 *
 * <ol>
 *   <li>The section is asked for its keys. What is missing, unusable or contradicts itself is noted with its line.
 *   <li>Patterns are compiled, so that a wrong one is a mistake of the route and not of the night.
 * </ol>
 *
 * <p>Nothing is checked here; processing does that. Not guaranteed: that a pattern is fast for every name.
 */
@NullMarked
package org.waybill.route.checks;

import org.jspecify.annotations.NullMarked;
