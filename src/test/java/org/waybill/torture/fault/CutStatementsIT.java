package org.waybill.torture.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.waybill.House;
import org.waybill.route.RouteFiles;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Uploads;
import org.waybill.torture.Shipments;

/**
 * Claim: a run that loses one of its connections waits for its parts, and where it failed, can be restarted. Fault: the
 * connection is cut at the Nth statement, commit or rollback of the run, for each N of a stride. Pass: no part uses the
 * database when its run has ended, one restart completes the run, and at last every invariant holds, and ledger and archive
 * are those of runs that nobody disturbed.
 */
class CutStatementsIT {

    private static final int FILES = 10;
    private static final int FIRST_STATEMENTS = 3; // of its parts together
    private static final String DELIVERY = """
            delivery:
              form: archived
              name: "{dataset}/{name}"
              channels:
                web: { folder: www }
              recipients:
                north: { channel: web }
                south: { channel: web }
              rules:
                - { name: all, to: [north, south] }
            """;
    private static final int STRIDE = Integer.getInteger("waybill.statement.stride", 13);

    @TempDir
    private Path home;

    @TempDir
    private Path undisturbedHome;

    private Uploads uploads;
    private List<Stage> stages;
    private House plain;
    private House cut;
    private int shipments;
    private int restarts;
    private volatile boolean onlyOfParts;
    private final AtomicInteger untilCut = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicBoolean runs = new AtomicBoolean();
    private final AtomicBoolean wasLate = new AtomicBoolean();

    @BeforeEach
    void open() throws IOException {
        uploads = Uploads.in(home);
        uploads.route(text -> text + DELIVERY);
        Files.createDirectory(home.resolve("www"));
        stages = Stage.of(new RouteFiles(home).named("ega"));
        plain = House.in(home);
        cut = House.in(home, plain.environment(), this::cutting);
    }

    @AfterEach
    void close() {
        cut.close();
        plain.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"INTAKE", "TRANSFER", "PROCESSING", "ARCHIVE", "DELIVERY"})
    void runThatLosesAConnectionIsCompletedByOneRestart(Stage stage) throws IOException {
        assertThat(cutAndRestart(stage, Integer.MAX_VALUE)).isFalse();
        int statements = Integer.MAX_VALUE - untilCut.get();
        for (int at = 1; at <= statements; at += STRIDE) {
            cutAndRestart(stage, at);
        }
        System.out.printf("%s: %d of %d runs were restarted%n", stage.label(), restarts, shipments - 1);
        assertThat(restarts).isGreaterThan(shipments / 2);
        assertAllIsWell();
    }

    /** Before it could even record that it began. */
    @ParameterizedTest
    @EnumSource(names = {"PROCESSING", "ARCHIVE", "DELIVERY"})
    void runWaitsForTheOtherPartsOfOneThatCannotBegin(Stage stage) throws IOException {
        onlyOfParts = true;
        for (int at = 1; at <= FIRST_STATEMENTS; at++) {
            assertThat(cutAndRestart(stage, at)).as("failed at %d", at).isTrue();
        }
        assertAllIsWell();
    }

    /**
     * Runs a stage on another shipment, whose connection is cut, restarts it if it failed, and runs all stages.
     *
     * @return whether it was cut
     */
    private boolean cutAndRestart(Stage stage, int at) throws IOException {
        Shipments.send(home, uploads, ++shipments, FILES);
        stages.stream().takeWhile(each -> each != stage).forEach(each -> complete(plain, each));
        untilCut.set(at);
        runs.set(true);
        boolean hasFailed = hasFailed(() -> cut.run("ega", stage));
        runs.set(false);
        boolean wasCut = untilCut.get() <= 0;
        Optional<StageResult> again = hasFailed ? plain.restartNewest() : Optional.empty();
        again.ifPresent(result -> {
            restarts++;
            assertThat(result.status())
                    .as("restart after the cut at %d: %s", at, result)
                    .isEqualTo(Status.COMPLETED);
        });
        stages.forEach(each -> complete(plain, each));
        return wasCut;
    }

    private void assertAllIsWell() throws IOException {
        assertThat(wasLate).as("a part worked on when its run had ended").isFalse();
        Undisturbed.runsOn(undisturbedHome, shipments, FILES).assertReachedBy(plain, uploads);
        assertThat(plain.jdbc().sql("""
                        select count(*) filter (where state = 'DELIVERED')
                               - 2 * (select count(*) from data_file where state = 'ARCHIVED')
                        from delivery
                        """).query(Long.class).single())
                .as("deliveries too many")
                .isZero();
    }

    private static void complete(House house, Stage stage) {
        assertThat(house.run("ega", stage).status()).isEqualTo(Status.COMPLETED);
    }

    private static boolean hasFailed(Supplier<StageResult> run) {
        try {
            return run.get().status() != Status.COMPLETED;
        } catch (RuntimeException e) { // it could not be launched, or could not record its end
            return true;
        }
    }

    private DataSource cutting(DataSource pool) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection real = super.getConnection();
                boolean isOfPart = Thread.currentThread().getName().startsWith("part-");
                if (isOfPart) {
                    wasLate.compareAndSet(false, !runs.get());
                }
                if (onlyOfParts && !isOfPart) {
                    return real;
                }
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, given) -> {
                            if (Set.of("prepareStatement", "commit", "rollback").contains(method.getName())
                                    && untilCut.decrementAndGet() == 0) {
                                real.abort(Runnable::run);
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
