package org.waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpublishedFileTest {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private Path target;

    @BeforeEach
    void nameTarget() {
        target = folder.resolve("target");
    }

    @Test
    void hasItsNameOnlyOncePublished() throws IOException {
        try (UnpublishedFile file = UnpublishedFile.beside(target)) {
            file.stream().write(CONTENT);
            assertThat(target).doesNotExist();
            file.publish();
            assertThat(names()).containsExactly("target");
        }
        assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
    }

    @Test
    void hasNoNameYetWhenItIsForced() throws IOException {
        try (UnpublishedFile file = UnpublishedFile.beside(target)) {
            file.stream().write(CONTENT);
            file.force();
            assertThat(target).doesNotExist();
            file.publish();
        }
        assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
        assertThat(names()).containsExactly("target");
    }

    @Test
    void isThrownAwayUnlessPublished() throws IOException {
        try (UnpublishedFile file = UnpublishedFile.beside(target)) {
            file.stream().write(CONTENT);
            assertThat(names()).hasSize(1);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void replacesNothing() throws IOException {
        Files.writeString(target, "older");
        try (UnpublishedFile file = UnpublishedFile.beside(target)) {
            file.stream().write(CONTENT);
            assertThatThrownBy(file::publish).isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(target).hasContent("older");
        assertThat(names()).containsExactly("target");
    }

    @Test
    void replacesNoDanglingLink() throws IOException {
        Files.createSymbolicLink(target, folder.resolve("nowhere"));
        try (UnpublishedFile file = UnpublishedFile.beside(target)) {
            assertThatThrownBy(file::publish).isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(names()).containsExactly("target");
    }

    @Test
    void isForOurEyesOnlyWhileItIsWritten() throws IOException {
        try (UnpublishedFile file = UnpublishedFile.in(folder, target, PosixFilePermissions.fromString("r--r-----"))) {
            file.stream().write(CONTENT);
            assertThat(mode(folder.resolve(names().get(0)))).isEqualTo("rw-------");
            file.publish();
        }
        assertThat(mode(target)).isEqualTo("r--r-----");
    }

    @Test
    void staysForOurEyesOnlyIfNoModeIsGiven() throws IOException {
        try (UnpublishedFile file = UnpublishedFile.beside(target)) {
            file.publish();
        }
        assertThat(mode(target)).isEqualTo("rw-------");
    }

    @Test
    void isPublishedIntoAnotherFolder() throws IOException {
        Path workshop = Files.createDirectory(folder.resolve("workshop"));
        try (UnpublishedFile file =
                UnpublishedFile.in(workshop, target, PosixFilePermissions.fromString("rw-------"))) {
            file.stream().write(CONTENT);
            assertThat(names()).containsExactly("workshop");
            file.publish();
        }
        assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
        assertThat(workshop).isEmptyDirectory();
    }

    @Test
    void isWrittenUnderAnUnpredictableName() throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            try (UnpublishedFile file = UnpublishedFile.beside(target)) {
                file.stream().write(CONTENT);
                names.addAll(names());
            }
        }
        assertThat(names).hasSize(100).allMatch(name -> name.matches("\\.waybill-[0-9a-f]{24}\\.unpublished"));
    }

    @Test
    void sweepRemovesOnlyWhatIsOurs() throws IOException {
        String ours = ".waybill-0123456789abcdef01234567.unpublished";
        List<String> others = List.of(
                "target",
                "x" + ours,
                ours + "x",
                ".waybill-.unpublished",
                ".waybill-0123456789ABCDEF01234567.unpublished",
                ".waybill-notes.unpublished");
        Files.writeString(folder.resolve(ours), "half");
        for (String other : others) {
            Files.writeString(folder.resolve(other), "whole");
        }
        UnpublishedFile.sweep(folder);
        assertThat(names()).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void sweepFindsWhatACrashLeaves() throws IOException {
        UnpublishedFile abandoned = UnpublishedFile.beside(target);
        abandoned.stream().write(CONTENT);
        UnpublishedFile.sweep(folder);
        assertThat(folder).isEmptyDirectory();
        abandoned.close();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
