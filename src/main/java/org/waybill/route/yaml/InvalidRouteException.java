package org.waybill.route.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Routes cannot be used as they are written. Holds every mistake that was found, not only the first. */
public final class InvalidRouteException extends RuntimeException {

    private final transient List<RouteProblem> problems;

    /** The message has one line for each problem. */
    public InvalidRouteException(List<RouteProblem> problems) {
        super(problems.stream().map(RouteProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public InvalidRouteException(RouteProblem problem) {
        this(List.of(problem));
    }

    /** What is wrong: at least one problem, file by file and line by line. */
    public List<RouteProblem> problems() {
        return problems;
    }
}
