package org.waybill.ledger.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFolderTest {

    @TempDir
    Path parent;

    @Test
    void appearsOnlyWhenItIsFilled() throws IOException {
        WholeFolder.make(parent, "cluster", unfinished -> {
            Files.writeString(Files.createDirectory(unfinished.resolve("base")).resolve("1"), "rows");
            assertThat(parent.resolve("cluster")).doesNotExist();
        });
        assertThat(parent.resolve("cluster/base/1")).hasContent("rows");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve("cluster"))))
                .isEqualTo("rwx------");
    }

    @Test
    void leavesNothingWhenFillingFails() {
        assertThatThrownBy(() -> WholeFolder.make(parent, "cluster", unfinished -> {
                    Files.writeString(unfinished.resolve("half"), "half");
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void takesNoLeftoverOfAKilledAttemptForDoneAndRemovesIt() throws IOException {
        Path leftover = Files.createDirectory(parent.resolve(".unfinished-cluster-123"));
        Files.writeString(leftover.resolve("half"), "half");
        Path another = Files.createDirectory(parent.resolve(".unfinished-other-123"));
        WholeFolder.make(parent, "cluster", unfinished -> Files.writeString(unfinished.resolve("whole"), "whole"));
        assertThat(parent.resolve("cluster")).isDirectoryContaining("glob:**/whole");
        assertThat(leftover).doesNotExist();
        assertThat(another).exists();
    }

    @Test
    void isNotMadeTwice() throws IOException {
        Files.createDirectory(parent.resolve("cluster"));
        WholeFolder.make(parent, "cluster", unfinished -> {
            throw new AssertionError("it was there");
        });
    }
}
