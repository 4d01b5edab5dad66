package org.waybill.torture.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.waybill.torture.ChildJvm;
import org.waybill.torture.crash.CrashPoint.Place;

/**
 * A process that runs a stage in each of several sites at once. A thread of each is traced for itself, and held before the
 * call that is its point; once all are, the process is killed. So all die by one SIGKILL, each at a point of its own, and the
 * start of a process, which takes longer than what it is started for, is shared.
 */
final class Cohort implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final Duration STILLNESS = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMillis(30); // of processor time, for pulses and the like
    private static final String EXITED = "exited";
    private static final int KILLED = 128 + 9;

    private final List<Site> sites;
    private final Process process;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final List<Member> members = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    /** A site at work. */
    private static final class Member {
        private final Site site;
        private final Place place;
        private final List<String> traced;
        private String thread = "";
        private @Nullable Tracer tracer;
        private @Nullable String fault; // empty after a stage that was completed

        Member(Site site, Place place, List<String> traced) {
            this.site = site;
            this.place = place;
            this.traced = traced;
        }

        void hear(String line) throws IOException {
            if (line.startsWith(CrashChild.HELD)) {
                thread = line.substring(CrashChild.HELD.length());
                Path home = site.home();
                tracer = Tracer.of(place, thread, traced, home.resolveSibling(home.getFileName() + "-traced"));
            } else if (line.startsWith(CrashChild.END)) {
                fault = line.substring(CrashChild.END.length());
            }
        }

        boolean isDone() {
            return fault != null;
        }

        boolean isHeldBefore(CrashPoint point) {
            return fault == null && tracer != null && tracer.isHeldBefore(point);
        }

        void letGo() {
            if (tracer != null) {
                tracer.letGo();
            }
        }

        List<CrashPoint> points() throws IOException {
            if (tracer == null) {
                throw new IOException("no thread came to " + place);
            }
            return CrashPoint.of(place, thread, site.home(), tracer.listed());
        }
    }

    private Cohort(List<Site> sites, Process process) {
        this.sites = sites;
        this.process = process;
    }

    /** Starts a process; until it is told what to do, it may make itself ready. */
    static Cohort of(List<Site> sites, ChildJvm jvm) throws IOException {
        List<String> command = new ArrayList<>(jvm.command(CrashChild.class));
        for (Site site : sites) {
            command.add(site.home().toString());
            command.add(site.environment().get("WAYBILL_DATABASE_URL"));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(sites.get(0).environment());
        Cohort cohort = new Cohort(sites, builder.start());
        Thread listener = new Thread(cohort::listen, "listener");
        listener.setDaemon(true);
        listener.start();
        return cohort;
    }

    /** Kills it when each site has come to its point, and answers which of them did; others came to the end of their stage. */
    List<Boolean> strike(List<CrashPoint> points) throws IOException, InterruptedException {
        begin(points.stream().map(CrashPoint::place).toList(), i -> points.get(i)
                .killing());
        boolean diedByItself = awaitEach(i -> members.get(i).isHeldBefore(points.get(i))) && exitValue() == KILLED;
        List<Boolean> struck = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            CrashPoint point = points.get(i);
            struck.add(point.place().alone() ? members.get(i).isHeldBefore(point) : diedByItself);
        }
        process.destroyForcibly();
        members.forEach(Member::letGo);
        end();
        return struck;
    }

    /**
     * Has a call of each site's run fail.
     *
     * @return what each run said of itself in the end, empty if it was completed; none if it did not come to its end
     */
    List<Optional<String>> fail(List<CrashPoint> points, List<String> errors) throws IOException, InterruptedException {
        begin(points.stream().map(CrashPoint::place).toList(), i -> points.get(i)
                .failing(errors.get(i)));
        return ends();
    }

    /** Lists the points from each place on to the end of the stage, one site for each place. */
    List<CrashPoint> list(List<Place> places) throws IOException, InterruptedException {
        begin(places, i -> CrashPoint.listing());
        assertThat(ends()).allMatch(end -> end.equals(Optional.of("")));
        List<CrashPoint> points = new ArrayList<>();
        for (Member member : members) {
            points.addAll(member.points());
        }
        return points;
    }

    private void begin(List<Place> places, IntFunction<List<String>> traced) throws IOException, InterruptedException {
        assertThat(said.take()).as(this::heard).isEqualTo(CrashChild.READY);
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            members.add(new Member(sites.get(i), place, traced.apply(i)));
            process.getOutputStream().write(CrashChild.order(i, place).getBytes(StandardCharsets.US_ASCII));
        }
        process.getOutputStream().flush();
    }

    /**
     * Waits until each site has done its stage, or is where it shall be; or until nothing happens any more, as one that is held
     * in a lock of the whole process holds up all others.
     *
     * @return whether the process has ended instead
     * @throws IOException if a stage neither ends nor comes to its point
     */
    private boolean awaitEach(IntPredicate isThere) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        long lastMove = System.nanoTime();
        Duration lastUsed = Duration.ZERO;
        while (System.nanoTime() < giveUp) {
            String line = said.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            if (line != null && line.equals(EXITED)) {
                return true;
            }
            Duration used = process.info().totalCpuDuration().orElse(Duration.ZERO);
            if (line != null || used.compareTo(lastUsed.plus(IDLE)) > 0) {
                lastMove = System.nanoTime();
                lastUsed = used;
            }
            if (line != null) {
                int space = line.indexOf(' ');
                members.get(Integer.parseInt(line.substring(0, space))).hear(line.substring(space + 1));
                continue;
            }
            boolean isStill = System.nanoTime() > lastMove + STILLNESS.toNanos();
            boolean isAnyThere = IntStream.range(0, members.size()).anyMatch(isThere);
            boolean isEach = IntStream.range(0, members.size())
                    .allMatch(i -> members.get(i).isDone() || isThere.test(i));
            if (isEach || (isStill && isAnyThere)) {
                return false;
            }
        }
        throw new IOException("a stage hangs: " + heard());
    }

    private List<Optional<String>> ends() throws IOException, InterruptedException {
        awaitEach(i -> false);
        process.getOutputStream().close();
        boolean endsByItself = end() == 0;
        return members.stream()
                .map(member -> Optional.ofNullable(member.fault).filter(fault -> endsByItself))
                .toList();
    }

    int size() {
        return sites.size();
    }

    private int end() throws IOException, InterruptedException {
        int exitValue = exitValue();
        for (Member member : members) {
            if (member.tracer != null) {
                member.tracer.end();
            }
        }
        return exitValue;
    }

    private int exitValue() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("a process did not end: " + heard());
        }
        return process.exitValue();
    }

    private synchronized String heard() {
        return "it said " + heard;
    }

    private synchronized void hear(String line) {
        heard.add(line);
        if (line.startsWith(CrashChild.SIGN)) {
            said.add(line.substring(CrashChild.SIGN.length()));
        }
    }

    private void listen() {
        process.inputReader().lines().forEach(this::hear);
        said.add(EXITED);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
