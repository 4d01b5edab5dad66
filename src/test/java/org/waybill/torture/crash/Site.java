package org.waybill.torture.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.run.ownership.AnotherRunAliveException;
import org.waybill.stage.Uploads;
import org.waybill.torture.ChildJvm;
import org.waybill.torture.Invariants;
import org.waybill.torture.Outcome;
import org.waybill.torture.Shipments;
import org.waybill.torture.crash.CrashPoint.Place;

/** A home with a database of its own. Processes run there the whole route on the same few files, and are killed. */
final class Site implements AutoCloseable {

    private static final List<String> CANARIES = List.of(Shipments.CANARY, Uploads.AES_PASSWORD);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int KILLED = 128 + 9;

    private final Path home;
    private final Size size;
    private final ChildJvm jvm;
    private final Uploads uploads;
    private final House house;
    private final Map<String, String> expected;
    private final Set<String> verified;
    private final List<String> heard = new ArrayList<>();
    private @Nullable Process waiting;

    /** How much a run has to do. */
    enum Size {
        SMALL(4, 1),
        WIDE(10, 2);

        private final int files;
        private final int parts;

        Size(int files, int parts) {
            this.files = files;
            this.parts = parts;
        }
    }

    /** What came of an attempt to kill at a point. */
    record Strike(boolean struck, List<String> violations) {}

    Site(Path home, Size size, ChildJvm jvm) throws IOException {
        this.home = home;
        this.size = size;
        this.jvm = jvm;
        this.uploads = Uploads.in(home);
        uploads.route(route -> route.replace("partitions: 2", "partitions: " + size.parts));
        this.house = House.in(home);
        clear();
        house.runAll("ega").forEach(result -> assertThat(result.status()).isEqualTo(Status.COMPLETED));
        this.expected = Outcome.of(house.jdbc(), uploads);
        this.verified = Set.copyOf(house.jdbc()
                .sql("select plain_sha256 from data_file where state = 'ARCHIVED'")
                .query(String.class)
                .list());
    }

