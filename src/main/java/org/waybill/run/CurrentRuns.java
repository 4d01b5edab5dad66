package org.waybill.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The runs of this process, for the steps of their jobs: found by the job parameter {@code launch}. */
@Component
public class CurrentRuns {

    private final Map<Long, StageRun> byLaunch = new ConcurrentHashMap<>();

    /** @throws IllegalStateException if no run of this process works on that launch */
    public StageRun of(long launchId) {
        StageRun run = byLaunch.get(launchId);
        if (run == null) {
            throw new IllegalStateException("no run of this process works on launch " + launchId);
        }
        return run;
    }

    /** Asks all runs of this process to end soon. */
    public void stopAll() {
        byLaunch.values().forEach(StageRun::stop);
    }

    public boolean isEmpty() {
        return byLaunch.isEmpty();
    }

    void add(StageRun run) {
        byLaunch.put(run.launchId(), run);
    }

    void remove(StageRun run) {
        byLaunch.remove(run.launchId());
    }
}
