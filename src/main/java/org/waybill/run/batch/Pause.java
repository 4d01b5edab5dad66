package org.waybill.run.batch;

import java.time.Duration;

/** Lets time pass, for who has to wait. Tests pass one that moves their clock instead. */
public interface Pause {

    void of(Duration time) throws InterruptedException;
}
