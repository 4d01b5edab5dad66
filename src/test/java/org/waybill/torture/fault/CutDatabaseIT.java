package org.waybill.torture.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.waybill.House;
import org.waybill.ledger.postgres.embedded.OwnServer;
import org.waybill.run.Stage;
import org.waybill.stage.Uploads;
import org.waybill.torture.Child;
import org.waybill.torture.Shipments;

/**
 * Claim: a run whose database goes away says that it failed, and loses nothing, nor does anything twice. Fault: see
 * {@link Fault}, at random moments of each stage in turn, in runs of a process. Allowed: the run fails. Pass: after the next
 * run every invariant holds, and ledger and archive are those of runs that nobody disturbed.
 */
class CutDatabaseIT {

    private static final int FILES = 10;
    private static final int CUTS = Integer.getInteger("waybill.database.cuts", 7);
    private static final double PART_OF_A_STAGE = 0.1; // of the time of a process, which a stage surely takes
    private static final long SEED = Long.getLong("waybill.seed", 20261121);
    private static final long PATIENCE_SECONDS = 120;
    private static final String OTHERS =
            "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

    @TempDir
    private Path home;

    @TempDir
    private Path undisturbedHome;

    @TempDir
    private static Path serverFolder;

    private static OwnServer server;

    enum Fault {
        /** Each session ends by {@code pg_terminate_backend}. */
        SESSIONS_ENDED {
            @Override
            void strike(OwnServer server, House house) {
                house.jdbc()
                        .sql("select pg_terminate_backend(pid) " + OTHERS)
                        .query(Boolean.class)
                        .list();
            }
        },

        /** The process of one session ends by SIGKILL: PostgreSQL starts anew, with recovery, on the same port. */
        BACKEND_KILLED {
            @Override
            void strike(OwnServer server, House house) throws IOException, InterruptedException {
                List<Long> pids = house.jdbc()
                        .sql("select pid " + OTHERS)
                        .query(Long.class)
                        .list();
                if (!pids.isEmpty()) {
                    new ProcessBuilder("sh", "-c", "kill -KILL " + pids.get(0))
                            .start()
                            .waitFor();
                }
            }
        },

        RESTARTED_FAST {
            @Override
            void strike(OwnServer server, House house) throws IOException {
                server.restart("fast");
            }
        },

        RESTARTED_IMMEDIATELY {
            @Override
            void strike(OwnServer server, House house) throws IOException {
                server.restart("immediate");
            }
        };

        abstract void strike(OwnServer server, House house) throws IOException, InterruptedException;
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = OwnServer.in(serverFolder);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void databaseThatGoesAwayCostsNothingButTheRun(Fault fault) throws Exception {
        Uploads uploads = Uploads.in(home);
        Random random = new Random(SEED);
        try (House house = House.in(home, server.newDatabase())) {
            Shipments.send(home, uploads, 1, FILES);
            Child first = Child.start(home, house.environment()).ready();
            long begin = System.nanoTime();
            assertThat(first.go().end().exitCode()).isZero();
            long work = System.nanoTime() - begin;
            int failed = 0;
            for (int cut = 1; cut <= CUTS; cut++) {
                Shipments.send(home, uploads, 1 + cut, FILES);
                Stage stage =
                        Stage.way().get((fault.ordinal() + cut) % Stage.way().size());
                long before = newestRun(house);
                Child child = Child.start(home, house.environment()).ready().go();
                child.awaitOrEnd(() -> isBegun(house, stage, before));
                TimeUnit.NANOSECONDS.sleep((long) (work * PART_OF_A_STAGE * random.nextDouble()));
                fault.strike(server, house);
                failed += child.end().exitCode() == 0 ? 0 : 1;
                awaitServer(house);
            }
            System.out.printf("%s: %d of %d runs failed, in %s, seed %d%n", fault, failed, CUTS, hits(house), SEED);
            assertThat(failed).isPositive();
            Undisturbed.runsOn(undisturbedHome, 1 + CUTS, FILES).assertReachedBy(house, uploads);
        }
    }

    private static long newestRun(House house) {
        return house.jdbc()
                .sql("select coalesce(max(run_id), 0) from run")
                .query(Long.class)
                .single();
    }

    private static boolean isBegun(House house, Stage stage, long before) {
        return house.jdbc()
                .sql("select exists (select from run where stage = :stage and run_id > :before)")
                .param("stage", stage.label())
                .param("before", before)
                .query(Boolean.class)
                .single();
    }

    /** The stages of the runs that were hit. */
    private static List<String> hits(House house) {
        return house.jdbc().sql("""
                        select stage || ' ' || count(*)
                        from run
                        where status <> 'COMPLETED'
                        group by stage
                        order by stage
                        """).query(String.class).list();
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
}
