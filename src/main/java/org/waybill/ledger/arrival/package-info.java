/**
 * Arrivals: sightings of incoming folders in, claims and the facts of files that arrived out.
 *
 * <ol>
 *   <li>Each look's sightings are compared with the last ones. If a file looks different, its observation begins anew.
 *   <li>Where a route takes files that nothing declares, {@link org.waybill.ledger.arrival.UndeclaredFiles} declares those that
 *       have arrived. What intake would reject of a name is left, and stays visible with its reason.
 *   <li>An observed file that has arrived is claimed as the expected file that it is. If it could be several, or several
 *       could be it, none is claimed. A file that is claimed is claimed by nothing else.
 *   <li>What was moved is recorded, and its observation forgotten. If it changed before, its claim is given up.
 * </ol>
 *
 * <p>Not guaranteed: that our own clock runs evenly. Set back, it delays arrivals; set forward, it lets one observation
 * count too early.
 */
@NullMarked
package org.waybill.ledger.arrival;

import org.jspecify.annotations.NullMarked;
