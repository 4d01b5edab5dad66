package org.waybill.run.batch;

import java.time.Duration;
import java.util.Optional;

/** How long this machine has been up: goes on evenly, whatever is done to the clock. Tests pass one of their own. */
public interface Uptime {

    /** Empty where the machine does not tell. */
    Optional<Reading> now();

    /** @param boot names the time since the machine was started: with another one nothing can be compared */
    record Reading(String boot, Duration up) {}
}
