package org.waybill.stage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.run.Counts;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.stage.FreshRoute;
import org.waybill.stage.Uploads;

/** Many rows: intake stays fast, and its memory does not grow with them. */
class IntakeVolumeIT {

    private static final int ROWS = Integer.getInteger("waybill.test.rows", 200_000);
    private static final Duration BOUND = Duration.ofMinutes(2);

    @Test
    void takesAManifestOfManyRowsAndThenItsTwin(@TempDir Path home) throws IOException {
        Uploads.in(home);
        try (House house = House.in(home)) {
            FreshRoute route = FreshRoute.in(house, "", "  rule: renamed");
            write(route.folder("manifests").resolve("E1.csv"), "md5", "d41d8cd98f00b204e9800998ecf8427e");
            take(route, "all new");
            write(route.folder("manifests").resolve("E2.csv"), "plain size", "7");
            take(route, "all known");
            assertThat(route.query("select count(*), min(declared_size_plain) from data_file where route = :route"))
                    .containsExactly(ROWS + "|7");
        }
    }

    private static void take(FreshRoute route, String what) {
        System.gc();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        long before = heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        long begin = System.nanoTime();
        StageResult result = route.run(Stage.INTAKE);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        long after = heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.getLogger(IntakeVolumeIT.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "{0}, {1} rows: {2} ms, peak heap {3} MB over {4} MB",
                        what,
                        ROWS,
                        taken.toMillis(),
                        (after - before) >> 20,
                        before >> 20);
        assertThat(result.message()).isNull();
        assertThat(result.counts()).isEqualTo(new Counts(ROWS, ROWS, 0, 0, 0, 0));
        assertThat(taken).isLessThan(BOUND);
    }

    private static java.util.stream.Stream<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private static void write(Path manifest, String column, String value) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(manifest)) {
            out.write("file," + column + "\n");
            for (int i = 0; i < ROWS; i++) {
                out.write("folder-" + i % 1000 + "/sample-" + i + ".bam.c4gh," + value + "\n");
            }
        }
    }
}
