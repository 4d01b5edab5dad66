package org.waybill.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Uploads;

/**
 * Claim: files that nothing declares are declared once each and taken once each, whatever is killed when, and the next
 * versions of them too. Fault: SIGKILL as soon as files are declared and not yet taken, and at random moments. Allowed in
 * between: any state. Pass: in the end each version stands in the archive under its name, and every invariant holds.
 */
class KilledVersionsIT {

    private static final int VERSIONS = 3;
    private static final int KILLS_A_VERSION = 2;
    private static final int FILES = 60;
    private static final long SEED = Long.getLong("waybill.seed", 20261121);
    private static final long LONGEST_NANOS = 3_000_000_000L;

    @Test
    void eachVersionOfEachFileIsTakenOnce(@TempDir Path home) throws Exception {
        Uploads uploads = Uploads.in(home, "  rule: renamed\n  unexpected: accept\n  dataset: folder", 128, "reject");
        uploads.route(text -> text.replace("intake:\n  manifests: manifests\n", ""));
        Random random = new Random(SEED);
        int hits = 0;
        try (House house = House.in(home)) {
            for (int version = 1; version <= VERSIONS; version++) {
                for (int i = 0; i < FILES; i++) {
                    uploads.crypt4gh(path(i) + ".c4gh", content(version, i));
                }
                for (int kill = 0; kill < KILLS_A_VERSION; kill++) {
                    Child child = Child.start(home, house.environment()).ready().go();
                    boolean hit = kill == 0
                            ? child.killOnce(() -> isDeclaredAndNotTaken(house))
                            : child.killAfter((long) (LONGEST_NANOS * random.nextDouble()));
                    hits += hit ? 1 : 0;
                }
                house.runAll("ega")
                        .forEach(result -> assertThat(result.status()).isEqualTo(Status.COMPLETED));
            }

            assertThat(hits).isGreaterThanOrEqualTo(VERSIONS);
            assertThat(house.jdbc().sql("""
                                    select f.path || ' ' || f.version || ' ' || f.state || ' ' || df.archived_as
                                    from data_file f join dataset_file df using (file_id)
                                    """).query(String.class).list())
                    .containsExactlyInAnyOrderElementsOf(expected());
            assertThat(house.jdbc()
                            .sql("select count(*) from file_event where reason = 'UNDECLARED'")
                            .query(Long.class)
                            .single())
                    .isEqualTo((long) VERSIONS * FILES);
            for (int i = 0; i < FILES; i++) {
                assertThat(uploads.fromArchive("clinic" + i % 3 + "/" + path(i) + ".v2.c4gh"))
                        .isEqualTo(content(2, i));
            }
            assertThat(Invariants.violations(home, house.jdbc(), List.of(Shipments.CANARY)))
                    .isEmpty();
        }
    }

    private static boolean isDeclaredAndNotTaken(House house) {
        return house.jdbc()
                .sql("select exists (select from data_file where state = 'EXPECTED')")
                .query(Boolean.class)
                .single();
    }

    private static List<String> expected() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            String path = path(i);
            String name = "clinic" + i % 3 + "/" + path;
            Stream.of(
                            "1 ARCHIVED " + name + ".c4gh",
                            "2 ARCHIVED " + name + ".v2.c4gh",
                            "3 ARCHIVED " + name + ".v3.c4gh")
                    .forEach(rest -> expected.add(path + " " + rest));
        }
        return expected;
    }

    private static String path(int number) {
        return "clinic" + number % 3 + "/result" + number + ".txt";
    }

    private static byte[] content(int version, int number) {
        return (Shipments.CANARY + " version " + version + " of " + number).getBytes(StandardCharsets.UTF_8);
    }
}
