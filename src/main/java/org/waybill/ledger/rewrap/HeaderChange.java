package org.waybill.ledger.rewrap;

import org.waybill.format.Checksum;
import org.waybill.ledger.Readers;

/**
 * Another header for the same body.
 *
 * @param oldSha256 of the file with the old header
 * @param newSizeBytes of the file with the new header, as its digests
 * @param readers whom the new header is for
 * @param modifiedNs time of last modification before, in ns since 1970
 */
public record HeaderChange(
        Checksum oldSha256,
        byte[] oldHeader,
        byte[] newHeader,
        long newSizeBytes,
        Checksum newMd5,
        Checksum newSha256,
        Readers readers,
        long modifiedNs) {

    /** Whether the new header can be written over the old one. */
    public boolean keepsLength() {
        return oldHeader.length == newHeader.length;
    }

    public long bodyBytes() {
        return newSizeBytes - newHeader.length;
    }
}
