package org.waybill.torture.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.torture.crash.Sites.Strike;

/**
 * Claim: a run may die before any of the system calls by which it changes something; running again, or a restart, is all that is needed.
 * Fault: SIGKILL before the K-th such call of a thread in a stage, where strace holds it; of some, another one before a call of
 * the run that follows. Several sites die in one process, each before a call of its own. What comes before that stage on the way
 * is done by another process, undisturbed. Allowed in between: what {@code Invariants.violationsAnyTime} allows. Pass: after the
 * next run every invariant holds, and ledger and archive are those of a run that nobody disturbed.
 *
 * <p>{@code -Dwaybill.crash.points} says how many distinct points are to be struck: first those that are not writes, then
 * writes (most of them statements to the database) spread evenly. A point that a run did not come to gets another chance, and
 * does not count without.
 */
class CrashPointsIT {

    private static final int POINTS = Integer.getInteger("waybill.crash.points", 500);
    private static final long SEED = Long.getLong("waybill.seed", 20261121);
    private static final int SITES = 24; // that die together: the start of a process is the dearest part of a death
    private static final int EVERY_SO_MANY_IN_RECOVERY = 12;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void needsStrace() {
        Site.requireStrace();
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void runsThatDieBeforeAnySystemCallEndAsUndisturbedOnes(TestReporter reporter) throws Exception {
        long begin = System.nanoTime();
        Tally tally = new Tally();
        List<String> sizes = new ArrayList<>();
        for (Site.Size size : Site.Size.values()) {
            if (tally.points() < POINTS) {
                sizes.add(strikeAll(size, tally));
            }
        }
        String summary =
                "%d crash points struck of %d asked for (%s), %d of them in a recovery; %s; %d violations; %d s, seed %d"
                        .formatted(
                                tally.points(),
                                POINTS,
                                String.join(", ", sizes),
                                tally.inRecoveries(),
                                tally.missed(),
                                tally.violations().size(),
                                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                                SEED);
        System.out.println(summary);
        reporter.publishEntry(Map.of("crash points", summary));
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.points()).isGreaterThanOrEqualTo(POINTS);
    }

    /** @return how many points there are */
    private static String strikeAll(Site.Size size, Tally tally) throws Exception {
        try (Sites sites = new Sites(folder, size, SITES)) {
            List<CrashPoint> points =
                    sites.points().stream().filter(CrashPoint::changes).toList();
            Random random = new Random(SEED);
            Deque<CrashPoint> waiting = new ArrayDeque<>(inOrder(points, random));
            Set<CrashPoint> again = new HashSet<>();
            for (int group = 0; tally.points() < POINTS && !waiting.isEmpty(); group++) {
                List<CrashPoint> together = sites.together(waiting, CrashPoint::place);
                List<Strike> strikes = sites.strike(together, Optional.empty());
                for (int i = 0; i < strikes.size(); i++) {
                    tally.add(size + " " + together.get(i), false, strikes.get(i));
                    if (!strikes.get(i).struck() && again.add(together.get(i))) {
                        waiting.add(together.get(i));
                    }
                }
                if (group % EVERY_SO_MANY_IN_RECOVERY == 0) {
                    List<CrashPoint> after = after(together, points, random);
                    strikes = sites.strike(together, Optional.of(after));
                    for (int i = 0; i < strikes.size(); i++) {
                        String both = size + " " + together.get(i) + ", then " + after.get(i);
                        tally.add(both, true, strikes.get(i));
                    }
                }
            }
            return size + " run: " + points.size() + " " + byCall(points);
        }
    }

    private static Map<String, Long> byCall(List<CrashPoint> points) {
        return points.stream()
                .collect(Collectors.groupingBy(CrashPoint::call, java.util.TreeMap::new, Collectors.counting()));
    }

    /**
     * All points in their order: first those that must not be missing where not all are tried; last the writes at which only one
     * site dies at a time.
     */
    private static List<CrashPoint> inOrder(List<CrashPoint> points, Random random) {
        List<CrashPoint> order = new ArrayList<>(points);
        Collections.shuffle(order, random);
        order.sort(Comparator.comparing(CrashPoint::isWrite)
                .thenComparing(point -> !point.place().alone()));
        return order;
    }

    /** For each point one of the same stage, or a later one. */
    private static List<CrashPoint> after(List<CrashPoint> struck, List<CrashPoint> points, Random random) {
        return struck.stream()
                .map(point -> {
                    List<CrashPoint> after = points.stream()
                            .filter(other ->
                                    other.place().alone() == point.place().alone())
                            .filter(other -> other.place()
                                            .stage()
                                            .compareTo(point.place().stage())
                                    >= 0)
                            .toList();
                    return after.get(random.nextInt(after.size()));
                })
                .toList();
    }
}
