package org.waybill.route.delivery;

/** In which form a recipient gets files. The names stand in the ledger. */
public enum DeliveryForm {
    /** Decrypted in memory on the way; protected by the channel alone. */
    PLAIN,
    /** The archived body under a new header, which only the recipient's Crypt4GH key opens. */
    RECIPIENT_KEY,
    /** As it stands in the archive. */
    ARCHIVED
}
