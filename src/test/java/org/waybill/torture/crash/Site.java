package org.waybill.torture.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.run.ownership.AnotherRunAliveException;
import org.waybill.stage.Uploads;
import org.waybill.torture.Invariants;
import org.waybill.torture.Outcome;
import org.waybill.torture.Shipments;

/** A home with a database of its own, where the whole route is run on the same few files, again and again. */
final class Site implements AutoCloseable {

    private static final List<String> CANARIES = List.of(Shipments.CANARY, Uploads.AES_PASSWORD);
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path home;
    private final Size size;
    private final Uploads uploads;
    private final House house;
    private final Map<String, String> expected;
    private final Set<String> verified;
    private int recoveries;

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

    Site(Path home, Size size, Map<String, String> database) throws IOException {
        this.home = home;
        this.size = size;
        this.uploads = Uploads.in(home);
        uploads.route(route -> route.replace("partitions: 2", "partitions: " + size.parts));
        this.house = House.in(home, database);
        countFrom(NUMBER.incrementAndGet() * 1_000_000L);
        clear();
        house.runAll("ega").forEach(result -> assertThat(result.status()).isEqualTo(Status.COMPLETED));
        this.expected = Outcome.of(house.jdbc(), uploads);
        this.verified = Set.copyOf(house.jdbc()
                .sql("select plain_sha256 from data_file where state = 'ARCHIVED'")
                .query(String.class)
                .list());
    }

    /** Spring Batch knows the steps that run in a process by their numbers alone, whatever database they are of. */
    private void countFrom(long first) {
        for (String sequence : List.of("job_instance", "job_execution", "step_execution")) {
            house.jdbc()
                    .sql("alter sequence batch_%s_seq restart with %d".formatted(sequence, first))
                    .update();
        }
    }

    static void requireStrace() {
        boolean present = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "strace")));
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(present, "no strace: install Debian's strace (apt install strace)");
        }
    }

    Path home() {
        return home;
    }

    /** What a process must have in its environment to use the same database. */
    Map<String, String> environment() {
        return house.environment();
    }

    /** Has the same files sent again, to a route that has never run, and does what comes before a stage on the way. */
    void beginBefore(Stage stage) throws IOException {
        clear();
        runUpTo(stage);
    }

    /** Runs what comes before a stage on the way. */
    void runUpTo(Stage stage) {
        Stage.way().stream().takeWhile(earlier -> earlier != stage).forEach(earlier -> assertThat(next(earlier))
                .satisfies(result -> assertThat(result.status()).isEqualTo(Status.COMPLETED)));
    }

    /** What is violated of that which holds at any moment. */
    List<String> violationsAnyTime() {
        return Invariants.violationsAnyTime(home, house.jdbc(), CANARIES, uploads, verified);
    }

    /**
     * Runs the route again, as the next scheduled command would, every second time after an operator's restart of what died;
     * what is not as it should be then.
     */
    List<String> violationsAfterTheNextRun() {
        List<String> violations = new ArrayList<>();
        house.catchUp();
        if (recoveries++ % 2 == 1) {
            oncePossible(house::restartNewest)
                    .filter(result -> result.status() != Status.COMPLETED)
                    .ifPresent(result -> violations.add("I6 the restart ended so: " + result));
        }
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

    private StageResult next(Stage stage) {
        return oncePossible(() -> house.run("ega", stage));
    }

    /** PostgreSQL may take a moment to notice that a process is gone. */
    private static <T> T oncePossible(Supplier<T> run) {
        long giveUp = System.nanoTime() + LOCK_PATIENCE.toNanos();
        while (true) {
            try {
                return run.get();
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

    @Override
    public void close() {
        house.close();
    }
}
