package org.waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingFoldersTest {

    @TempDir
    private Path root;

    private WorkingFolders folders;

    @BeforeEach
    void nameFolders() {
        folders = new WorkingFolders(root.resolve("incoming"), root.resolve("archive"));
    }

    @Test
    void areOpenToUsOnly() throws IOException {
        folders.create();
        assertThat(hiddenFolders())
                .allSatisfy(folder -> assertThat(mode(folder)).isEqualTo("rwx------"));
    }

    @Test
    void areShutIfTheyStandOpen() throws IOException {
        folders.create();
        for (Path folder : hiddenFolders()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        folders.create();
        assertThat(hiddenFolders())
                .allSatisfy(folder -> assertThat(mode(folder)).isEqualTo("rwx------"));
    }

    @Test
    void leaveTheModesOfIncomingAndArchiveAlone() throws IOException {
        Files.createDirectory(folders.incoming());
        Files.setPosixFilePermissions(folders.incoming(), PosixFilePermissions.fromString("rwxrwx---"));
        folders.create();
        assertThat(mode(folders.incoming())).isEqualTo("rwxrwx---");
    }

    @Test
    void areNeverLinks() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.createDirectory(folders.incoming());
        Files.createSymbolicLink(folders.incoming().resolve(WorkingFolders.HIDDEN), elsewhere);
        assertThatThrownBy(folders::create).isInstanceOf(NotDirectoryException.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void canBeMadeTwice() throws IOException {
        folders.create();
        Files.writeString(folders.received(1), "content");
        folders.create();
        assertThat(folders.received(1)).hasContent("content");
    }

    @Test
    void nameFilesByTheirIds() throws IOException {
        folders.create();
        for (String name :
                List.of("1", "42", "999999999999999999", "0", "07", "-3", "1x", "9999999999999999999", ".4")) {
            Files.writeString(folders.received().resolve(name), "content");
        }
        assertThat(WorkingFolders.ids(folders.received())).containsExactlyInAnyOrder(1, 42, 999_999_999_999_999_999L);
        assertThat(folders.received(42)).isRegularFile();
    }

    @Test
    void holdNoIdsBeforeTheyAreMade() throws IOException {
        assertThat(WorkingFolders.ids(folders.received())).isEmpty();
    }

    @Test
    void moveWithoutReplacing() throws IOException {
        folders.create();
        Path upload = Files.writeString(folders.incoming().resolve("upload"), "new");
        FileFacts before = FileFacts.of(upload);
        WorkingFolders.move(upload, folders.received(1));
        assertThat(upload).doesNotExist();
        assertThat(FileFacts.of(folders.received(1)).hasSameContentAs(before)).isTrue();

        Files.writeString(folders.quarantine(1), "older");
        assertThatThrownBy(() -> WorkingFolders.move(folders.received(1), folders.quarantine(1)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folders.quarantine(1)).hasContent("older");
        assertThat(folders.received(1)).hasContent("new");
    }

    @Test
    void moveWithoutReplacingADanglingLink() throws IOException {
        folders.create();
        Files.writeString(folders.received(1), "content");
        Files.createSymbolicLink(folders.quarantine(1), root.resolve("nowhere"));
        assertThatThrownBy(() -> WorkingFolders.move(folders.received(1), folders.quarantine(1)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folders.quarantine(1)).isSymbolicLink();
    }

    @Test
    void refuseToMoveWhatIsNotThere() throws IOException {
        folders.create();
        assertThatThrownBy(() -> WorkingFolders.move(folders.received(1), folders.quarantine(1)))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> WorkingFolders.giveBack(
                        folders.received(1), folders.incoming().resolve("upload")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void giveBackToAFolderThatWasRemoved() throws IOException {
        folders.create();
        Files.writeString(folders.received(1), "content");
        Path upload = folders.incoming().resolve("sub/sub/upload");
        WorkingFolders.giveBack(folders.received(1), upload);
        assertThat(upload).hasContent("content");
        assertThat(folders.received(1)).doesNotExist();
    }

    @Test
    void giveBackWithoutReplacing() throws IOException {
        folders.create();
        Files.writeString(folders.received(1), "content");
        Path upload = Files.writeString(folders.incoming().resolve("upload"), "newer");
        assertThatThrownBy(() -> WorkingFolders.giveBack(folders.received(1), upload))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(upload).hasContent("newer");
        assertThat(folders.received(1)).hasContent("content");
    }

    private List<Path> hiddenFolders() {
        return List.of(
                folders.received().getParent(),
                folders.processed().getParent(),
                folders.received(),
                folders.quarantine(),
                folders.processed(),
                folders.publishing());
    }

    private static String mode(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }
}
