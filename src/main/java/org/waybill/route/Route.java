package org.waybill.route;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The way that one kind of file takes, as its file in {@code jobs/} says it. All paths are absolute and normalised.
 *
 * @param name as in the name of its file and in {@code waybill run NAME}: a lower-case letter, then up to 29 lower-case
 *     letters, digits and dashes
 * @param description for people; empty where the file has none
 * @param file the YAML file that says so
 * @param incoming the folder in which uploads land
 * @param archive the folder of the final, read-only files
 */
public record Route(
        String name,
        String description,
        Path file,
        Path incoming,
        Path archive,
        IntakeRoute intake,
        TransferRoute transfer,
        ProcessingRoute processing,
        ArchiveRoute archiving) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");

    public Route {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a route's name: " + name);
        }
    }

    /**
     * The route that a file describes. Here, and in the same method of each part, stand the keys that a file may have.
     *
     * @throws InvalidRouteException with all that is wrong in it
     */
    static Route read(Path file, Path home) {
        YamlSection top = new YamlSection(file, RouteYaml.read(file));
        String name = top.required("route", text -> name(text, file), "write the name of this file, without .yaml")
                .orElse("");
        String description = top.value("description", String::strip).orElse("");
        YamlSection folders = top.section("folders");
        Path incoming = folders.required(
                        "incoming", RouteValues.pathIn(home), "write where uploads land, such as data/ega/incoming")
                .orElse(home);
        Path archive = folders.required(
                        "archive", RouteValues.pathIn(home), "write where final files go, such as data/ega/archive")
                .orElse(home);
        IntakeRoute intake = IntakeRoute.from(top.section("intake"), home);
        TransferRoute transfer = TransferRoute.from(top.section("transfer"));
        ProcessingRoute processing = ProcessingRoute.from(top.section("processing"), home);
        ArchiveRoute archiving = ArchiveRoute.from(top.section("archive"));
        top.finish();
        return new Route(name, description, file, incoming, archive, intake, transfer, processing, archiving);
    }

    private static String name(String text, Path file) throws RouteValues.Unusable {
        String quoted = RouteProblem.quoted(text);
        if (!NAME.matcher(text).matches()) {
            throw new RouteValues.Unusable(
                    quoted + " is not a name for a route",
                    "write a lower-case letter, then up to 29 lower-case letters, digits and dashes");
        }
        if (!text.equals(RouteFiles.routeName(file))) {
            throw new RouteValues.Unusable(
                    quoted + " is not the name of this file", "rename one of them, so that both are the same");
        }
        return text;
    }
}
