package org.waybill.stage.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.ledger.arrival.Arrivals.Claim;
import org.waybill.stage.transfer.Taking.NotAsClaimed;
import org.waybill.stage.transfer.Taking.Taken;
import org.waybill.storage.FileFacts;
import org.waybill.storage.WorkingFolders;

class MoverTest {

    @TempDir
    private Path root;

    private WorkingFolders folders;
    private Mover mover;
    private Path upload;
    private Path received;

    @BeforeEach
    void upload() throws IOException {
        folders = new WorkingFolders(root.resolve("incoming"), root.resolve("archive"));
        folders.create();
        mover = new Mover(folders);
        received = folders.received(7);
        upload = folders.incoming().resolve("sub/file");
        Files.createDirectory(upload.getParent());
        Files.writeString(upload, "content");
    }

    @Test
    void takesWhatWasClaimed() throws IOException {
        assertThat(mover.take(claim("QUIET"))).isInstanceOf(Taken.class);
        assertThat(received).hasContent("content");
        assertThat(upload).doesNotExist();
    }

    @Test
    void takesTheSameFileTwiceWithoutHarm() throws IOException {
        Claim claim = claim("QUIET");
        mover.take(claim);
        assertThat(mover.take(claim)).isInstanceOf(Taken.class);
        assertThat(received).hasContent("content");
    }

    @Test
    void leavesWhatChangedSinceItWasClaimed() throws IOException {
        Claim claim = claim("QUIET");
        Files.writeString(upload, "more", StandardOpenOption.APPEND);
        assertThat(mover.take(claim)).isInstanceOf(NotAsClaimed.class);
        assertThat(upload).hasContent("contentmore");
        assertThat(received).doesNotExist();
    }

    @Test
    void leavesWhatVanished() throws IOException {
        Claim claim = claim("QUIET");
        Files.delete(upload);
        assertThat(mover.take(claim)).isInstanceOf(NotAsClaimed.class);
        assertThat(received).doesNotExist();
    }

    @Test
    void givesBackWhatWasWrittenToAfterARunThatDiedHadMovedIt() throws IOException {
        Claim claim = claim("QUIET");
        WorkingFolders.move(upload, received);
        Files.writeString(received, "more", StandardOpenOption.APPEND);
        assertThat(mover.take(claim)).isInstanceOf(NotAsClaimed.class);
        assertThat(upload).hasContent("contentmore");
        assertThat(received).doesNotExist();
    }

    @Test
    void leavesANewerUploadWhereItIs() throws IOException {
        Claim claim = claim("QUIET");
        WorkingFolders.move(upload, received);
        Files.writeString(received, "more", StandardOpenOption.APPEND);
        Files.writeString(upload, "newer");
        assertThat(mover.take(claim)).isInstanceOf(NotAsClaimed.class);
        assertThat(upload).hasContent("newer");
    }

    @Test
    void takesTheSecondUploadOfAFileThatWasSetBack() throws IOException {
        Files.writeString(received, "first upload");
        assertThat(mover.take(claim("QUIET"))).isInstanceOf(Taken.class);
        assertThat(received).hasContent("content");
        assertThat(upload).doesNotExist();
    }

    @Test
    void leavesNoSecondNameToItsUploader() throws IOException {
        Files.createLink(received, upload);
        assertThat(mover.take(claim("QUIET"))).isInstanceOf(Taken.class);
        assertThat(received).hasContent("content");
        assertThat(upload).doesNotExist();
    }

    @Test
    void takesNoLink() throws IOException {
        Claim claim = claim("QUIET");
        Path elsewhere = Files.move(upload, root.resolve("elsewhere"), StandardCopyOption.ATOMIC_MOVE);
        Files.createSymbolicLink(upload, elsewhere);
        assertThat(mover.take(claim)).isInstanceOf(NotAsClaimed.class);
        assertThat(received).doesNotExist();
        assertThat(elsewhere).hasContent("content");
    }

    @Test
    void removesTheDoneFileOfWhatItTook() throws IOException {
        Path done = Files.createFile(upload.resolveSibling("file.done"));
        mover.take(claim("DONE_FILE"));
        assertThat(done).doesNotExist();
    }

    private Claim claim(String rule) throws IOException {
        FileFacts facts = FileFacts.of(upload);
        return new Claim(7, "sub/file", rule, facts.sizeBytes(), facts.modifiedNs(), facts.changedNs(), facts.inode());
    }
}
