package org.waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DirectStreamTest {

    private static final int PIECE = DirectStream.PIECE_BYTES;
    private static final byte[] CONTENT = new byte[6 * PIECE];

    static {
        new Random(7).nextBytes(CONTENT);
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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, PIECE - 1, PIECE, PIECE + 1, PIECE + 4096, 5 * PIECE + 777, 6 * PIECE})
    void writesEveryLengthInPiecesOfEverySize(int length) throws IOException {
        for (int step : new int[] {997, 4096, 1 << 18, PIECE + 1, CONTENT.length}) {
            try (UnpublishedFile file = UnpublishedFile.beside(target)) {
                write(file, length, step);
                file.publish();
            }
            assertThat(Files.readAllBytes(target))
                    .as("in writes of %d bytes", step)
                    .isEqualTo(Arrays.copyOf(CONTENT, length));
            Files.delete(target);
        }
    }

    @Test
    void writesSingleBytes() throws IOException {
        try (UnpublishedFile file = UnpublishedFile.beside(target)) {
            OutputStream stream = file.streamOfMany();
            for (int i = 0; i < 5000; i++) {
                stream.write(CONTENT[i]);
            }
            file.publish();
        }
        assertThat(Files.readAllBytes(target)).isEqualTo(Arrays.copyOf(CONTENT, 5000));
    }

    @Test
    void takesNothingOnceItIsFinished() throws IOException {
        try (UnpublishedFile file = UnpublishedFile.beside(target)) {
            OutputStream stream = file.streamOfMany();
            stream.write(CONTENT, 0, 5000);
            file.finish();
            assertThatThrownBy(() -> stream.write(1)).isInstanceOf(IOException.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** Fault points: every write, the force and the close, of either channel. Allowed afterwards: the folder as it was before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesNothingWhateverFails(boolean directly) throws IOException {
        int length = 5 * PIECE + 777;
        FaultyChannel undisturbed = FaultyChannel.on(temporary, FaultyChannel.NEVER);
        publish(undisturbed, directly, length);
        assertThat(Files.readAllBytes(target)).isEqualTo(Arrays.copyOf(CONTENT, length));
        Files.delete(target);
        assertThat(undisturbed.steps()).isGreaterThan(directly ? 20 : 5);

        for (int step = 1; step <= undisturbed.steps(); step++) {
            FaultyChannel disk = FaultyChannel.on(temporary, step);
            assertThatThrownBy(() -> publish(disk, directly, length))
                    .as("step %d", step)
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("No space left on device|Input/output error|Disk quota exceeded");
            assertThat(folder).as("after a fault at step %d", step).isEmptyDirectory();
            assertThat(disk.forces()).as("forces").isLessThanOrEqualTo(1);
        }
    }

    @Test
    void usesItsMemoryAgain() throws IOException {
        abandonAndPublish(4);
        long after4 = directMemoryBytes();
        abandonAndPublish(40);
        assertThat(directMemoryBytes()).isLessThanOrEqualTo(after4 + PIECE / 2);
    }

    private void abandonAndPublish(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (UnpublishedFile abandoned = UnpublishedFile.beside(target)) {
                write(abandoned, 2 * PIECE + 1, 1 << 18);
            }
            try (UnpublishedFile file = UnpublishedFile.beside(target)) {
                write(file, 2 * PIECE + 1, 1 << 18);
                file.publish();
            }
            Files.delete(target);
        }
    }

    private static long directMemoryBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private void publish(FaultyChannel faulty, boolean directly, int length) throws IOException {
        FileChannel sound = FileChannel.open(temporary, StandardOpenOption.WRITE);
        FileChannel ordinary = directly ? sound : faulty;
        try (UnpublishedFile file = new UnpublishedFile(
                target,
                PosixFilePermissions.fromString("rw-------"),
                temporary,
                ordinary,
                new WriteBack(ordinary),
                new DirectStream(directly ? faulty : sound, ordinary))) {
            write(file, length, 1 << 18);
            file.publish();
        }
    }

    private static void write(UnpublishedFile file, int length, int step) throws IOException {
        OutputStream stream = file.streamOfMany();
        for (int from = 0; from < length; from += step) {
            stream.write(CONTENT, from, Math.min(step, length - from));
        }
    }
}
