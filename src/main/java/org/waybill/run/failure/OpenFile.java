package org.waybill.run.failure;

import java.time.Instant;

/**
 * A quarantined file that needs a person.
 *
 * @param at when it went into quarantine
 * @param reason code of a {@link org.waybill.ledger.Reason}
 * @param detail what was expected and what was found
 */
public record OpenFile(long fileId, String route, String path, Instant at, String reason, String detail) {}
