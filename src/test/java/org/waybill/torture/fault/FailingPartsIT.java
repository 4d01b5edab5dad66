package org.waybill.torture.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Uploads;
import org.waybill.torture.Shipments;

/**
 * Claim: a restart does again exactly the parts that failed, however often; a run whose parts could not even be found is
 * never complete with nothing done. Fault: see each test. Pass: after the last restart nothing is left to do, every invariant
 * holds, and ledger and archive are those of a run that nobody disturbed.
 */
class FailingPartsIT {

    private static final int FILES = 12;
    private static final int RESTARTS_THAT_FAIL = 2;
    private static final String POISONED = "path like any (array['batch1/file0%', 'batch1/file8%'])";

    @TempDir
    private Path home;

    @TempDir
    private Path undisturbedHome;

    @ParameterizedTest
    @EnumSource(names = {"PROCESSING", "ARCHIVE"})
    void exactlyThePartsThatFailedRunAgain(Stage stage) throws IOException {
        Uploads uploads = uploads();
        try (House house = House.in(home)) {
            runUpTo(house, stage);
            house.jdbc().sql("""
                            create function sabotage() returns trigger language plpgsql as $$
                            begin
                                raise exception 'for a test';
                            end $$
                            """).update();
            house.jdbc()
                    .sql("create trigger sabotage before update of state on data_file for each row when (new."
                            + POISONED + ") execute function sabotage()")
                    .update();
            StageResult first = house.run("ega", stage);
            assertThat(first.status()).isEqualTo(Status.FAILED);
            Set<String> poisoned = partsWithPoisonedFiles(house, first);
            assertThat(poisoned).isNotEmpty();
            assertThat(partsRun(house, first))
                    .hasSizeGreaterThan(poisoned.size())
                    .containsAll(poisoned);

            for (int i = 0; i < RESTARTS_THAT_FAIL; i++) {
                StageResult again = restart(house);
                assertThat(again.status()).isEqualTo(Status.FAILED);
                assertThat(partsRun(house, again)).isEqualTo(poisoned);
                assertThat(again.counts().pending()).isEqualTo(first.counts().pending());
            }
            house.jdbc().sql("drop function sabotage cascade").update();
            StageResult good = restart(house);
            assertThat(good.status()).isEqualTo(Status.COMPLETED);
            assertThat(partsRun(house, good)).isEqualTo(poisoned);
            assertThat(good.counts().done() + good.counts().quarantined())
                    .isEqualTo(first.counts().pending());
            assertThat(house.run("ega", stage).counts().found())
                    .as("left to do")
                    .isZero();
            Undisturbed.runsOn(undisturbedHome, 1, FILES).assertReachedBy(house, uploads);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESSING", "ARCHIVE"})
    void runWhosePartsCannotBeFoundIsNeverCompleteWithNothingDone(Stage stage) throws IOException {
        Uploads uploads = uploads();
        AtomicBoolean fails = new AtomicBoolean();
        try (House plain = House.in(home);
                House house = House.in(home, plain.environment(), pool -> withoutParts(pool, fails))) {
            runUpTo(house, stage);
            fails.set(true);
            StageResult first = house.run("ega", stage);
            assertNothingDone(house, first);
            for (int i = 0; i < RESTARTS_THAT_FAIL; i++) {
                StageResult again = restart(house);
                assertNothingDone(house, again);
                assertThat(again.counts()).isEqualTo(first.counts());
            }
            fails.set(false);
            StageResult good = restart(house);
            assertThat(good.status()).isEqualTo(Status.COMPLETED);
            assertThat(good.counts().done() + good.counts().quarantined())
                    .isEqualTo(first.counts().found())
                    .isPositive();
            Undisturbed.runsOn(undisturbedHome, 1, FILES).assertReachedBy(house, uploads);
        }
    }

    private Uploads uploads() throws IOException {
        Uploads uploads = Uploads.in(home);
        uploads.route(route -> route.replace("partitions: 2", "partitions: 4"));
        Shipments.send(home, uploads, 1, FILES);
        return uploads;
    }

    private static void runUpTo(House house, Stage stage) {
        Stage.way().stream().takeWhile(earlier -> earlier != stage).forEach(earlier -> assertThat(
                        house.run("ega", earlier).status())
                .isEqualTo(Status.COMPLETED));
    }

    private static StageResult restart(House house) {
        return house.restartNewest().orElseThrow();
    }

    private static Set<String> partsRun(House house, StageResult result) {
        return new TreeSet<>(house.jdbc()
                .sql(
                        "select step_name from batch_step_execution where job_execution_id = :run and step_name like 'part:%'")
                .param("run", result.runId())
                .query(String.class)
                .list());
    }

    private static Set<String> partsWithPoisonedFiles(House house, StageResult result) {
        return new TreeSet<>(house.jdbc()
                .sql("""
                        select distinct 'part:part' || p.part
                        from part p
                                 join run r on r.launch_id = p.launch_id
                                 join data_file f on f.file_id = p.file_id
                        where r.run_id = :run and f.%s
                        """.formatted(POISONED))
                .param("run", result.runId())
                .query(String.class)
                .list());
    }

    private static void assertNothingDone(House house, StageResult result) {
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.message()).contains("for a test");
        assertThat(partsRun(house, result)).isEmpty();
        assertThat(result.counts().found())
                .isPositive()
                .isEqualTo(result.counts().pending());
    }

    /** A pool on whose connections the partitioner's question for the parts fails. */
    private static DataSource withoutParts(DataSource pool, AtomicBoolean fails) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection real = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, given) -> {
                            if (fails.get()
                                    && method.getName().equals("prepareStatement")
                                    && given[0].toString().startsWith("select distinct part from part")) {
                                throw new SQLException("for a test");
                            }
                            try {
                                return method.invoke(real, given);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }
        };
    }
}
