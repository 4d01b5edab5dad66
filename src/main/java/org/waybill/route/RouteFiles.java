package org.waybill.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;

/**
 * The routes of one Waybill home: its {@code jobs/*.yaml} and {@code jobs/*.yml}, hidden files left aside. Keeps nothing in
 * memory: each call reads the files as they are then.
 */
public final class RouteFiles {

    private static final Pattern ROUTE_FILE = Pattern.compile("(?<name>[^.].*)\\.ya?ml");

    private final Path home;
    private final Path folder;

    /** @param home what paths in routes are relative to; {@code jobs} is in it */
    public RouteFiles(Path home) {
        this.home = home.toAbsolutePath().normalize();
        this.folder = this.home.resolve("jobs");
    }

    /**
     * All routes by name, in the order of their names; none if the folder has none.
     *
     * @throws InvalidRouteException with every mistake in any of the files
     */
    public SortedMap<String, Route> all() {
        SortedMap<String, Route> routes = new TreeMap<>();
        List<RouteProblem> problems = new ArrayList<>();
        files().forEach((name, files) -> {
            try {
                routes.put(name, read(files));
            } catch (InvalidRouteException e) {
                problems.addAll(e.problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidRouteException(problems);
        }
        return Collections.unmodifiableSortedMap(routes);
    }

    /**
     * One route. Mistakes in the files of others do not matter.
     *
     * @throws InvalidRouteException if there is no such route, or with every mistake in its file
     */
    public Route named(String name) {
        SortedMap<String, List<Path>> files = files();
        List<Path> ofThatName = files.get(name);
        if (ofThatName == null) {
            String cure = files.isEmpty()
                    ? "there is none yet: write jobs/NAME.yaml"
                    : RouteValues.instead(name, files.keySet());
            throw problem(RouteProblem.quoted(name) + " is not a route", cure);
        }
        return read(ofThatName);
    }

    /** The routes beside this one, as far as their files can be read. */
    public List<Route> beside(Route route) {
        List<Route> others = new ArrayList<>();
        files().forEach((name, files) -> {
            if (!name.equals(route.name())) {
                try {
                    others.add(read(files));
                } catch (InvalidRouteException e) {
                    // its own mistakes are told when it is run, or checked, itself
                }
            }
        });
        return others;
    }

    /** The file's name without its ending. */
    static String routeName(Path file) {
        Matcher routeFile = ROUTE_FILE.matcher(file.getFileName().toString());
        return routeFile.matches() ? routeFile.group("name") : "";
    }

    private Route read(List<Path> files) {
        if (files.size() > 1) {
            String wrong = "describes the same route as " + folder.relativize(files.get(0));
            throw new InvalidRouteException(RouteProblem.in(files.get(1), 0, "", wrong, "delete one of them"));
        }
        return Route.read(files.get(0), home);
    }

    private SortedMap<String, List<Path>> files() {
        SortedMap<String, List<Path>> byName = new TreeMap<>();
        try (Stream<Path> inFolder = Files.list(folder)) {
            inFolder.sorted().filter(file -> !routeName(file).isEmpty()).forEach(file -> byName.computeIfAbsent(
                            routeName(file), name -> new ArrayList<>())
                    .add(file));
        } catch (IOException | UncheckedIOException e) {
            throw Files.isDirectory(folder)
                    ? problem("cannot be read", "let the user who runs Waybill read it")
                    : problem(
                            "is not a folder in " + home, "make it, or name another home with --home or WAYBILL_HOME");
        }
        return byName;
    }

    private static InvalidRouteException problem(String wrong, String cure) {
        return new InvalidRouteException(new RouteProblem("jobs", 0, "", wrong, cure));
    }
}
