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
    private static final int STRIDE = Integer.getInteger("waybill.statement.stride", 9);

    @TempDir
    private Path home;

    @TempDir
    private Path undisturbedHome;

    private final AtomicInteger untilCut = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicBoolean runs = new AtomicBoolean();
    private final AtomicBoolean wasLate = new AtomicBoolean();

    @ParameterizedTest
    @EnumSource(names = {"INTAKE", "TRANSFER", "PROCESSING", "ARCHIVE", "DELIVERY"})
    void runThatLosesAConnectionIsCompletedByOneRestart(Stage stage) throws IOException {
        Uploads uploads = Uploads.in(home);
        uploads.route(text -> text + DELIVERY);
        Files.createDirectory(home.resolve("www"));
        List<Stage> stages = Stage.of(new RouteFiles(home).named("ega"));
        int cuts = 0;
        int failed = 0;
        int restarted = 0;
        try (House plain = House.in(home);
                House cut = House.in(home, plain.environment(), this::cutting)) {
            boolean wasCut = true;
            for (int at = 1; wasCut; at += STRIDE) {
                Shipments.send(home, uploads, ++cuts, FILES);
                stages.stream().takeWhile(each -> each != stage).forEach(each -> complete(plain, each));
                untilCut.set(at);
                runs.set(true);
                int position = at;
                boolean hasFailed = hasFailed(() -> cut.run("ega", stage));
                runs.set(false);
                wasCut = untilCut.get() <= 0;
                failed += hasFailed ? 1 : 0;
                Optional<StageResult> again = hasFailed ? plain.restartNewest() : Optional.empty();
                restarted += again.isPresent() ? 1 : 0;
                again.ifPresent(result -> assertThat(result.status())
                        .as("restart after the cut at %d: %s", position, result)
                        .isEqualTo(Status.COMPLETED));
                stages.forEach(each -> complete(plain, each));
            }
            System.out.printf(
                    "%s: %d cuts, %d runs failed, %d restarted%n", stage.label(), cuts - 1, failed, restarted);
            assertThat(restarted).isGreaterThan(cuts / 2);
            Undisturbed.runsOn(undisturbedHome, cuts, FILES).assertReachedBy(plain, uploads);
            assertThat(plain.jdbc()
                            .sql(
                                    "select count(*) filter (where state = 'DELIVERED') - 2 * (select count(*) from data_file"
                                            + " where state = 'ARCHIVED') from delivery")
                            .query(Long.class)
                            .single())
                    .as("deliveries too many")
                    .isZero();
        }
        assertThat(wasLate).as("a part worked on when its run had ended").isFalse();
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
                if (Thread.currentThread().getName().startsWith("part-")) {
                    wasLate.compareAndSet(false, !runs.get());
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
