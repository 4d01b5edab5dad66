package org.waybill.torture.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.postgres.embedded.OwnServer;
import org.waybill.torture.ChildJvm;
import org.waybill.torture.crash.CrashPoint.Place;

/** Several sites of one size whose runs are disturbed in one process; what is done in each before and after goes on side by side. */
final class Sites implements AutoCloseable {

    private static final int AT_ONCE = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final OwnServer server;
    private final ChildJvm jvm;
    private final List<Site> sites;
    private @Nullable Cohort started;

    /** What came of an attempt: whether it was as intended, and what is wrong after it. */
    record Strike(boolean struck, List<String> violations) {}

    Sites(Path folder, Site.Size size, int count) throws IOException {
        server = OwnServer.in(Files.createDirectory(folder.resolve(size + "-server")));
        jvm = ChildJvm.shared();
        Site[] made = new Site[count];
        each(count, i -> {
            Path home = Files.createDirectory(folder.resolve(size + "-" + i));
            made[i] = new Site(home, size, server.newDatabase());
        });
        sites = List.of(made);
    }

    /** Takes what can be done in one process: where all its threads are traced, there is only one site. */
    <T> List<T> together(Deque<T> waiting, Function<T, Place> place) {
        List<T> group = new ArrayList<>(List.of(waiting.remove()));
        if (place.apply(group.get(0)).alone()) {
            waiting.stream()
                    .filter(other -> place.apply(other).alone())
                    .limit(sites.size() - 1)
                    .forEach(group::add);
            waiting.removeAll(group);
        }
        return group;
    }

    /** The points of all places. */
    List<CrashPoint> points() throws IOException, InterruptedException {
        List<CrashPoint> points = new ArrayList<>();
        Deque<Place> waiting = new ArrayDeque<>(Place.ALL);
        while (!waiting.isEmpty()) {
            List<Place> places = together(waiting, place -> place);
            beginBefore(places);
            points.addAll(cohort(places.size()).list(places));
        }
        return points;
    }

    /** Kills a process at a point of each site, and if others are given, the one that follows at those; then checks all. */
    List<Strike> strike(List<CrashPoint> points, Optional<List<CrashPoint>> inRecovery)
            throws IOException, InterruptedException {
        beginBefore(places(points));
        List<List<String>> violations = noneYet(points.size());
        List<Boolean> struck = kill(points, violations);
        if (inRecovery.isPresent()) {
            List<Place> places = places(inRecovery.get());
            each(places.size(), i -> sites.get(i).runUpTo(places.get(i).stage()));
            List<Boolean> again = kill(inRecovery.get(), violations);
            IntStream.range(0, again.size()).forEach(i -> struck.set(i, struck.get(i) && again.get(i)));
        }
        each(points.size(), i -> violations.get(i).addAll(sites.get(i).violationsAfterTheNextRun()));
        return strikes(struck, violations);
    }

    private List<Boolean> kill(List<CrashPoint> points, List<List<String>> violations)
            throws IOException, InterruptedException {
        List<Boolean> struck = new ArrayList<>(cohort(points.size()).strike(points));
        started = start(points.size());
        each(points.size(), i -> violations.get(i).addAll(sites.get(i).violationsAnyTime()));
        return struck;
    }

    /** Has a call of each site's run fail; then checks all. It is struck if the run said of itself that it failed. */
    List<Strike> fail(List<CrashPoint> points, List<String> errors) throws IOException, InterruptedException {
        beginBefore(places(points));
        List<Optional<String>> ends = cohort(points.size()).fail(points, errors);
        started = start(points.size());
        List<List<String>> violations = noneYet(points.size());
        each(points.size(), i -> {
            if (ends.get(i).isEmpty()) {
                violations.get(i).add("the run did not end by itself, or not the process");
            }
            violations.get(i).addAll(sites.get(i).violationsAnyTime());
            violations.get(i).addAll(sites.get(i).violationsAfterTheNextRun());
        });
        return strikes(ends.stream().map(end -> !end.equals(Optional.of(""))).toList(), violations);
    }

    private static List<Place> places(List<CrashPoint> points) {
        return points.stream().map(CrashPoint::place).toList();
    }

    private static List<List<String>> noneYet(int count) {
        return Stream.<List<String>>generate(ArrayList::new).limit(count).toList();
    }

    private static List<Strike> strikes(List<Boolean> struck, List<List<String>> violations) {
        return IntStream.range(0, struck.size())
                .mapToObj(i -> new Strike(struck.get(i), violations.get(i)))
                .toList();
    }

    private void beginBefore(List<Place> places) {
        each(places.size(), i -> sites.get(i).beginBefore(places.get(i).stage()));
    }

    /** A process for the first sites: the one that was started meanwhile, if it is for as many. */
    private Cohort cohort(int count) throws IOException {
        Cohort cohort = started;
        started = null;
        if (cohort != null && cohort.size() != count) {
            cohort.close();
            cohort = null;
        }
        return cohort == null ? start(count) : cohort;
    }

    private Cohort start(int count) throws IOException {
        return Cohort.of(sites.subList(0, count), jvm);
    }

    private void each(int count, Work work) {
        List<CompletableFuture<Void>> all = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.runAsync(() -> run(work, i), threads))
                .toList();
        all.forEach(CompletableFuture::join);
    }

    private static void run(Work work, int number) {
        try {
            work.on(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void on(int number) throws IOException;
    }

    @Override
    public void close() throws IOException {
        if (started != null) {
            started.close();
        }
        threads.shutdown();
        sites.forEach(Site::close);
        server.close();
    }
}
