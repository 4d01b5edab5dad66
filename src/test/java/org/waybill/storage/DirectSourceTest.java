package org.waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectSourceTest {

    private static final int PIECE = 1 << 20;
    private static final byte[] CONTENT = new byte[3 * PIECE + 777];

    static {
        new Random(8).nextBytes(CONTENT);
    }

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                4096,
                PIECE - 1,
                PIECE,
                PIECE + 1,
                PIECE + 4095,
                PIECE + 4096,
                PIECE + 4097,
                2 * PIECE,
                3 * PIECE + 777
            })
    void readsEveryLengthInReadsOfEverySize(int length) throws IOException {
        Path file = write(length);
        for (int step : new int[] {997, 4096, 65_564, PIECE, PIECE + 1, 4 * PIECE}) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try (InputStream source = DirectSource.open(file)) {
                byte[] buffer = new byte[step + 10];
                for (int n = source.read(buffer, 10, step); n >= 0; n = source.read(buffer, 10, step)) {
                    read.write(buffer, 10, n);
                }
                assertThat(source.read()).isEqualTo(-1);
            }
            assertThat(read.toByteArray()).as("in reads of %d bytes", step).isEqualTo(Arrays.copyOf(CONTENT, length));
        }
    }

    @Test
    void readsSingleBytesAndSkips() throws IOException {
        try (InputStream source = DirectSource.open(write(CONTENT.length))) {
            assertThat(source.read()).isEqualTo(CONTENT[0] & 0xFF);
            source.skipNBytes(PIECE);
            assertThat(source.read()).isEqualTo(CONTENT[PIECE + 1] & 0xFF);
            assertThat(source.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, PIECE + 2, CONTENT.length));
        }
    }

    /** From no whole block on. */
    @Test
    void goesOnInAFileThatHasGrown() throws IOException {
        Path file = write(PIECE + 10);
        try (InputStream source = DirectSource.open(file)) {
            assertThat(source.readNBytes(PIECE + 10)).hasSize(PIECE + 10);
            assertThat(source.read()).isEqualTo(-1);
            Files.write(file, Arrays.copyOfRange(CONTENT, PIECE + 10, CONTENT.length), StandardOpenOption.APPEND);
            assertThat(source.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, PIECE + 10, CONTENT.length));
        }
    }

    /** Sysfs has none, and one large file. */
    @Test
    void readsWhereThereIsNoDirectAccess() throws IOException {
        Path file = Path.of("/sys/kernel/btf/vmlinux");
        assumeTrue(Files.isReadable(file) && Files.size(file) >= PIECE, "there is no " + file);
        assertThatThrownBy(() -> FileChannel.open(file, ExtendedOpenOption.DIRECT))
                .isInstanceOf(IOException.class);

        try (InputStream source = DirectSource.open(file)) {
            assertThat(source.readAllBytes()).isEqualTo(Files.readAllBytes(file));
        }
    }

    /** Another may have its buffer then. */
    @Test
    void givesNothingOnceItIsClosed() throws IOException {
        Path file = write(2 * PIECE);
        InputStream first = DirectSource.open(file);
        assertThat(first.read()).isEqualTo(CONTENT[0] & 0xFF);
        first.close();
        first.close();
        try (InputStream second = DirectSource.open(file);
                InputStream third = DirectSource.open(file)) {
            assertThatThrownBy(first::read).isInstanceOf(IOException.class);
            assertThat(second.readNBytes(PIECE)).isEqualTo(Arrays.copyOf(CONTENT, PIECE));
            third.skipNBytes(PIECE);
            assertThat(second.readNBytes(10)).isEqualTo(Arrays.copyOfRange(CONTENT, PIECE, PIECE + 10));
            assertThat(third.readNBytes(10)).isEqualTo(Arrays.copyOfRange(CONTENT, PIECE, PIECE + 10));
        }
    }

    @Test
    void readsNeitherLinksNorWhatIsNotThere() throws IOException {
        for (int length : new int[] {10, 2 * PIECE}) {
            Path file = write(length);
            Path link = Files.createSymbolicLink(folder.resolve("link" + length), file);
            assertThatThrownBy(() -> DirectSource.open(link)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> DirectSource.open(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    private Path write(int length) throws IOException {
        return Files.write(folder.resolve("file"), Arrays.copyOf(CONTENT, length));
    }
}
