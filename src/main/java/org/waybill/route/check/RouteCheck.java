package org.waybill.route.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.route.Route;
import org.waybill.route.yaml.RouteProblem;

/** Whether this machine has what routes need: keys, secrets and folders. */
public final class RouteCheck {

    private final Function<String, @Nullable String> environment;
    private final FolderCheck.FileSystems fileSystems;

    /** @param environment gives the value of an environment variable, {@code null} if it is not set: {@code System::getenv} */
    public RouteCheck(Function<String, @Nullable String> environment) {
        this(environment, FolderCheck.FileSystems::device);
    }

    RouteCheck(Function<String, @Nullable String> environment, FolderCheck.FileSystems fileSystems) {
        this.environment = environment;
        this.fileSystems = fileSystems;
    }

    /** What stands in the way of one route, in the order of its file's lines; empty if nothing does. */
    public List<RouteProblem> problems(Route route) {
        Findings findings = new Findings(route);
        new KeyCheck(environment, findings).check(route);
        new ProgramCheck(findings).check(route);
        new FolderCheck(fileSystems, findings).check(route);
        return findings.problems();
    }

    /** What stands in the way of each of these routes, or of using them side by side; route by route. */
    public List<RouteProblem> problems(Collection<Route> routes) {
        List<RouteProblem> problems = new ArrayList<>();
        List<Route> before = new ArrayList<>();
        for (Route route : routes) {
            problems.addAll(problems(route));
            problems.addAll(beside(route, before));
            before.add(route);
        }
        return List.copyOf(problems);
    }

    /** What stands in the way of using a route side by side with others; empty if nothing does. */
    public List<RouteProblem> beside(Route route, Collection<Route> others) {
        Findings findings = new Findings(route);
        others.forEach(other -> sideBySide(route, other, findings));
        return findings.problems();
    }

    private static void sideBySide(Route route, Route other, Findings findings) {
        Place incoming = Place.of(other.incoming());
        apart("folders.incoming", route.incoming(), incoming, "the incoming folder of route " + other.name(), findings);
        apart("folders.archive", route.archive(), incoming, "the incoming folder of route " + other.name(), findings);
        Place archive = Place.of(other.archive());
        apart("folders.incoming", route.incoming(), archive, "the archive of route " + other.name(), findings);
        apart("folders.archive", route.archive(), archive, "the archive of route " + other.name(), findings);
    }

    private static void apart(String key, Path folder, Place other, String othersName, Findings findings) {
        Place.of(folder)
                .relationTo(other)
                .ifPresent(is -> findings.note(key, is + " " + othersName, "give each route folders of its own"));
    }
}
