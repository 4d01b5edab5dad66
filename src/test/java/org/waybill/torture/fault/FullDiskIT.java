package org.waybill.torture.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.run.failure.RunFault;
import org.waybill.stage.Uploads;
import org.waybill.torture.Invariants;
import org.waybill.torture.Shipments;

/**
 * Claim: a disk that is full fails the run, which says so; once there is room, the next one does the rest. Fault: the archive
 * is a real file system that is full but for some bytes when the stage begins. Allowed: files that had room are done. Pass:
 * nothing half is under a final name, ever; after the next run every invariant holds, and ledger and archive are those of a
 * run that nobody disturbed.
 */
class FullDiskIT {

    private static final int FILES = 10;
    private static final long DISK_BYTES = 32L << 20;

    @TempDir
    private Path home;

    @TempDir
    private static Path undisturbedHome;

    private static Undisturbed undisturbed;

    private Uploads uploads;
    private SmallDisk disk;
    private House house;

    @BeforeAll
    static void runUndisturbed() throws IOException {
        undisturbed = Undisturbed.runsOn(undisturbedHome, 1, FILES);
    }

    @BeforeEach
    void mount() throws Exception {
        Path archive = Files.createDirectory(home.resolve("archive"));
        disk = SmallDisk.on(archive, DISK_BYTES);
        uploads = Uploads.in(home);
        Shipments.send(home, uploads, 1, FILES);
        house = House.in(home);
    }

    @AfterEach
    void unmount() throws Exception {
        if (house != null) {
            house.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.6, 0.9})
    void fullDiskFailsProcessingWhichGoesOnWhenThereIsRoom(double roomForSoMuch) throws IOException {
        run(Stage.INTAKE, Stage.TRANSFER);
        disk.fillUpBut((long) (archivedBytes() * roomForSoMuch));
        assertFailsForLackOfRoom(Stage.PROCESSING);
        disk.free();
        undisturbed.assertReachedBy(house, uploads);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 5, 8})
    void fullDiskFailsArchiveWhichGoesOnWhenThereIsRoom(long roomForPages) throws IOException {
        run(Stage.INTAKE, Stage.TRANSFER, Stage.PROCESSING);
        disk.fillUpBut(4096 * roomForPages);
        assertFailsForLackOfRoom(Stage.ARCHIVE);
        disk.free();
        undisturbed.assertReachedBy(house, uploads);
    }

    private void run(Stage... stages) {
        for (Stage stage : stages) {
            assertThat(house.run("ega", stage).status()).isEqualTo(Status.COMPLETED);
        }
    }

    /** Twice: the next run before there is room does not make it worse. */
    private void assertFailsForLackOfRoom(Stage stage) {
        for (int time = 0; time < 2; time++) {
            StageResult result = house.run("ega", stage);
            assertThat(result.status()).isEqualTo(Status.FAILED);
            assertThat(result.message()).contains("No space left on device");
            assertThat(RunFault.of(String.valueOf(result.message()))).isEqualTo(RunFault.DISK_FULL);
            assertThat(result.counts().balanced()).isTrue();
            assertThat(result.counts().pending()).isPositive();
            assertThat(result.counts().quarantined()).isLessThanOrEqualTo(2);
            assertThat(Invariants.violationsAnyTime(home, house.jdbc(), List.of(Shipments.CANARY), uploads, verified()))
                    .isEmpty();
        }
    }

    private Set<String> verified() {
        return Set.copyOf(house.jdbc()
                .sql("select plain_sha256 from data_file where plain_sha256 is not null")
                .query(String.class)
                .list());
    }

    private long archivedBytes() throws IOException {
        try (Stream<Path> files = Files.walk(undisturbedHome.resolve("archive"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(FullDiskIT::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
