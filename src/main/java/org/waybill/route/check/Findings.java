package org.waybill.route.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.waybill.route.Route;
import org.waybill.route.yaml.RouteProblem;

/** What was found wrong with one route so far. */
final class Findings {

    private final Route route;
    private final List<RouteProblem> problems = new ArrayList<>();

    Findings(Route route) {
        this.route = route;
    }

    void note(String key, String wrong, String cure) {
        problems.add(RouteProblem.at(route.file(), key, wrong, cure));
    }

    /** In the order of the file's lines. */
    List<RouteProblem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(RouteProblem::line))
                .toList();
    }
}
