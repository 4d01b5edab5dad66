package org.waybill.route.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.route.RouteFiles;
import org.waybill.route.yaml.RouteProblem;

/** Real files and modes. Holds for root, too, who may read and write whatever its mode. */
class RouteCheckTest {

    private static final String ROUTE = """
            route: NAME
            folders:
              incoming: NAME/in
              archive: NAME/out
            intake:
              manifests: NAME/manifests
              ega-api:
                url: https://example.org/{dataset}
                username: env:EGA_USER
                password: file:keys/ega
            processing:
              decrypt:
                crypt4gh:
                  keys: [keys/node.sec]
                  passphrase: env:PASSPHRASE
                ega-aes:
                  password: env:EGA_AES
              encrypt:
                recipients:
                  - keys/archive.pub
                  - keys/backup.pub
            """;

    @TempDir
    private Path home;

    private final Map<String, String> environment =
            new HashMap<>(Map.of("EGA_USER", "me", "PASSPHRASE", "hunter2", "EGA_AES", "hunter2"));

    @BeforeEach
    void makeWhatTheRouteNeeds() throws IOException {
        home = home.toRealPath();
        for (String folder : List.of("jobs", "keys", "ega/in", "ega/out", "ega/manifests")) {
            Files.createDirectories(home.resolve(folder));
        }
        write("jobs/ega.yaml", "rw-r--r--", ROUTE.replace("NAME", "ega"));
        write("keys/node.sec", "rw-------", "secret");
        write("keys/ega", "r--------", "hunter2\n");
        write("keys/archive.pub", "rw-r--r--", "public");
        write("keys/backup.pub", "rw-r--r--", "public");
    }

