package org.waybill.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/**
 * Claim: a run may be killed at any moment; running again is all that is needed. Fault: SIGKILL at random moments of the
 * work, each time with new files on their way. Allowed in between: any state. Pass: in the end ledger and archive are
 * those of runs that nobody disturbed, and every invariant holds.
 */
class KilledRunIT {

    private static final int KILLS = Integer.getInteger("waybill.kills", 30);
    private static final long SEED = Long.getLong("waybill.seed", 20261121);
    private static final int FILES_A_KILL = 10;
    private static final double SPREAD = 0.8; // most kills should hit before the end of the work

    @Test
    void killedRunsEndAsUndisturbedOnes(@TempDir Path undisturbed, @TempDir Path killed) throws Exception {
        Map<String, String> expected = undisturbed(undisturbed);

        Uploads uploads = Uploads.in(killed);
        Random random = new Random(SEED);
        try (House house = House.in(killed)) {
            Shipments.send(killed, uploads, 0, FILES_A_KILL);
            long begin = System.nanoTime();
            Child first = Child.start(killed, house.environment()).ready().go();
            long ready = System.nanoTime();
            assertThat(first.end()).extracting(Child.End::exitCode).isEqualTo(0);
            long work = System.nanoTime() - ready;
            int hits = 0;
            Child next = Child.start(killed, house.environment());
            for (int kill = 1; kill <= KILLS; kill++) {
                Shipments.send(killed, uploads, kill, FILES_A_KILL);
                Child child = next.ready().go();
                next = Child.start(killed, house.environment());
                hits += child.killAfter((long) (work * SPREAD * random.nextDouble())) ? 1 : 0;
            }
            System.out.printf(
                    "%d kills in mid-run of %d, seed %d, work %d ms, start %d ms%n",
                    hits, KILLS, SEED, work / 1_000_000, (ready - begin) / 1_000_000);
            assertThat(next.ready().go().end())
                    .satisfies(end -> assertThat(end.exitCode()).as(end.said()).isZero());

            assertThat(hits).isGreaterThan(KILLS / 2);
            assertThat(Outcome.of(house.jdbc(), uploads)).isEqualTo(expected);
            assertThat(Invariants.violations(killed, house.jdbc(), List.of(Shipments.CANARY, Uploads.AES_PASSWORD)))
                    .isEmpty();
            assertThat(new Floor(house).published())
                    .hasSize((int) expected.values().stream()
                                    .filter(value -> value.startsWith("ARCHIVED"))
                                    .count()
                            * 3);
        }
    }

    @Test
    void ofTwoProcessesOneRunsAndTheOtherIsRefused(@TempDir Path home) throws Exception {
        Uploads uploads = Uploads.in(home);
        Shipments.send(home, uploads, 1, 5);
        try (House house = House.in(home);
                var connection =
                        house.bean(org.waybill.ledger.postgres.Database.class).openConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table launch in exclusive mode");
            Child one = Child.start(home, house.environment()).ready().go();
            Child other = Child.start(home, house.environment()).ready().go();
            Child refused = one.endsBefore(other) ? one : other;
            assertThat(refused.end().exitCode()).isEqualTo(ChildRun.REFUSED);
            connection.rollback();
            assertThat((refused == one ? other : one).end().exitCode()).isZero();
            assertThat(Invariants.violations(home, house.jdbc(), List.of(Shipments.CANARY)))
                    .isEmpty();
        }
    }

    private static Map<String, String> undisturbed(Path home) throws IOException {
        Uploads uploads = Uploads.in(home);
        try (House house = House.in(home)) {
            for (int number = 0; number <= KILLS; number++) {
                Shipments.send(home, uploads, number, FILES_A_KILL);
            }
            house.runAll("ega").forEach(result -> assertThat(result.status()).isEqualTo(Status.COMPLETED));
            assertThat(house.run("ega", Stage.ARCHIVE).counts().found()).isZero();
            return Outcome.of(house.jdbc(), uploads);
        }
    }
}
