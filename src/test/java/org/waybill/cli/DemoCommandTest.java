package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo makes, and where it makes nothing. */
class DemoCommandTest {

    @TempDir
    private Path home;

    @Test
    void makesFilesAsTheManifestSaysThem() throws IOException {
        Called called = prepare("--files", "3", "--size", "64KiB", "--from", "mixed");
        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
        assertThat(called.out()).contains("--home " + home + " run ega");
        List<String> names = names("data/ega/incoming");
        assertThat(names).hasSize(3).anyMatch(name -> name.endsWith(".cip")).anyMatch(name -> name.endsWith(".c4gh"));
        Path manifest;
        try (Stream<Path> manifests = Files.list(home.resolve("data/ega/manifests"))) {
            manifest = manifests.findFirst().orElseThrow();
        }
        for (String line : Files.readAllLines(manifest)) {
            String name = line.substring(34);
            String encrypted = names.stream()
                    .filter(each -> each.contains(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(Called.with(
                                    "crypt",
                                    "decrypt",
                                    "--key",
                                    home.resolve("keys/node.sec"),
                                    "--password",
                                    "file:" + home.resolve("keys/ega-aes-password"),
                                    "--expect-md5",
                                    line.substring(0, 32),
                                    "--expect-size",
                                    65_536,
                                    home.resolve(encrypted),
                                    home.resolve(name))
                            .code())
                    .isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void makesTheSameDataUnderAnotherNameEachTime() throws IOException {
        prepare("--files", "1", "--size", "1KB");
        prepare("--files", "1", "--size", "1KB");
        try (Stream<Path> manifests = Files.list(home.resolve("data/ega/manifests"))) {
            List<String> digests = manifests.map(DemoCommandTest::digest).toList();
            assertThat(digests).hasSize(2).containsOnly(digests.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ega.yaml", "other.yaml"})
    void neverWorksInAHomeThatHasOtherRoutes(String name) throws IOException {
        Files.createDirectories(home.resolve("jobs"));
        Files.writeString(home.resolve("jobs").resolve(name), "route: real\n");
        Called called = prepare();
        assertThat(called.code()).isEqualTo(ExitCode.FAILED);
        assertThat(called.err()).contains("never works in real data");
        assertThat(home.resolve("keys")).doesNotExist();
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void makesNothingThatTheDiskCannotHold() throws IOException {
        Called called = prepare("--files", "1000000", "--size", "1TB");
        assertThat(called.code()).isEqualTo(ExitCode.FAILED);
        assertThat(called.err()).contains("are free; make fewer files");
        assertThat(names("data/ega/incoming")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--size,5XB", "--size,-1", "--size,99999999999T", "--files,0", "--from,zip"})
    void refusesWhatCannotBeMeant(String option, String value) {
        assertThat(prepare(option, value).code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(home).isEmptyDirectory();
    }

    private Called prepare(String... options) {
        return Called.with(Stream.concat(Stream.of("--home", home.toString(), "demo", "--prepare"), Stream.of(options))
                .toArray());
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .toList();
        }
    }

    private static String digest(Path manifest) {
        try {
            return Files.readString(manifest).substring(0, 32);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
