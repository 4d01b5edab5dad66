/**
 * What recipients get: archived files in, the bytes of a delivery out.
 *
 * <ol>
 *   <li>{@link org.waybill.stage.delivery.content.ArchiveKeys} reads the keys once for a run. If one cannot be used, the run does
 *       not begin.
 *   <li>A {@link org.waybill.stage.delivery.content.Shipment} has a size before its first byte is read. A recipient's own header
 *       is fixed in the ledger first, so that a transfer that broke, even in another process, goes on with the same bytes.
 *   <li>Reading proves what is handed out: its last bytes come only if the SHA-256 of the archived file, or of plaintext its own,
 *       is that of the ledger. If they differ, nothing gets a name at the recipient.
 * </ol>
 */
@NullMarked
package org.waybill.stage.delivery.content;

import org.jspecify.annotations.NullMarked;
