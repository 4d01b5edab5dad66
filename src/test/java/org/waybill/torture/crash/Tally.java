package org.waybill.torture.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What several sites have struck, together. */
final class Tally {

    private final Set<String> struck = new TreeSet<>();
    private final Set<String> inRecoveries = new TreeSet<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    synchronized void add(String point, boolean inRecovery, Site.Strike strike) {
        if (!strike.struck()) {
            missed.add(point);
        } else if (inRecovery) {
            inRecoveries.add(point);
        } else {
            struck.add(point);
        }
        strike.violations().forEach(violation -> violations.add(point + ": " + violation));
    }

    /** How many distinct points a process died at. */
    synchronized int points() {
        return struck.size() + inRecoveries.size();
    }

    synchronized int inRecoveries() {
        return inRecoveries.size();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized String missed() {
        return missed.size() + " not reached";
    }
}
