package org.waybill.ledger.delivery;

import org.jspecify.annotations.Nullable;
import org.waybill.format.Checksum;

/**
 * A delivery that is to be sent, or taken back, and the archived file that it is made of.
 *
 * @param placedAs path below the channel's folder
 * @param form how the recipient gets it, as the ledger has it
 * @param header of a file under a header of the recipient's own, once it was begun
 * @param replaces an earlier version of the file stands under the same name, placed by us
 * @param archivedAs path below the archive folder
 * @param archivedSha256 of the file as it stands there
 * @param plainSha256 of its content
 * @param placedSha256 of what was placed, if anything was
 */
public record Consignment(
        long deliveryId,
        DeliveryState state,
        long fileId,
        String recipient,
        String channel,
        String placedAs,
        String form,
        byte @Nullable [] header,
        boolean replaces,
        String archivedAs,
        long archivedSizeBytes,
        Checksum archivedSha256,
        long plainSizeBytes,
        Checksum plainSha256,
        @Nullable Checksum placedSha256) {}
