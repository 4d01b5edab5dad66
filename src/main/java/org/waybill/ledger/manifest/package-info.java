/**
 * Manifests on their way into the ledger.
 *
 * <ol>
 *   <li>Well-formed rows go to a table of their own, chunk by chunk. If the run dies, they are thrown away and the
 *       manifest is read anew.
 *   <li>When a manifest was read to its end, all its rows are admitted in one transaction. If this fails, none is.
 *   <li>Rows that cannot be taken become rejects with line and fault, and never stop the others.
 * </ol>
 *
 * <p>Not guaranteed: that a manifest is true. What it declares is compared with every byte later.
 */
@NullMarked
package org.waybill.ledger.manifest;

import org.jspecify.annotations.NullMarked;
