package org.waybill.route;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.scheduling.support.CronExpression;
import org.waybill.route.acknowledgement.AcknowledgementRoute;
import org.waybill.route.delivery.DeliveryRoute;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.RouteYaml;
import org.waybill.route.yaml.YamlSection;

/**
 * The way that one kind of file takes, as its file in {@code jobs/} says it. All paths are absolute and normalised.
 *
 * @param name as in the name of its file and in {@code waybill run NAME}: a lower-case letter, then up to 29 lower-case
 *     letters, digits and dashes
 * @param description for people; empty where the file has none
 * @param file the YAML file that says so
 * @param incoming the folder in which uploads land
 * @param archive the folder of the final, read-only files
 * @param delivery who gets the archived files, if anybody does
 * @param acknowledgement by what recipients prove that they have them, if it is read
 * @param schedule when it is to be run, if the file says so
 * @param ping whom to tell when it is run; nobody, if the file does not say
 * @param metrics the folder in which node_exporter's textfile collector finds the numbers of the route, if they are wanted
 * @param sha256 of the file's bytes, lower-case hexadecimal: two runs with the same one had the same configuration
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
        ArchiveRoute archiving,
        Optional<DeliveryRoute> delivery,
        Optional<AcknowledgementRoute> acknowledgement,
        Optional<Schedule> schedule,
        Ping ping,
        Optional<Path> metrics,
        String sha256) {

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
        RouteYaml.Document document = RouteYaml.document(file);
        YamlSection top = new YamlSection(file, document.top());
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
        YamlSection intakeKeys = top.section("intake");
        TransferRoute transfer = TransferRoute.from(top.section("transfer"));
        IntakeRoute intake =
                IntakeRoute.from(intakeKeys, home, transfer.undeclared().isPresent());
        ProcessingRoute processing = ProcessingRoute.from(top.section("processing"), home);
        ArchiveRoute archiving = ArchiveRoute.from(top.section("archive"));
        Optional<DeliveryRoute> delivery =
                top.optionalSection("delivery").map(section -> DeliveryRoute.from(section, home));
        Optional<AcknowledgementRoute> acknowledgement = top.optionalSection("acknowledgement")
                .map(section -> AcknowledgementRoute.from(
                        section,
                        home,
                        delivery.map(sent -> sent.channels().keySet()).orElse(Set.of())));
        List<String> keys = Schedule.keys(delivery.isPresent(), acknowledgement.isPresent());
        Optional<Schedule> schedule = top.optionalSection("schedule").map(section -> Schedule.from(section, keys));
        Ping ping = top.optionalSection("ping")
                .map(section -> Ping.from(section, keys, home))
                .orElse(Ping.NONE);
        Optional<Path> metrics = top.optionalSection("metrics")
                .flatMap(section -> section.required(
                        "folder", RouteValues.pathIn(home), "write the folder of node_exporter's textfile collector"));
        top.finish();
        return new Route(
                name,
                description,
                file,
                incoming,
                archive,
                intake,
                transfer,
                processing,
                archiving,
                delivery,
                acknowledgement,
                schedule,
                ping,
                metrics,
                document.sha256());
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

    /**
     * When a scheduler runs the route, so that a run that is missing is told. It starts nothing.
     *
     * @param zone the time zone of the scheduler
     * @param grace how late a run may begin before it counts as missing; at least a minute, without one in the route an hour
     * @param due {@value #WHOLE_ROUTE} or the name of a stage, to when: the five fields of a crontab
     */
    public record Schedule(ZoneId zone, Duration grace, SortedMap<String, String> due) {

        /** The key for all stages, one after the other. */
        public static final String WHOLE_ROUTE = "route";

        private static final List<String> KEYS = List.of(WHOLE_ROUTE, "intake", "transfer", "processing", "archive");
        private static final Duration DEFAULT_GRACE = Duration.ofHours(1);
        private static final Duration SHORTEST_GRACE = Duration.ofMinutes(1);
        private static final Pattern FIELD = Pattern.compile(
                "(?i)([0-9*,/-]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC" + "|MON|TUE|WED|THU|FRI|SAT|SUN)+");
        private static final String WRITE_A_CRON = "write the five fields of a crontab, such as \"15 1 * * *\"";
        private static final LocalDateTime ANY_DAY = LocalDateTime.of(2000, 1, 1, 0, 0);

        public Schedule {
            due = Collections.unmodifiableSortedMap(new TreeMap<>(due));
        }

        /** The whole route, and the stages that it has. */
        private static List<String> keys(boolean isDelivered, boolean isAcknowledged) {
            List<String> keys = new ArrayList<>(KEYS);
            if (isDelivered) {
                keys.add("delivery");
            }
            if (isAcknowledged) {
                keys.add("acknowledgement");
            }
            return List.copyOf(keys);
        }

        private static Schedule from(YamlSection schedule, List<String> keys) {
            ZoneId zone = schedule.required("zone", RouteValues::zone, "write UTC, or such as Europe/Oslo")
                    .orElse(ZoneId.of("UTC"));
            Duration grace = schedule.value("grace", Schedule::grace).orElse(DEFAULT_GRACE);
            SortedMap<String, String> due = new TreeMap<>();
            boolean any = false;
            for (String key : keys) {
                any |= schedule.has(key);
                schedule.value(key, Schedule::cron).ifPresent(cron -> due.put(key, cron));
            }
            if (!any) {
                schedule.refuse(WHOLE_ROUTE, "is missing, and no stage is named", WRITE_A_CRON);
            }
            return new Schedule(zone, grace, due);
        }

        private static Duration grace(String text) throws RouteValues.Unusable {
            Duration grace = RouteValues.duration(text);
            if (grace.compareTo(SHORTEST_GRACE) < 0) {
                throw new RouteValues.Unusable(
                        RouteProblem.quoted(text) + " is shorter than a minute, which a run needs to begin",
                        "write 1h or 30m");
            }
            return grace;
        }

        private static String cron(String text) throws RouteValues.Unusable {
            String quoted = RouteProblem.quoted(text);
            List<String> fields = List.of(text.strip().split("\\s+"));
            if (fields.size() != 5
                    || !fields.stream().allMatch(field -> FIELD.matcher(field).matches())) {
                throw new RouteValues.Unusable(quoted + " is not a time of a crontab", WRITE_A_CRON);
            }
            if (!fields.get(2).startsWith("*") && !fields.get(4).startsWith("*")) {
                throw new RouteValues.Unusable(
                        quoted + " names days of the month and of the week, which schedulers read differently",
                        "write * for one of them");
            }
            String cron = String.join(" ", fields);
            try {
                if (CronExpression.parse("0 " + cron).next(ANY_DAY) == null) {
                    throw new RouteValues.Unusable(quoted + " never comes", "write a day that exists");
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new RouteValues.Unusable(quoted + " is not a time of a crontab", WRITE_A_CRON);
            }
            return cron;
        }
    }
}
