package org.waybill.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.run.ownership.AnotherRunAliveException;
import org.waybill.stage.Uploads;

/** Who runs, when one has died, is frozen, or has started in the same moment. */
class TakeoverIT {

    private static final int RACES = 200;
    private static final int PAIRS = Integer.getInteger("waybill.pairs", 3);
    private static final int FREEZES = Integer.getInteger("waybill.freezes", 8);
    private static final int FILES = 10;
    private static final long SEED = Long.getLong("waybill.seed", 20261121);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration PROMISED = Duration.ofSeconds(10);
    private static final int REFUSED = 4;

    @TempDir
    private Path home;

    @TempDir
    private Path undisturbedHome;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<Process> processes = new ArrayList<>();
    private Uploads uploads;
    private House house;

    @BeforeEach
    void open() throws IOException {
        uploads = Uploads.in(home);
        house = House.in(home);
    }

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        threads.shutdown();
        house.close();
    }

    /** The one claim here about time: of the command as it is called, from its start. */
    @Test
    void killedCommandIsTakenOverWithinTenSecondsOfTheNextOnesStart() throws Exception {
        Process nightBefore = waybill("run", "ega"); // which left what later commands start faster from
        assertThat(nightBefore.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(nightBefore.exitValue()).isZero();
        Shipments.send(home, uploads, 1, FILES);
        List<Long> dead = new ArrayList<>();
        transaction(() -> {
            Process first = waybill("run", "ega");
            await(() -> !runsThatAre("STARTED", "intake").isEmpty()
                    || runsThatAre("COMPLETED", "intake").size() > 1);
            house.jdbc().sql("lock table data_file in exclusive mode").update();
            await(house::someoneWaits);
            first.destroyForcibly().waitFor();
            dead.addAll(house.jdbc()
                    .sql("select run_id from run where status = 'STARTED'")
                    .query(Long.class)
                    .list());
        });
        assertThat(dead).hasSize(1);
        long begin = System.nanoTime();
        Process next = waybill("run", "ega");
        await(() -> house.jdbc()
                .sql("select status = 'FAILED' from run where run_id = :run")
                .param("run", dead.get(0))
                .query(Boolean.class)
                .single());
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(next.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(next.exitValue()).as("done, with files in quarantine").isEqualTo(3);
        assertThat(Invariants.violations(home, house.jdbc(), List.of(Shipments.CANARY)))
                .isEmpty();
        System.out.println("a killed command was taken over after " + taken.toMillis() + " ms");
        assertThat(taken).isLessThan(PROMISED);
    }

    /** Races of two schedulers, each with connections of its own, in one process: starting 400 would take a quarter of an hour. */
    @Test
    void ofTwoSchedulersAtOnceOneRunsAndTheOtherIsRefusedEachTime() {
        int refusals = 0;
        try (House other = House.in(home, house.environment())) {
            for (int race = 0; race < RACES; race++) {
                List<CompletableFuture<StageResult>> both = new ArrayList<>();
                transaction(() -> {
                    house.jdbc()
                            .sql("lock table launch in exclusive mode")
                            .update(); // nobody ends before the other begins
                    for (House each : List.of(house, other)) {
                        both.add(CompletableFuture.supplyAsync(() -> each.run("ega", Stage.INTAKE), threads));
                    }
                    await(() -> both.stream().anyMatch(CompletableFuture::isDone));
                });
                for (CompletableFuture<StageResult> run : both) {
                    try {
                        assertThat(run.join().status()).isEqualTo(Status.COMPLETED);
                    } catch (CompletionException e) {
                        assertThat(e).hasCauseInstanceOf(AnotherRunAliveException.class);
                        refusals++;
                    }
                }
            }
        }
        assertThat(refusals).isEqualTo(RACES);
        assertThat(runsThatAre("COMPLETED", "intake")).hasSize(RACES);
    }

    /** Real pairs of them, as two schedulers start them. */
    @Test
    void ofTwoCommandsAtOnceOneRunsAndTheOtherExitsWith4() throws Exception {
        Shipments.send(home, uploads, 1, FILES);
        Process first = waybill("run", "ega.intake");
        assertThat(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
        for (int pair = 1; pair <= PAIRS; pair++) {
            List<Process> both = new ArrayList<>();
            transaction(() -> {
                house.jdbc().sql("lock table launch in exclusive mode").update();
                both.add(waybill("run", "ega.intake"));
                both.add(waybill("run", "ega.intake"));
                awaitEnd(both, 1);
            });
            awaitEnd(both, 2);
            assertThat(both).as("pair %d", pair).extracting(Process::exitValue).containsExactlyInAnyOrder(0, REFUSED);
            assertThat(runsThatAre("COMPLETED", "intake")).hasSize(1 + pair);
        }
        System.out.println(PAIRS + " pairs of commands at once: of each, one ran and one exited with " + REFUSED);
        assertThat(house.jdbc()
                        .sql("select count(*) from file_event where to_state = 'EXPECTED'")
                        .query(Integer.class)
                        .single())
                .as("the manifest was taken once")
                .isEqualTo(FILES);
    }

    /** Waits until so many have ended; if they do not, tells what they do instead. */
    private static void awaitEnd(List<Process> both, int count) throws IOException {
        try {
            await(() -> both.stream().filter(process -> !process.isAlive()).count() >= count);
        } catch (AssertionError e) {
            for (Process process : both) {
                Process dump = new ProcessBuilder("jstack", Long.toString(process.pid())).start();
                e.addSuppressed(new IOException(new String(dump.getInputStream().readAllBytes(), UTF_8)));
            }
            throw e;
        }
    }

    /**
     * Frozen by SIGSTOP at random moments; its lock is freed as PostgreSQL frees that of a machine which no longer answers; its
     * other connections stay. Once another run has done all there is to do, it is let go.
     */
    @Test
    void frozenRunThatWasReplacedCanNeitherCommitNorPublish() throws Exception {
        Random random = new Random(SEED);
        Shipments.send(home, uploads, 0, FILES);
        Child first = Child.start(home, house.environment()).ready();
        long begin = System.nanoTime();
        assertThat(first.go().end().exitCode()).isZero();
        long work = System.nanoTime() - begin;
        int frozen = 0;
        for (int i = 1; i <= FREEZES; i++) {
            Shipments.send(home, uploads, i, FILES);
            Child child = Child.start(home, house.environment()).ready().go();
            if (child.freezeAfter((long) (work * random.nextDouble())) && freeLock()) {
                frozen++;
                house.runAll("ega")
                        .forEach(result ->
                                assertThat(result.status()).as(result::toString).isEqualTo(Status.COMPLETED));
                Map<String, String> outcome = Outcome.of(house.jdbc(), uploads);
                child.thaw();
                assertThat(child.end().exitCode()).isNotZero();
                assertThat(Outcome.of(house.jdbc(), uploads)).isEqualTo(outcome);
            } else {
                child.thaw();
                child.end();
            }
            assertThat(Invariants.violations(home, house.jdbc(), List.of(Shipments.CANARY)))
                    .isEmpty();
        }
        System.out.printf("%d of %d runs were frozen and replaced, seed %d%n", frozen, FREEZES, SEED);
        assertThat(frozen).isPositive();
        house.runAll("ega");
        try (House undisturbed = House.in(undisturbedHome)) {
            Uploads others = Uploads.in(undisturbedHome);
            for (int i = 0; i <= FREEZES; i++) {
                Shipments.send(undisturbedHome, others, i, FILES);
            }
            undisturbed.runAll("ega");
            assertThat(Outcome.of(house.jdbc(), uploads)).isEqualTo(Outcome.of(undisturbed.jdbc(), others));
        }
    }

    /** @return whether anybody had it */
    private boolean freeLock() {
        return house.jdbc().sql("""
                        select pg_terminate_backend(l.pid, 5000)
                        from pg_locks l join pg_database d on d.oid = l.database
                        where l.locktype = 'advisory' and d.datname = current_database()
                        """).query(Boolean.class).list().contains(true);
    }

    private List<Long> runsThatAre(String status, String stage) {
        return house.jdbc()
                .sql("select run_id from run where status = :status and stage = :stage")
                .param("status", status)
                .param("stage", stage)
                .query(Long.class)
                .list();
    }

    private Process waybill(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("waybill").toAbsolutePath().toString(), "--home", home.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(house.environment());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private interface Work {
        void run() throws Exception;
    }

    private void transaction(Work work) {
        new TransactionTemplate(house.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            try {
                work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(giveUp);
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
