package org.waybill.torture.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.torture.ChildJvm;

/**
 * Claim: a run may die before any of the system calls by which it changes something; running again is all that is needed.
 * Fault: SIGKILL by strace before the K-th such call of a thread in a stage; of some, another one before a call of the run
 * that follows. What comes before that stage on the way is done by another process, undisturbed. Allowed in between: what {@code Invariants.violationsAnyTime} allows. Pass: after the next run every invariant
 * holds, and ledger and archive are those of a run that nobody disturbed.
 *
 * <p>{@code -Dwaybill.crash.points} says how many distinct points are to be struck: first those that are not writes, then
 * writes (most of them statements to the database) spread evenly. Points at which a process did not die do not count.
 */
class CrashPointsIT {

    private static final int POINTS = Integer.getInteger("waybill.crash.points", 60);
    private static final long SEED = Long.getLong("waybill.seed", 20261121);
    private static final int SITES = 2;
    private static final int EVERY_SO_MANY_IN_RECOVERY = 12;

    @TempDir
    private static Path folder;

    private static ChildJvm jvm;

    private record Attempt(CrashPoint point, Optional<CrashPoint> inRecovery) {

        String name(Site.Size size) {
            return size + " " + point
                    + inRecovery.map(second -> ", then " + second).orElse("");
        }
    }

    @BeforeAll
    static void needsStrace() throws IOException {
        Site.requireStrace();
        jvm = ChildJvm.shared();
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
        List<Site> sites = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(SITES);
        try {
            for (int i = 0; i < SITES; i++) {
                sites.add(new Site(Files.createDirectory(folder.resolve(size + "-" + i)), size, jvm));
            }
            List<CrashPoint> points =
                    sites.get(0).points().stream().filter(CrashPoint::changes).toList();
            Queue<Attempt> attempts = new ConcurrentLinkedQueue<>(attempts(points));
            CompletableFuture<?>[] all = sites.stream()
                    .map(site -> CompletableFuture.runAsync(() -> work(site, size, attempts, tally), threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).join();
            return size + " run: " + points.size() + " " + byCall(points);
        } finally {
            threads.shutdown();
            sites.forEach(Site::close);
        }
    }

    private static Map<String, Long> byCall(List<CrashPoint> points) {
        return points.stream()
                .collect(Collectors.groupingBy(CrashPoint::call, java.util.TreeMap::new, Collectors.counting()));
    }

    private static void work(Site site, Site.Size size, Queue<Attempt> attempts, Tally tally) {
        for (Attempt next = attempts.poll(); next != null && tally.points() < POINTS; next = attempts.poll()) {
            try {
                tally.add(next.name(size), next.inRecovery().isPresent(), site.strike(next.point(), next.inRecovery()));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(next.name(size), e);
            }
        }
    }

    /** All points, those first that must not be missing where not all are tried. */
    private static List<Attempt> attempts(List<CrashPoint> points) {
        Random random = new Random(SEED);
        List<CrashPoint> writes =
                new ArrayList<>(points.stream().filter(CrashPoint::isWrite).toList());
        Collections.shuffle(writes, random);
        List<CrashPoint> order = new ArrayList<>(
                points.stream().filter(point -> !point.isWrite()).toList());
        order.addAll(writes);
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            CrashPoint point = order.get(i);
            attempts.add(new Attempt(point, Optional.empty()));
            if (i % EVERY_SO_MANY_IN_RECOVERY == 0) {
                List<CrashPoint> after = points.stream()
                        .filter(other ->
                                other.place().stage().compareTo(point.place().stage()) >= 0)
                        .toList();
                attempts.add(new Attempt(point, Optional.of(after.get(random.nextInt(after.size())))));
            }
        }
        return attempts;
    }
}
