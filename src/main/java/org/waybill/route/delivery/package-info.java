/**
 * The part of a route that says who gets archived files: in comes the section {@code delivery}, out go records, and for each
 * file the decision who gets it.
 *
 * <ol>
 *   <li>{@link org.waybill.route.delivery.DeliveryRoute} reads the section: channels, recipients, rules. What is wrong in it is
 *       noted with its line, and the route is refused.
 *   <li>The folder map, which others keep up to date, is read for each run. If it cannot be used, the run does not begin.
 *   <li>{@link org.waybill.route.delivery.Addressing} asks all rules about a file. If none fits, or if they disagree, nobody gets
 *       it: the file is for a person.
 * </ol>
 *
 * <p>Not guaranteed: that a rule means what its writer had in mind. {@code waybill run ROUTE.delivery --plan} shows it.
 */
@NullMarked
package org.waybill.route.delivery;

import org.jspecify.annotations.NullMarked;
