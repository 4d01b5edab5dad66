/**
 * The stages: each room below is one step of the way, one Spring Batch job, one move in the ledger. Rooms do not know each
 * other; they meet only in the ledger. What stands here is shared by all of them.
 */
@NullMarked
package org.waybill.stage;

import org.jspecify.annotations.NullMarked;
