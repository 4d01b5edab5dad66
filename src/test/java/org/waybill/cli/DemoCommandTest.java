package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
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

    @ParameterizedTest
    @CsvSource({
        "crypt4gh, .c4gh,      .c4gh",
        "cip,      .cip,       .cip",
        "ega-aes,  .cip,       .cip",
        "openpgp,  .fastq.gpg, .fastq.gpg",
        "mixed,    .cip,       .c4gh"
    })
    void makesFilesAsTheManifestSaysThem(String format, String one, String another) throws IOException {
        Called called = prepare("--files", "3", "--size", "200000", "--from", format);
        assertThat(called.code()).as(called.err()).isEqualTo(ExitCode.DONE);
        assertThat(called.out()).contains("--home " + home + " run ega");
        List<String> names = names("data/ega/incoming");
        assertThat(names)
                .hasSize(3)
                .anyMatch(name -> name.endsWith(one))
                .anyMatch(name -> name.endsWith(another))
                .allMatch(name -> name.endsWith(one) || name.endsWith(another));
        for (String line : manifestLines()) {
            String name = line.substring(34);
            Called decrypted = Called.with(
                    "crypt",
                    "decrypt",
                    "--key",
                    home.resolve("keys/node.sec"),
                    "--key",
                    home.resolve("keys/node-pgp.asc"),
                    "--password",
                    "file:" + home.resolve("keys/ega-aes-password"),
                    "--expect-md5",
                    line.substring(0, 32),
                    "--expect-size",
                    200_000,
                    home.resolve(nameWith(name, names)),
                    home.resolve(name));
            assertThat(decrypted.code()).as(decrypted.err()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void makesPlainFilesAsTheManifestSaysThem() throws IOException {
        assertThat(prepare("--files", "2", "--size", "1KB", "--from", "plain").code())
                .isEqualTo(ExitCode.DONE);
        List<String> names = names("data/ega/incoming");
        assertThat(names).hasSize(2).allMatch(name -> name.endsWith(".fastq"));
        for (String line : manifestLines()) {
            Path file = home.resolve(nameWith(line.substring(34), names));
            assertThat(Called.with("checksum", "--algorithm", "md5", file).out())
                    .startsWith(line.substring(0, 32));
        }
        assertThat(route()).contains("\nprocessing:\n  plaintext: accept ");
    }

    @Test
    void letsTheRouteTakeAFormatOnceItIsAskedForAndLeavesTheRest() throws IOException {
        prepare("--files", "1");
        String first = route();
        assertThat(first).doesNotContain("openpgp").doesNotContain("plaintext");
        Files.writeString(home.resolve("jobs/ega.yaml"), first.replace("The demo", "My demo"));
        prepare("--files", "1", "--from", "openpgp");
        prepare("--files", "1", "--from", "openpgp");
        assertThat(route())
                .isEqualTo(first.replace("The demo", "My demo")
                        .replace("  decrypt:\n", "  decrypt:\n    openpgp: { keys: [keys/node-pgp.asc] }\n"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("keys/node-pgp.asc"))))
                .isEqualTo("rw-------");
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

    private String route() throws IOException {
        return Files.readString(home.resolve("jobs/ega.yaml"));
    }

    private List<String> manifestLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String manifest : names("data/ega/manifests")) {
            lines.addAll(Files.readAllLines(home.resolve(manifest)));
        }
        return lines;
    }

    private static String nameWith(String part, List<String> names) {
        return names.stream().filter(each -> each.contains(part)).findFirst().orElseThrow();
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
