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
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.storage.FileFacts.Kind;

class FileFactsTest {

    @TempDir
    private Path folder;

    @Test
    void tellsKindsApart() throws IOException, InterruptedException {
        Shell.in(folder, "echo content > file; mkdir folder; ln -s file link; ln -s folder folder-link; mkfifo pipe");
        assertThat(kind("file")).isEqualTo(Kind.FILE);
        assertThat(kind("folder")).isEqualTo(Kind.FOLDER);
        assertThat(kind("link")).isEqualTo(Kind.LINK);
        assertThat(kind("folder-link")).isEqualTo(Kind.LINK);
        assertThat(kind("pipe")).isEqualTo(Kind.OTHER);
        assertThat(FileFacts.of(Path.of("/dev/null")).kind()).isEqualTo(Kind.OTHER);
    }

    @Test
    void takesOnlyFilesForFiles() throws IOException, InterruptedException {
        Shell.in(folder, "echo content > file; ln -s file link; mkfifo pipe");
        assertThat(FileFacts.of(folder.resolve("file")).isFile()).isTrue();
        assertThat(FileFacts.of(folder.resolve("link")).isFile()).isFalse();
        assertThat(FileFacts.of(folder.resolve("pipe")).isFile()).isFalse();
    }

    @Test
    void looksAtALinkItselfEvenIfItDangles() throws IOException, InterruptedException {
        Shell.in(folder, "ln -s nowhere link");
        assertThat(FileFacts.of(folder.resolve("link")).sizeBytes()).isEqualTo("nowhere".length());
    }

    @Test
    void measuresTimesToTheNanosecond() throws IOException, InterruptedException {
        Shell.in(folder, "touch -d @1700000000.123456789 file");
        FileFacts facts = FileFacts.of(folder.resolve("file"));
        assertThat(facts.modifiedNs()).isEqualTo(1_700_000_000_123_456_789L);
        assertThat(facts.changedNs()).isGreaterThan(facts.modifiedNs());
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> FileFacts.of(folder.resolve("missing"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void takesAMovedFileForTheSame() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");
        FileFacts before = FileFacts.of(file);
        Path moved = Files.move(file, folder.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(FileFacts.of(moved).isSameInodeAs(before)).isTrue();
        assertThat(FileFacts.of(moved).hasSameContentAs(before)).isTrue();
    }

    @Test
    void takesAFileThatWasWrittenToForAnother() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");
        FileFacts before = FileFacts.of(file);
        Files.writeString(file, "more", StandardOpenOption.APPEND);
        assertThat(FileFacts.of(file).isSameInodeAs(before)).isTrue();
        assertThat(FileFacts.of(file).hasSameContentAs(before)).isFalse();

        Files.writeString(file, "CONTENT");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1)));
        assertThat(FileFacts.of(file).sizeBytes()).isEqualTo(before.sizeBytes());
        assertThat(FileFacts.of(file).hasSameContentAs(before)).isFalse();
    }

    @Test
    void takesACopyForAnother() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");
        Path copy = Files.copy(file, folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(FileFacts.of(copy).hasSameContentAs(FileFacts.of(file))).isFalse();
    }

    private Kind kind(String name) throws IOException {
        return FileFacts.of(folder.resolve(name)).kind();
    }
}
