package org.waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {

    private static final FileAttribute<?> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    @TempDir
    private Path root;

    @Test
    void makesAllFoldersThatAreMissingWithTheirMode() throws IOException {
        Path folder = root.resolve("a/b/c");
        Directories.createDurably(folder, OURS);
        for (Path made : new Path[] {folder, root.resolve("a/b"), root.resolve("a")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void leavesAFolderThatIsThereAsItIs() throws IOException {
        Path folder = Files.createDirectory(root.resolve("a"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        Directories.createDurably(folder, OURS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void acceptsALinkToAFolder() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(root.resolve("link"), elsewhere);
        Directories.createDurably(link);
        Directories.createDurably(link.resolve("a/b"));
        assertThat(elsewhere.resolve("a/b")).isDirectory();
    }

    @Test
    void refusesToMakeAFolderInThePlaceOfAFile() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "content");
        assertThatThrownBy(() -> Directories.createDurably(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> Directories.createDurably(file.resolve("a"))).isInstanceOf(IOException.class);
        assertThat(file).hasContent("content");
    }

    @Test
    void forcesFoldersAndFilesThatAreThere() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "content");
        Directories.force(root);
        Directories.forceFile(file);
        assertThat(file).hasContent("content");
    }

    @Test
    void refusesToForceWhatIsNotThere() {
        Path missing = root.resolve("missing");
        assertThatThrownBy(() -> Directories.force(missing)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Directories.forceFile(missing)).isInstanceOf(NoSuchFileException.class);
        assertThat(missing).doesNotExist();
    }

    @Test
    void knowsInWhichFolderANameLies() {
        assertThat(Directories.of(root.resolve("file"))).isEqualTo(root);
        assertThat(Directories.of(Path.of("file"))).isEqualTo(Path.of("").toAbsolutePath());
        assertThatThrownBy(() -> Directories.of(Path.of("/"))).isInstanceOf(NullPointerException.class);
    }
}
