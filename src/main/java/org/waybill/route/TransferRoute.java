package org.waybill.route;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.YamlSection;

/**
 * When a file in the incoming folder has arrived.
 *
 * @param rule without one in the route: {@link ArrivalRule#QUIET}
 * @param quietFor at least this long lies between two observations that count, by our own clock; without one in the
 *     route: 5 minutes
 * @param observations how many observations must find the file unchanged, the first one included; at least 1, without a
 *     number in the route: 3
 * @param waitFor how long one run keeps looking, a {@code quietFor} apart, for files that have not arrived yet; zero, which is
 *     the default: one look
 * @param ignore globs of file names that are not looked at: temporary names of producers; without any in the route those of
 *     {@link #DEFAULT_IGNORE}
 * @param undeclared into which datasets files go that nothing declares; empty, which is the default: they wait until
 *     something does
 */
public record TransferRoute(
        ArrivalRule rule,
        Duration quietFor,
        int observations,
        Duration waitFor,
        List<String> ignore,
        Optional<Grouping> undeclared) {

    /** Names under which common programs write what is not whole yet, and hidden files. */
    public static final List<String> DEFAULT_IGNORE = List.of("*.tmp*", "*.part", "*.partial", ".*");

    private static final Duration DEFAULT_QUIET_FOR = Duration.ofMinutes(5);
    private static final int DEFAULT_OBSERVATIONS = 3;
    private static final Map<String, ArrivalRule> RULES =
            Map.of("quiet", ArrivalRule.QUIET, "renamed", ArrivalRule.RENAMED, "done-file", ArrivalRule.DONE_FILE);

    private static final Map<String, Boolean> UNEXPECTED = Map.of("wait", false, "accept", true);
    private static final Map<String, Grouping> GROUPINGS = Map.of("day", Grouping.DAY, "folder", Grouping.FOLDER);

    /** Which dataset a file belongs to that nothing declares. */
    public enum Grouping {
        /** One for each day in UTC on which files were taken, by our own clock: {@code 2026-07-01}. */
        DAY,
        /** The first folder of its path below the incoming folder; a file in no folder belongs to that of the day. */
        FOLDER
    }

    /** What makes a file arrived, beside a declared size that is reached and one quiet time. */
    public enum ArrivalRule {
        /** It did not change over so many observations. */
        QUIET,
        /** Its producer writes under an ignored name and renames it when it is whole. */
        RENAMED,
        /** Its producer writes {@code NAME.done} beside it when it is whole. */
        DONE_FILE
    }

    public TransferRoute {
        if (quietFor.isNegative() || waitFor.isNegative()) {
            throw new IllegalArgumentException("a time to wait is not negative");
        }
        if (observations < 1) {
            throw new IllegalArgumentException("a file is observed at least once, not " + observations + " times");
        }
        ignore = List.copyOf(ignore);
    }

    static TransferRoute from(YamlSection transfer) {
        ArrivalRule rule = transfer.value("rule", RouteValues.word(RULES)).orElse(ArrivalRule.QUIET);
        Duration quietFor = transfer.value("quiet-for", RouteValues::duration).orElse(DEFAULT_QUIET_FOR);
        int observations =
                transfer.value("observations", RouteValues.number(1, 1000)).orElse(DEFAULT_OBSERVATIONS);
        Duration waitFor = transfer.value("wait-for", RouteValues::duration).orElse(Duration.ZERO);
        List<String> ignore = transfer.list("ignore", TransferRoute::glob).orElse(DEFAULT_IGNORE);
        if (rule == ArrivalRule.RENAMED && ignore.isEmpty()) {
            transfer.refuse(
                    "ignore",
                    "is empty, so a file that is still being written looks like a renamed one",
                    "write the temporary names, such as \"*.part\"");
        }
        return new TransferRoute(rule, quietFor, observations, waitFor, ignore, undeclared(transfer));
    }

    private static Optional<Grouping> undeclared(YamlSection transfer) {
        boolean accepts =
                transfer.value("unexpected", RouteValues.word(UNEXPECTED)).orElse(false);
        Optional<Grouping> grouping = transfer.value("dataset", RouteValues.word(GROUPINGS));
        if (!accepts && grouping.isPresent()) {
            transfer.refuse(
                    "dataset",
                    "is for files that nothing declares, and these wait",
                    "write unexpected: accept, or leave it out");
        }
        return accepts ? Optional.of(grouping.orElse(Grouping.DAY)) : Optional.empty();
    }

    private static String glob(String text) throws RouteValues.Unusable {
        if (text.contains("/")) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " has a folder in it", "write the file's name only");
        }
        if (text.chars().allMatch(c -> c == '*')) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " ignores every file", "write which names are temporary");
        }
        return text;
    }

    /**
     * Whether a file of that name is not looked at. In a glob {@code *} stands for any characters, also none, and
     * {@code ?} for one; every other character stands for itself, upper case and lower case being different.
     *
     * @param fileName the last part of the path
     */
    public boolean ignores(String fileName) {
        int[] name = fileName.codePoints().toArray();
        return ignore.stream().anyMatch(glob -> matches(glob.codePoints().toArray(), name));
    }

    /**
     * Goes through the name once; where it does not fit, the latest star takes one character more. No regular expression, so
     * there is neither anything to compile nor a name that keeps it busy for hours.
     */
    private static boolean matches(int[] glob, int[] name) {
        int g = 0;
        int n = 0;
        int afterStar = -1;
        int starEnd = 0;
        while (n < name.length) {
            if (g < glob.length && glob[g] == '*') {
                afterStar = ++g;
                starEnd = n;
            } else if (g < glob.length && (glob[g] == '?' || glob[g] == name[n])) {
                g++;
                n++;
            } else if (afterStar >= 0) {
                g = afterStar;
                n = ++starEnd;
            } else {
                return false;
            }
        }
        return Arrays.stream(glob, g, glob.length).allMatch(c -> c == '*');
    }
}
