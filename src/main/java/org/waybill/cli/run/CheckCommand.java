package org.waybill.cli.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Failure;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.report.Quantity;
import org.waybill.route.Route;
import org.waybill.route.RouteFiles;
import org.waybill.route.check.RouteCheck;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.history.RunFilter;
import org.waybill.run.history.RunListing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Looks for what would keep routes from running. */
@Command(
        name = "check",
        description = {
            "Checks a route, or all of them: its file, keys, secrets, folders, and the database.",
            "Tells everything that is wrong, each with where it stands and what to do."
        })
public final class CheckCommand implements Subcommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "ROUTE",
            description = "A route, as its file in jobs/ is named. Default: all.")
    private @Nullable String name;

    /**
     * What {@code check} prints as JSON.
     *
     * @param routes those that could be read
     * @param remarks what is worth knowing, and keeps nothing from running
     * @param database null if it works
     */
    record CheckDocument(
            List<String> routes,
            List<RouteProblem> problems,
            List<String> remarks,
            @Nullable String database) {}

    @Override
    public ExitCode run(Session session) {
        Set<RouteProblem> problems = new LinkedHashSet<>();
        List<Route> routes = new ArrayList<>();
        try {
            RouteFiles files = new RouteFiles(session.home());
            routes.addAll(name == null ? files.all().values() : List.of(files.named(name)));
        } catch (InvalidRouteException e) {
            problems.addAll(e.problems());
        }
        problems.addAll(new RouteCheck(System::getenv).problems(routes));
        Set<String> remarks = new LinkedHashSet<>();
        Failure noDatabase = database(session);
        if (noDatabase == null) {
            stages(routes, session, problems, remarks);
        }
        List<String> names = routes.stream().map(Route::name).toList();
        session.output()
                .result(
                        new CheckDocument(
                                names,
                                List.copyOf(problems),
                                List.copyOf(remarks),
                                noDatabase == null ? null : noDatabase.message()),
                        () -> text(names, problems, remarks, noDatabase));
        if (!problems.isEmpty()) {
            return ExitCode.CONFIGURATION;
        }
        return noDatabase == null ? ExitCode.DONE : noDatabase.code();
    }

    private static @Nullable Failure database(Session session) {
        try {
            session.bean(RunListing.class).list(new RunFilter(null, null, null, null, 1));
            return null;
        } catch (RuntimeException e) {
            return Failure.of(e);
        }
    }

    private static void stages(List<Route> routes, Session session, Set<RouteProblem> problems, Set<String> remarks) {
        Runner runner = session.bean(Runner.class);
        for (Route route : routes) {
            for (Stage stage : Stage.of(route)) {
                List<RouteProblem> found = runner.check(route, stage);
                problems.addAll(found);
                if (found.isEmpty()) {
                    remarks.addAll(runner.remarks(route, stage));
                }
            }
        }
    }

    private static String text(
            List<String> routes,
            Collection<RouteProblem> problems,
            Collection<String> remarks,
            @Nullable Failure noDatabase) {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(problem).append('\n'));
        remarks.forEach(remark -> text.append("note: ").append(remark).append('\n'));
        text.append("database: ")
                .append(noDatabase == null ? "works" : noDatabase.message())
                .append('\n');
        text.append(
                problems.isEmpty()
                        ? "routes: " + (routes.isEmpty() ? "none" : String.join(", ", routes))
                                + ": nothing stands in the way"
                        : Quantity.count(problems.size(), "problem"));
        return text.append('\n').toString();
    }
}
