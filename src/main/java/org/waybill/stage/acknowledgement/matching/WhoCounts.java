package org.waybill.stage.acknowledgement.matching;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.waybill.format.accesslog.AccessLogLine;
import org.waybill.route.acknowledgement.AcknowledgementRoute;
import org.waybill.route.acknowledgement.AddressRange;
import org.waybill.stage.acknowledgement.matching.Verdict.Rule;

/** Whose requests count for a recipient. */
final class WhoCounts {

    private final AcknowledgementRoute route;
    private final List<Pattern> robots;

    WhoCounts(AcknowledgementRoute route) {
        this.route = route;
        this.robots = route.robots().stream().map(WhoCounts::glob).toList();
    }

    /** The rule by which the request does not count; empty if it does. */
    Optional<Rule> against(AccessLogLine line, String recipient) {
        return address(line, recipient).or(() -> user(line, recipient)).or(() -> robot(line));
    }

    private Optional<Rule> address(AccessLogLine line, String recipient) {
        List<AddressRange> only = route.addresses().get(recipient);
        if (route.ownAddresses().isEmpty() && only == null) {
            return Optional.empty();
        }
        Optional<InetAddress> client = line.client().flatMap(AddressRange::literal);
        if (client.isEmpty()) {
            return Optional.of(Rule.UNKNOWN_ADDRESS);
        }
        if (isIn(route.ownAddresses(), client.get())) {
            return Optional.of(Rule.OWN_ADDRESS);
        }
        return only == null || isIn(only, client.get()) ? Optional.empty() : Optional.of(Rule.OTHER_ADDRESS);
    }

    private Optional<Rule> user(AccessLogLine line, String recipient) {
        List<String> only = route.users().get(recipient);
        boolean counts = only == null
                ? line.user().filter(this::isSomebodysUser).isEmpty()
                : line.user().filter(only::contains).isPresent();
        return counts ? Optional.empty() : Optional.of(Rule.OTHER_USER);
    }

    private boolean isSomebodysUser(String user) {
        return route.users().values().stream().anyMatch(users -> users.contains(user));
    }

    private Optional<Rule> robot(AccessLogLine line) {
        return line.agent()
                .filter(agent ->
                        robots.stream().anyMatch(robot -> robot.matcher(agent).matches()))
                .map(agent -> Rule.ROBOT);
    }

    private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static Pattern glob(String glob) {
        String regex =
                List.of(glob.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
