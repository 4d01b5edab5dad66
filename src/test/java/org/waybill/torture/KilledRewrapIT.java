package org.waybill.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;
import org.waybill.run.Stage;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/**
 * Claim: a rotation may be killed at any moment; running it again is all that is needed. Fault: SIGKILL at random moments, and as soon as a
 * change is begun, of rotations to and fro, with headers that keep their length and with others. Allowed in between: any state. Pass: in the end
 * every file opens with the last key and holds what it held, and every invariant holds.
 */
class KilledRewrapIT {

    private static final int KILLS = Integer.getInteger("waybill.rewrap.kills", 8);
    private static final long SEED = Long.getLong("waybill.seed", 20261121);
    private static final int FILES = 60;
    private static final double SPREAD = 0.9; // the work of a run that another began is less

    /** Each way there and back: the recipients, and the key that opened the files before. */
    private enum Turn {
        THERE("keys/new.pub", "keys/archive.sec", "keys/new.sec"),
        BACK("keys/archive.pub", "keys/new.sec", "keys/archive.sec"),
        THERE_FOR_TWO("keys/new.pub, keys/node.pub", "keys/archive.sec", "keys/new.sec"),
        BACK_FOR_ONE("keys/archive.pub", "keys/new.sec", "keys/archive.sec");

        private final String recipients;
        private final String from;
        private final String to;

        Turn(String recipients, String from, String to) {
            this.recipients = recipients;
            this.from = from;
            this.to = to;
        }

        Turn next() {
            return switch (this) {
                case THERE -> BACK;
                case BACK -> THERE_FOR_TWO;
                case THERE_FOR_TWO -> BACK_FOR_ONE;
                case BACK_FOR_ONE -> THERE;
            };
        }
    }

    @Test
    void killedRotationsEndAsUndisturbedOnes(@TempDir Path home) throws Exception {
        Uploads uploads = Uploads.in(home);
        try (Crypt4ghSecretKey key = Crypt4ghSecretKey.generate()) {
            KeyFileWriter.writeSecret(key, home.resolve("keys/new.sec"), null);
            KeyFileWriter.writePublic(key.publicKey(), home.resolve("keys/new.pub"));
        }
        Random random = new Random(SEED);
        try (House house = House.in(home)) {
            Shipments.send(home, uploads, 1, FILES);
            Shipments.send(home, uploads, 2, FILES);
            Stage.way().forEach(stage -> assertThat(house.run("ega", stage).status())
                    .isEqualTo(Status.COMPLETED));
            Map<String, String> contents = contents(house, uploads, "keys/archive.sec");
            assertThat(contents).hasSizeGreaterThan(FILES);

            Turn turn = Turn.THERE;
            take(uploads, turn);
            Child first = Child.start(home, house.environment(), turn.from).ready();
            long begin = System.nanoTime();
            assertThat(first.go().end().exitCode()).isZero();
            long work = System.nanoTime() - begin;
            turn = turn.next();
            take(uploads, turn);
            int hits = 0;
            long begun = 0;
            for (int kill = 1; kill <= KILLS; kill++) {
                Child child = Child.start(home, house.environment(), turn.from)
                        .ready()
                        .go();
                boolean hit = kill % 2 == 0
                        ? child.killAfter((long) (work * SPREAD * random.nextDouble()))
                        : child.killOnce(() -> begun(house) > 0);
                hits += hit ? 1 : 0;
                begun += begun(house);
                if (!hit || kill % 3 == 0) {
                    finish(home, house, turn);
                    turn = turn.next();
                    take(uploads, turn);
                }
            }
            finish(home, house, turn);
            System.out.printf(
                    "%d kills in mid-run of %d, leaving %d changes begun, seed %d, work %d ms%n",
                    hits, KILLS, begun, SEED, work / 1_000_000);

            assertThat(hits).isGreaterThan(KILLS / 2);
            assertThat(begun).as("no kill left a change in the midst").isPositive();
            assertThat(contents(house, uploads, turn.to)).isEqualTo(contents);
            assertThat(Invariants.violations(home, house.jdbc(), List.of(Shipments.CANARY)))
                    .isEmpty();
            assertThat(begun(house)).isZero();
        }
    }

    private static void take(Uploads uploads, Turn turn) throws IOException {
        uploads.route(route -> route.replaceFirst("recipients: \\[.*]", "recipients: [" + turn.recipients + "]"));
    }

    private static void finish(Path home, House house, Turn turn) throws IOException, InterruptedException {
        Child child = Child.start(home, house.environment(), turn.from).ready().go();
        assertThat(child.end())
                .satisfies(end -> assertThat(end.exitCode()).as(end.said()).isZero());
    }

    private static long begun(House house) {
        return house.jdbc()
                .sql("select count(*) from header_change")
                .query(Long.class)
                .single();
    }

    /** Each archived file with the digest of what it holds. */
    private static Map<String, String> contents(House house, Uploads uploads, String key) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String name : new Floor(house).published()) {
            if (name.endsWith(".c4gh")) {
                contents.put(name, Uploads.sha256(uploads.fromArchive(name, key)));
            }
        }
        return contents;
    }
}
