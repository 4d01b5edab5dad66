package org.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who did something to a file, and when.
 *
 * @param runId the run that did it; null when a person did
 * @param actor the stage, or the person's user name in the operating system
 */
public record Stamp(Instant at, @Nullable Long runId, String actor) {}
