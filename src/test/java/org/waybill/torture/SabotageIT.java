package org.waybill.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Uploads;

/**
 * Claim: a run whose database or whose own process fails it is not called complete, and loses nothing. Fault: see each test.
 * Pass: after the next run every invariant holds, and ledger and archive are those of a run that nobody disturbed.
 */
class SabotageIT {

    private static final int FILES = 10;
    private static final int CUTS = 8;
    private static final long SEED = Long.getLong("waybill.seed", 20261121);
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path home;

    @TempDir
    private Path undisturbedHome;

    /** At the third change of a file's state, once; the counter does not go back with the transaction. */
    @ParameterizedTest
    @CsvSource({"deadlock, 40P01", "serialization failure, 40001", "lock time-out, 55P03", "out of disk, 53100"})
    void statementThatTheDatabaseGivesUpFailsTheRunOrIsRepeated(String name, String state) throws IOException {
        Uploads uploads = Uploads.in(home);
        Shipments.send(home, uploads, 1, FILES);
        try (House house = House.in(home)) {
            sql(house, "create sequence sabotage");
            sql(house, """
                    create function sabotage() returns trigger language plpgsql as $$
                    begin
                        if nextval('sabotage') = any ('{3, 17, 30}') then
                            raise exception '%s' using errcode = '%s';
                        end if;
                        return null;
                    end $$
                    """.formatted(name, state));
            sql(
                    house,
                    "create trigger sabotage after update of state on data_file for each row execute function sabotage()");
            int failed = 0;
            for (int night = 0; night < 4; night++) {
                for (Stage stage : Stage.way()) {
                    failed += house.run("ega", stage).status() == Status.FAILED ? 1 : 0;
                }
            }
            assertThat(failed).isBetween(1, 3);
            sql(house, "drop function sabotage cascade");
            assertAsUndisturbed(house, uploads, 1);
        }
    }

    /** Of a whole server the process that ends by SIGKILL has PostgreSQL start anew, with recovery, on the same port. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void connectionsThatAreCutLoseNothing(boolean serverCrashes) throws Exception {
        Uploads uploads = Uploads.in(home);
        Random random = new Random(SEED);
        try (House house = House.in(home)) {
            Shipments.send(home, uploads, 1, FILES);
            Child first = Child.start(home, house.environment()).ready();
            long begin = System.nanoTime();
            assertThat(first.go().end().exitCode()).isZero();
            long work = System.nanoTime() - begin;
            int failed = 0;
            for (int cut = 2; cut <= CUTS; cut++) {
                Shipments.send(home, uploads, cut, FILES);
                Child child = Child.start(home, house.environment()).ready().go();
                TimeUnit.NANOSECONDS.sleep((long) (work * random.nextDouble()));
                cut(house, serverCrashes);
                failed += child.end().exitCode() == 0 ? 0 : 1;
            }
            System.out.printf(
                    "%s: %d of %d runs failed, seed %d%n",
                    serverCrashes ? "server crashed" : "connections cut", failed, CUTS - 1, SEED);
            assertThat(failed).isPositive();
            awaitServer(house);
            assertAsUndisturbed(house, uploads, CUTS);
        }
    }

    static Stream<Throwable> errors() {
        return Stream.of(new OutOfMemoryError("for a test"), new StackOverflowError(), new ThreadDeath());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorInAWorkerFailsTheRun(Throwable error) throws IOException {
        Uploads uploads = Uploads.in(home);
        Shipments.send(home, uploads, 1, FILES);
        AtomicReference<@Nullable Runnable> inWorker = new AtomicReference<>();
        try (House first = House.in(home);
                House house = House.in(home, first.environment(), pool -> sabotaged(pool, inWorker))) {
            for (Stage stage : List.of(Stage.INTAKE, Stage.TRANSFER)) {
                house.run("ega", stage);
            }
            for (Stage stage : List.of(Stage.PROCESSING, Stage.ARCHIVE)) {
                inWorker.set(() -> raise(error));
                StageResult result = house.run("ega", stage);
                assertThat(inWorker).as("the worker's sabotage was not met").hasValue(null);
                assertThat(result.status()).isEqualTo(Status.FAILED);
                assertThat(house.run("ega", stage).status()).isEqualTo(Status.COMPLETED);
            }
            assertAsUndisturbed(house, uploads, 1);
        }
    }

    /** A process of its own, which this test calls with {@link Exiting}. */
    @Test
    void exitInAWorkerIsNoCompletion() throws Exception {
        Uploads uploads = Uploads.in(home);
        Shipments.send(home, uploads, 1, FILES);
        try (House house = House.in(home)) {
            for (Stage stage : List.of(Stage.INTAKE, Stage.TRANSFER)) {
                house.run("ega", stage);
            }
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Exiting.class.getName(),
                            home.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(house.environment());
            Process process = builder.start();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(house.jdbc()
                            .sql("select status from run where stage = 'processing'")
                            .query(String.class)
                            .list())
                    .singleElement()
                    .isNotEqualTo("COMPLETED");
            assertAsUndisturbed(house, uploads, 1);
        }
    }

    /** Runs processing, and calls {@code System.exit} in the thread of a part. */
    static final class Exiting {

        private Exiting() {}

        public static void main(String[] args) {
            AtomicReference<@Nullable Runnable> exit = new AtomicReference<>(() -> System.exit(0));
            House.in(Path.of(args[0]), System.getenv(), pool -> sabotaged(pool, exit))
                    .run("ega", Stage.PROCESSING);
        }
    }

    /** The first thread of a part that uses the database meets this, once. */
    private static DataSource sabotaged(DataSource pool, AtomicReference<@Nullable Runnable> inWorker) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                Runnable sabotage =
                        Thread.currentThread().getName().startsWith("part-") ? inWorker.getAndSet(null) : null;
                if (sabotage != null) {
                    sabotage.run();
                }
                return super.getConnection();
            }
        };
    }

    private static void raise(Throwable error) {
        throw (Error) error;
    }

    private static void cut(House house, boolean serverCrashes) throws IOException, InterruptedException {
        String others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        if (serverCrashes) {
            List<Long> pids =
                    house.jdbc().sql("select pid " + others).query(Long.class).list();
            if (!pids.isEmpty()) {
                new ProcessBuilder("sh", "-c", "kill -KILL " + pids.get(0))
                        .start()
                        .waitFor();
                awaitServer(house);
            }
        } else {
            house.jdbc()
                    .sql("select pg_terminate_backend(pid) " + others)
                    .query(Boolean.class)
                    .list();
        }
    }

    private static void awaitServer(House house) throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                house.jdbc().sql("select 1").query(Integer.class).single();
                return;
            } catch (RuntimeException e) {
                if (i > PATIENCE_SECONDS) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private void assertAsUndisturbed(House house, Uploads uploads, int shipments) throws IOException {
        house.runAll("ega")
                .forEach(result ->
                        assertThat(result.status()).as(result::toString).isEqualTo(Status.COMPLETED));
        assertThat(Invariants.violations(home, house.jdbc(), List.of(Shipments.CANARY)))
                .isEmpty();
        Uploads others = Uploads.in(undisturbedHome);
        for (int i = 1; i <= shipments; i++) {
            Shipments.send(undisturbedHome, others, i, FILES);
        }
        try (House undisturbed = House.in(undisturbedHome)) {
            undisturbed.runAll("ega");
            assertThat(Outcome.of(house.jdbc(), uploads)).isEqualTo(Outcome.of(undisturbed.jdbc(), others));
        }
    }

    private static void sql(House house, String statement) {
        house.jdbc().sql(statement).update();
    }
}
