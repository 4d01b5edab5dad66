package org.waybill.torture.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.waybill.torture.crash.Sites.Strike;

/** What was struck, and what was found to be wrong. */
final class Tally {

    private final Set<String> struck = new TreeSet<>();
    private final Set<String> inRecoveries = new TreeSet<>();
    private final Set<String> missed = new TreeSet<>();
    private final List<String> violations = new ArrayList<>();

    void add(String point, boolean inRecovery, Strike strike) {
        if (strike.struck()) {
            missed.remove(point);
            (inRecovery ? inRecoveries : struck).add(point);
        } else {
            missed.add(point);
        }
        strike.violations().forEach(violation -> violations.add(point + ": " + violation));
    }

    /** How many distinct points a process died at. */
    int points() {
        return struck.size() + inRecoveries.size();
    }

    int inRecoveries() {
        return inRecoveries.size();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    String missed() {
        return missed.size() + " not reached" + (missed.isEmpty() ? "" : " (" + String.join("; ", missed) + ")");
    }
}