    @Test
    void findsNothingWhereAllIsThere() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void looksWithoutChangingAnything() throws IOException {
        Files.delete(home.resolve("ega/in"));

        assertThat(problems()).isEmpty();
        assertThat(home.resolve("ega/in")).doesNotExist();
        assertThat(home.resolve("keys/ega")).hasContent("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-rw-rw-"})
    void refusesSecretKeysThatOthersCanReadOrWrite(String mode) throws IOException {
        chmod("keys/node.sec", mode);

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(14);
            assertThat(problem.key()).isEqualTo("processing.decrypt.crypt4gh.keys[0]");
            assertThat(problem.wrong()).startsWith(home + "/keys/node.sec is open to others (mode 06");
            assertThat(problem.cure()).isEqualTo("chmod 600 " + home + "/keys/node.sec");
        });
    }

    @Test
    void printsModesAsChmodTakesThem() throws IOException {
        chmod("keys/node.sec", "rw-r--r--");

        assertThat(problems())
                .singleElement()
                .hasToString("jobs/ega.yaml:14: processing.decrypt.crypt4gh.keys[0]: " + home
                        + "/keys/node.sec is open to others (mode 0644); chmod 600 " + home + "/keys/node.sec");
    }

    @Test
    void judgesTheKeyBehindALinkAndNotTheLink() throws IOException {
        Files.move(home.resolve("keys/node.sec"), home.resolve("keys/real"));
        Files.createSymbolicLink(home.resolve("keys/node.sec"), home.resolve("keys/real"));
        assertThat(problems()).isEmpty();

        chmod("keys/real", "rw-r--r--");
        assertThat(problems()).hasSize(1);
    }

    @Test
    void refusesKeysThatAreNotThere() throws IOException {
        Files.delete(home.resolve("keys/node.sec"));
        Files.delete(home.resolve("keys/backup.pub"));

        assertThat(problems())
                .hasToString(
                        "[jobs/ega.yaml:14: processing.decrypt.crypt4gh.keys[0]: " + home
                                + "/keys/node.sec does not exist; put it there or correct the path; waybill crypt keygen makes a new pair, "
                                + "jobs/ega.yaml:21: processing.encrypt.recipients[1]: " + home
                                + "/keys/backup.pub does not exist; put it there or correct the path; waybill crypt keygen makes a new pair]");
    }

    @Test
    void refusesKeysThatAreNoFiles() throws IOException {
        Files.delete(home.resolve("keys/archive.pub"));
        Files.createDirectory(home.resolve("keys/archive.pub"));

        assertThat(problems())
                .extracting(RouteProblem::wrong)
                .containsExactly(home + "/keys/archive.pub is not a file");
    }

    @Test
    void refusesKeysThatTheirOwnerCannotRead() throws IOException {
        chmod("keys/archive.pub", "-w-------");
        chmod("keys/node.sec", "---------");

        assertThat(problems())
                .extracting(RouteProblem::wrong, RouteProblem::cure)
                .containsExactly(
                        tuple(
                                home + "/keys/node.sec cannot be read (mode 0000)",
                                "chmod 600 " + home + "/keys/node.sec"),
                        tuple(
                                home + "/keys/archive.pub cannot be read (mode 0200)",
                                "chmod 600 " + home + "/keys/archive.pub"));
    }

    @Test
    void takesPublicKeysThatAllCanRead() throws IOException {
        chmod("keys/archive.pub", "r--r--r--");

        assertThat(problems()).isEmpty();
    }

    @Test
    void refusesSecretFilesThatOthersCanRead() throws IOException {
        chmod("keys/ega", "r--r-----");

        assertThat(problems())
                .singleElement()
                .hasToString("jobs/ega.yaml:10: intake.ega-api.password: " + home
                        + "/keys/ega is open to others (mode 0440); chmod 600 " + home + "/keys/ega");
    }

    @Test
    void refusesSecretFilesWithoutASecret() throws IOException {
        write("keys/ega", "rw-------", "\nhunter2");

        assertThat(problems())
                .singleElement()
                .hasToString(
                        "jobs/ega.yaml:10: intake.ega-api.password: file:" + home
                                + "/keys/ega: the first line is empty; write the secret into it, in one line, or correct the path");
    }

    @Test
    void refusesVariablesThatAreNotSet() {
        environment.remove("EGA_USER");
        environment.put("PASSPHRASE", "");
        environment.remove("EGA_AES");

        assertThat(problems())
                .extracting(RouteProblem::toString)
                .containsExactly(
                        "jobs/ega.yaml:9: intake.ega-api.username: env:EGA_USER: the environment variable is not set; "
                                + "set it where Waybill is started",
                        "jobs/ega.yaml:15: processing.decrypt.crypt4gh.passphrase: env:PASSPHRASE: the environment variable "
                                + "is empty; set it where Waybill is started",
                        "jobs/ega.yaml:17: processing.decrypt.ega-aes.password: env:EGA_AES: the environment variable is not "
                                + "set; set it where Waybill is started");
    }

    @Test
    void refusesACommandThatIsNotThereOrCannotBeRun() throws IOException {
        write("jobs/ega.yaml", "rw-r--r--", ROUTE.replace("NAME", "ega") + """
                  checks:
                    command: { run: [bin/check, --strict] }
                """);
        String key = "jobs/ega.yaml:23: processing.checks.command.run: " + home + "/bin/check ";
        assertThat(problems()).hasToString("[" + key + "does not exist; install it, or correct the path]");

        Files.createDirectories(home.resolve("bin/check"));
        assertThat(problems()).hasToString("[" + key + "is not a program; correct the path]");

        Files.delete(home.resolve("bin/check"));
        write("bin/check", "rw-r--r--", "#!/bin/sh");
        assertThat(problems()).hasToString("[" + key + "cannot be run (mode 0644); chmod 755 " + home + "/bin/check]");

        chmod("bin/check", "rwxr-xr-x");
        assertThat(problems()).isEmpty();
    }

    @Test
    void refusesAnArchiveWithoutItsPassword() throws IOException {
        write(
                "jobs/ega.yaml",
                "rw-r--r--",
                ROUTE.replace("NAME", "ega")
                        .replace(
                                "recipients:\n      - keys/archive.pub\n      - keys/backup.pub",
                                "format: ega-aes\n    password: env:ARCHIVE_AES"));

        assertThat(problems())
                .singleElement()
                .hasToString(
                        "jobs/ega.yaml:20: processing.encrypt.password: env:ARCHIVE_AES: the environment variable is "
                                + "not set; set it where Waybill is started");
    }

    @Test
    void neverTellsASecret() throws IOException {
        chmod("keys/ega", "rw-r--r--");
        chmod("keys/node.sec", "rw-r--r--");
        environment.remove("EGA_USER");

        assertThat(problems().toString()).doesNotContain("hunter2").doesNotContain("public");
    }

    private List<RouteProblem> problems() {
        return new RouteCheck(environment::get).problems(new RouteFiles(home).named("ega"));
    }

    private void write(String file, String mode, String text) throws IOException {
        Files.deleteIfExists(home.resolve(file));
        Files.writeString(home.resolve(file), text);
        chmod(file, mode);
    }

    private void chmod(String file, String mode) throws IOException {
        Files.setPosixFilePermissions(home.resolve(file), PosixFilePermissions.fromString(mode));
    }
}
