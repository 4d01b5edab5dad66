package org.waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Claim: whatever step fails, the final name never appears and nothing is left behind. Fault points: every write, the
 * force, the close and the link. Allowed afterwards: the folder as it was before.
 */
class NoPartialFileTest {

    private static final byte[] CONTENT = new byte[700_001];
    private static final int PIECE_BYTES = 50_000;

    static {
        new Random(4).nextBytes(CONTENT);
    }

    @TempDir
    private Path folder;

    private Path target;
    private Path temporary;

    @BeforeEach
    void nameFiles() {
        target = folder.resolve("target");
        temporary = folder.resolve("temporary");
    }

    @Test
    void isWholeOnADiskThatTakesLessThanItIsGiven() throws IOException {
        FaultyChannel disk = FaultyChannel.on(temporary, FaultyChannel.NEVER);
        write(new UnpublishedFile(target, temporary, disk));

        assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
        assertThat(folder).isDirectoryNotContaining(name -> !name.equals(target));
        assertThat(disk.forces()).isEqualTo(1);
    }

    @Test
    void neverAppearsIfAnyStepFails() throws IOException {
        int steps = stepsOfAnUndisturbedFile();
        assertThat(steps).isGreaterThan(10);
        for (int step = 1; step <= steps; step++) {
            FaultyChannel disk = FaultyChannel.on(temporary, step);
            assertThatThrownBy(() -> write(new UnpublishedFile(target, temporary, disk)))
                    .as("step %d", step)
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("No space left on device|Input/output error|Disk quota exceeded");

            assertThat(folder).as("after a fault at step %d", step).isEmptyDirectory();
            assertThat(disk.forces()).as("forces").isLessThanOrEqualTo(1);
            assertThat(disk.isOpen()).isFalse();
        }
    }

    @Test
    void neverAppearsEvenIfItsWriterGoesOnAfterAFault() throws IOException {
        int steps = stepsOfAnUndisturbedFile();
        for (int step = 1; step <= steps; step++) {
            FaultyChannel disk = FaultyChannel.on(temporary, step);
            UnpublishedFile file = new UnpublishedFile(target, temporary, disk);
            writeStubbornly(file);
            assertThatThrownBy(file::publish).as("step %d", step).isInstanceOf(IOException.class);
            assertThatThrownBy(file::publish).as("step %d", step).isInstanceOf(IOException.class);
            file.close();

            assertThat(folder).as("after a fault at step %d", step).isEmptyDirectory();
            assertThat(disk.forces()).as("forces").isLessThanOrEqualTo(1);
        }
    }

    @Test
    void leavesNothingIfItsNameIsTaken() throws IOException {
        Files.writeString(target, "older");
        FaultyChannel disk = FaultyChannel.on(temporary, FaultyChannel.NEVER);

        assertThatThrownBy(() -> write(new UnpublishedFile(target, temporary, disk)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("older");
        assertThat(temporary).doesNotExist();
    }

    @Test
    void leavesNothingIfItCannotBeLinked() throws IOException {
        Path vanished = folder.resolve("vanished/target");
        FaultyChannel disk = FaultyChannel.on(temporary, FaultyChannel.NEVER);

        assertThatThrownBy(() -> write(new UnpublishedFile(vanished, temporary, disk)))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(folder).isEmptyDirectory();
        assertThat(disk.forces()).isEqualTo(1);
    }

    @Test
    void isForcedWhileItIsWritten() throws IOException {
        FaultyChannel disk = FaultyChannel.on(temporary, FaultyChannel.NEVER);
        write(writtenBack(disk));
        assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
        assertThat(disk.forces()).isGreaterThan(1);
    }

    @Test
    void neverAppearsIfAForceFailedWhileItWasWritten() throws IOException {
        FaultyChannel disk = FaultyChannel.whoseForceFails(temporary, 1);
        assertThatThrownBy(() -> write(writtenBack(disk)))
                .isInstanceOf(IOException.class)
                .hasMessage("Input/output error");
        assertThat(folder).isEmptyDirectory();
        assertThat(disk.forces()).as("never forced again").isEqualTo(1);
    }

    private UnpublishedFile writtenBack(FaultyChannel disk) {
        WriteBack writeBack = new WriteBack(disk, PIECE_BYTES);
        return new UnpublishedFile(
                target, PosixFilePermissions.fromString("rw-------"), temporary, disk, writeBack, null);
    }

    private int stepsOfAnUndisturbedFile() throws IOException {
        FaultyChannel disk = FaultyChannel.on(temporary, FaultyChannel.NEVER);
        write(new UnpublishedFile(target, temporary, disk));
        Files.delete(target);
        return disk.steps();
    }

    private static void write(UnpublishedFile file) throws IOException {
        try (file) {
            for (int from = 0; from < CONTENT.length; from += PIECE_BYTES) {
                file.stream().write(CONTENT, from, Math.min(PIECE_BYTES, CONTENT.length - from));
            }
            file.publish();
        }
    }

    private static void writeStubbornly(UnpublishedFile file) {
        for (int from = 0; from < CONTENT.length; from += PIECE_BYTES) {
            try {
                file.stream().write(CONTENT, from, Math.min(PIECE_BYTES, CONTENT.length - from));
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }
    }
}
