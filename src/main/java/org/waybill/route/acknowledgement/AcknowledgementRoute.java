package org.waybill.route.acknowledgement;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.YamlSection;

/**
 * How it is proved that recipients have what was delivered to them.
 *
 * @param logs of servers that show it
 * @param readers patterns of lines by the names that {@link LogSource#format()} has for them
 * @param ownAddresses whose requests never count
 * @param robots client programs whose requests never count: globs without regard to case, {@code *} for any characters
 * @param users the logged-in users of a recipient; where a recipient has some, only theirs count for it
 * @param addresses those of a recipient; where a recipient has some, only theirs count for it
 * @param acks the folder with a sub-folder for each recipient, in which they put acknowledgements; absolute
 */
public record AcknowledgementRoute(
        List<LogSource> logs,
        Map<String, String> readers,
        List<AddressRange> ownAddresses,
        List<String> robots,
        Map<String, List<String>> users,
        Map<String, List<AddressRange>> addresses,
        Optional<Path> acks) {

    /** The formats that have a name without the route giving them one. */
    public static final List<String> FORMATS =
            List.of("common", "combined", "debian-common", "debian-combined", "proof", "nginx", "nginx-completion");

    private static final List<String> USUAL_ROBOTS = List.of(
            "*bot",
            "*bot/*",
            "*bot *",
            "*bot;*",
            "*bot-*",
            "*crawler*",
            "*spider*",
            "*slurp*",
            "*monitor*",
            "*healthcheck*",
            "*preview*",
            "facebookexternalhit*",
            "whatsapp/*");

    public AcknowledgementRoute {
        logs = List.copyOf(logs);
        readers = Map.copyOf(readers);
        ownAddresses = List.copyOf(ownAddresses);
        robots = List.copyOf(robots);
        users = Map.copyOf(users);
        addresses = Map.copyOf(addresses);
    }

    /** @param channels the names of the channels by which the route delivers */
    public static AcknowledgementRoute from(YamlSection acknowledgement, Path home, Set<String> channels) {
        Map<String, String> readers = acknowledgement.values("readers", AcknowledgementRoute::pattern);
        Set<String> formats = new LinkedHashSet<>(FORMATS);
        formats.addAll(readers.keySet());
        List<LogSource> logs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlSection log : acknowledgement.sections("logs")) {
            LogSource source = LogSection.from(log, home, channels, formats);
            if (!names.add(source.name()) && log.has("name")) {
                log.refuse("name", "is that of another log, too", "give each log a name of its own");
            }
            logs.add(source);
        }
        Optional<Path> acks = acknowledgement
                .optionalSection("acks")
                .flatMap(section -> section.required(
                        "folder", RouteValues.pathIn(home), "write where recipients put their acknowledgements"));
        if (logs.isEmpty() && !acknowledgement.has("logs") && !acknowledgement.has("acks")) {
            acknowledgement.refuse(
                    "logs", "is missing, and acks, too", "write at least one log, or the folder of acks");
        }
        return new AcknowledgementRoute(
                logs,
                readers,
                acknowledgement.list("own-addresses", AddressRange::read).orElse(List.of()),
                acknowledgement.list("robots", text -> text).orElse(USUAL_ROBOTS),
                acknowledgement.lists("users", text -> text),
                acknowledgement.lists("addresses", AddressRange::read),
                acks);
    }

    private static String pattern(String text) throws RouteValues.Unusable {
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new RouteValues.Unusable("is not a regular expression", "correct it near character " + e.getIndex());
        }
        return text;
    }
}
