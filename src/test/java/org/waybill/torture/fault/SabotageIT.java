package org.waybill.torture.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
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
import org.waybill.torture.Shipments;

/**
 * Claim: a run whose database or whose own process fails it is not called complete, and loses nothing. Fault: see each test.
 * Pass: after the next run every invariant holds, and ledger and archive are those of a run that nobody disturbed.
 */
class SabotageIT {

    private static final int FILES = 10;
    private static final long PATIENCE_SECONDS = 120;

    /** Spring waits for the thread that calls for the exit, which waits for Spring. */
    private static final String SHORT_SHUTDOWN = "-Dspring.lifecycle.timeout-per-shutdown-phase=1s";

    @TempDir
    private Path home;

    @TempDir
    private static Path undisturbedHome;

    private static Undisturbed undisturbed;

    @BeforeAll
    static void runUndisturbed() throws IOException {
        undisturbed = Undisturbed.runsOn(undisturbedHome, 1, FILES);
    }

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
            undisturbed.assertReachedBy(house, uploads);
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
            undisturbed.assertReachedBy(house, uploads);
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
                            SHORT_SHUTDOWN,
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
            undisturbed.assertReachedBy(house, uploads);
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

    private static void sql(House house, String statement) {
        house.jdbc().sql(statement).update();
    }
}
