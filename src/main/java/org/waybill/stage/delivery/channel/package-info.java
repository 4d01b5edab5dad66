/**
 * The ways to recipients: a shipment in, a file under its name at the recipient out.
 *
 * <ol>
 *   <li>What stands under the name already is looked at. If it is the same, all is done; if it is not, and not an earlier
 *       version that we placed, the delivery is held and nothing is touched.
 *   <li>The bytes are written under a temporary name, forced to disk where the other side can, and read back or compared by
 *       the other side's own hash. If they differ, the world failed: it is tried again.
 *   <li>The name is given in one step that refuses one that was taken meanwhile, or, for a later version, replaces the former
 *       so that at no moment there is none.
 * </ol>
 */
@NullMarked
package org.waybill.stage.delivery.channel;

import org.jspecify.annotations.NullMarked;
