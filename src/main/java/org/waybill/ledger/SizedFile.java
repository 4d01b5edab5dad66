package org.waybill.ledger;

/** A file that is to be handled, and how large it is in bytes. */
public record SizedFile(long fileId, String path, long sizeBytes) {}
