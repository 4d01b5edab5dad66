package org.waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StableSourceTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.writeString(folder.resolve("file"), "content");
        waitUntilTheClockOfTheDiskTicks();
    }

    @Test
    void isUnchangedWhileNobodyWrites() throws IOException {
        try (StableSource source = StableSource.open(file)) {
            assertThat(source.sizeBytes()).isEqualTo(7);
            assertThat(source.stream()).hasContent("content");
            assertThat(source.hasChanged()).isFalse();
        }
    }

    @Test
    void noticesBytesAtTheEnd() throws IOException {
        try (StableSource source = StableSource.open(file)) {
            Files.writeString(file, "more", StandardOpenOption.APPEND);
            assertThat(source.hasChanged()).isTrue();
            assertThat(source.sizeBytes()).isEqualTo(7);
        }
    }

    @Test
    void noticesACut() throws IOException {
        try (StableSource source = StableSource.open(file)) {
            Files.writeString(file, "con");
            assertThat(source.hasChanged()).isTrue();
        }
    }

    @Test
    void noticesARewriteOfTheSameSizeThatRestoresTheTime() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        try (StableSource source = StableSource.open(file)) {
            Files.writeString(file, "CONTENT");
            Files.setLastModifiedTime(file, modified);
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(modified);
            assertThat(source.hasChanged()).isTrue();
        }
    }

    @Test
    void noticesAnotherFileInItsPlace() throws IOException {
        Path other = Files.copy(file, folder.resolve("other"), StandardCopyOption.COPY_ATTRIBUTES);
        try (StableSource source = StableSource.open(file)) {
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            assertThat(source.hasChanged()).isTrue();
            assertThat(source.stream()).hasContent("content");
        }
    }

    @Test
    void noticesThatItIsGone() throws IOException {
        try (StableSource source = StableSource.open(file)) {
            Files.delete(file);
            assertThat(source.hasChanged()).isTrue();
        }
    }

    @Test
    @Timeout(10)
    void opensNothingButFiles() throws IOException, InterruptedException {
        Shell.in(folder, "ln -s file link; mkfifo pipe");
        assertThatThrownBy(() -> StableSource.open(folder.resolve("link")))
                .isInstanceOf(IOException.class)
                .hasMessage("expected a regular file, found a symbolic link");
        assertThatThrownBy(() -> StableSource.open(folder.resolve("pipe"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> StableSource.open(folder)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> StableSource.open(folder.resolve("missing"))).isInstanceOf(NoSuchFileException.class);
    }

    /** The kernel counts the times of files in ticks of some milliseconds: two changes in one tick look the same. */
    private void waitUntilTheClockOfTheDiskTicks() throws IOException {
        long before = FileFacts.of(file).changedNs();
        Path clock = folder.resolve("clock");
        for (int i = 0; i < 1_000_000; i++) {
            Files.writeString(clock, "tick");
            if (FileFacts.of(clock).changedNs() > before) {
                Files.delete(clock);
                return;
            }
        }
        throw new IllegalStateException("the clock of the disk stands still");
    }
}