    static void requireStrace() {
        boolean present = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "strace")));
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(present, "no strace: install Debian's strace (apt install strace)");
        }
    }

    /** The points of all places. */
    List<CrashPoint> points() throws IOException, InterruptedException {
        List<CrashPoint> points = new ArrayList<>();
        for (Place place : Place.ALL) {
            points.addAll(points(place));
        }
        return points;
    }

    /** The points of a run, from that place on to the end of the stage. */
    private List<CrashPoint> points(Place place) throws IOException, InterruptedException {
        clear();
        runUpTo(place.stage());
        Process process = ready();
        Path listed = home.resolveSibling(home.getFileName() + "-listed");
        String thread = hold(process, place).orElseThrow(() -> new IOException("no thread came to " + place));
        Process strace = strace(place, thread, listed, CrashPoint.listing());
        assertThat(await(process, CrashChild.COMPLETED)).isPresent();
        end(process);
        end(strace);
        return CrashPoint.of(place, thread, home, listed);
    }

    /** Kills a process at a point, and if another is given, the one that follows at that; then checks all. */
    Strike strike(CrashPoint point, Optional<CrashPoint> inRecovery) throws IOException, InterruptedException {
        List<String> violations = new ArrayList<>();
        clear();
        runUpTo(point.place().stage());
        boolean struck = kill(point);
        waiting = start(jvm.command(CrashChild.class));
        violations.addAll(anyTime());
        if (struck && inRecovery.isPresent()) {
            runUpTo(inRecovery.get().place().stage());
            struck = kill(inRecovery.get());
            waiting = start(jvm.command(CrashChild.class));
            violations.addAll(anyTime());
        }
        violations.addAll(recovered());
        return new Strike(struck, violations);
    }

    /** Has a call of a run fail; then checks all. It is struck if the run said of itself that it failed. */
    Strike fail(CrashPoint point, String error) throws IOException, InterruptedException {
        clear();
        runUpTo(point.place().stage());
        Process process = ready();
        String thread = hold(process, point.place()).orElseThrow();
        Process strace = strace(point.place(), thread, Path.of("/dev/null"), point.failing(error));
        Optional<String> fault = await(process, CrashChild.END);
        end(process);
        end(strace);
        waiting = start(jvm.command(CrashChild.class));
        List<String> violations = new ArrayList<>();
        if (fault.isEmpty() || process.exitValue() != 0) {
            violations.add("the run did not end by itself, but the process with " + process.exitValue() + " " + heard);
        }
        violations.addAll(anyTime());
        violations.addAll(recovered());
        return new Strike(!fault.equals(Optional.of("")), violations);
    }

    /** Runs what comes before a stage on the way. */
    private void runUpTo(Stage stage) {
        Stage.way().stream().takeWhile(earlier -> earlier != stage).forEach(earlier -> assertThat(next(earlier))
                .satisfies(result -> assertThat(result.status()).isEqualTo(Status.COMPLETED)));
    }

    private List<String> anyTime() {
        return Invariants.violationsAnyTime(home, house.jdbc(), CANARIES, uploads, verified);
    }

    /** Runs the route again, as the next scheduled command would; what is not as it should be then. */
    private List<String> recovered() {
        List<String> violations = new ArrayList<>();
        for (Stage stage : Stage.way()) {
            StageResult result = next(stage);
            if (result.status() != Status.COMPLETED) {
                violations.add("I6 the next run ended so: " + result);
            }
        }
        violations.addAll(Invariants.violations(home, house.jdbc(), CANARIES));
        Map<String, String> outcome = Outcome.of(house.jdbc(), uploads);
        if (!outcome.equals(expected)) {
            violations.add("I6 expected " + expected + ", found " + outcome);
        }
        return violations;
    }

    /** PostgreSQL may take a moment to notice that a process is gone. */
    private StageResult next(Stage stage) {
        long giveUp = System.nanoTime() + LOCK_PATIENCE.toNanos();
        while (true) {
            try {
                return house.run("ega", stage);
            } catch (AnotherRunAliveException e) {
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empties folders and tables, and has the same files sent again. */
    private void clear() throws IOException {
        for (String folder : List.of("incoming", "archive", "manifests")) {
            FileSystemUtils.deleteRecursively(home.resolve(folder));
            Files.createDirectory(home.resolve(folder));
        }
        List<String> tables = house.jdbc().sql("""
                        select tablename
                        from pg_tables
                        where schemaname = 'public' and tablename <> 'flyway_schema_history'
                        """).query(String.class).list();
        new TransactionTemplate(house.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            house.jdbc().sql("set local session_replication_role = replica").update(); // no triggers, no keys
            tables.forEach(table -> house.jdbc().sql("delete from " + table).update());
        });
        Shipments.send(home, uploads, 1, size.files);
    }

    private Process start(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(command);
        whole.add(home.toString());
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment().putAll(house.environment());
        return builder.start();
    }

    private Process ready() throws IOException {
        Process process = waiting == null ? start(jvm.command(CrashChild.class)) : waiting;
        waiting = null;
        assertThat(await(process, CrashChild.READY)).isPresent();
        return process;
    }

    private static void order(Process process, String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** @return the number of the thread, unless the stage came to its end without one */
    private Optional<String> hold(Process process, Place place) throws IOException {
        order(process, place.stage().name() + " " + place.who().name());
        return await(process, CrashChild.HELD);
    }

    private boolean kill(CrashPoint point) throws IOException, InterruptedException {
        Process process = ready();
        Optional<String> thread = hold(process, point.place());
        if (thread.isEmpty()) { // in a recovery, there may be nothing to do for a part any more
            end(process);
            return false;
        }
        Process strace = strace(point.place(), thread.get(), Path.of("/dev/null"), point.killing());
        end(process);
        end(strace);
        return process.exitValue() == KILLED;
    }

    private static Process strace(Place place, String thread, Path output, List<String> what) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace", "-qq", "-o", output.toString(), "-p", thread));
        if (!place.alone()) {
            command.add("-f");
        }
        command.addAll(what);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static void end(Process process) throws IOException, InterruptedException {
        process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("a process did not end");
        }
    }

    /** Reads on until the process says something that begins so; the rest of it. Empty if it ends first. */
    private Optional<String> await(Process process, String beginning) throws IOException {
        BufferedReader lines = process.inputReader();
        String whole = CrashChild.SIGN + beginning;
        heard.clear();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(whole)) {
                return Optional.of(line.substring(whole.length()));
            }
            boolean cameToItsEnd = line.startsWith(CrashChild.SIGN + CrashChild.END);
            heard.add(line);
            if (cameToItsEnd && beginning.equals(CrashChild.HELD)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        Process last = waiting;
        if (last != null) {
            last.destroyForcibly();
        }
        house.close();
    }
}
