/**
 * What proved that contents may leave: evidence of files that passed the checks of their route in, rows out. Where an identifier
 * stands is kept; the identifier is not.
 */
@NullMarked
package org.waybill.ledger.checked;

import org.jspecify.annotations.NullMarked;
