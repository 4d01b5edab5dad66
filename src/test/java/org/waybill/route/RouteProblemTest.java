package org.waybill.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.route.yaml.RouteProblem;

class RouteProblemTest {

    private static final String TEXT = """
            # where to
            route: ega
            folders: { incoming: in, archive: out }
            intake:
              manifests:
                manifests
            processing:
              plaintext: accept
              encrypt:
                recipients:
                  - archive.pub
                  - backup.pub
            """;

    @TempDir
    private Path home;

    private Route route;

    @BeforeEach
    void loadRoute() throws IOException {
        Files.createDirectory(home.resolve("jobs"));
        Files.writeString(home.resolve("jobs/ega.yaml"), TEXT);
        route = new RouteFiles(home).named("ega");
    }

    @ParameterizedTest
    @CsvSource({
        "route, 2",
        "folders, 3",
        "folders.archive, 3",
        "intake.manifests, 5",
        "processing.encrypt.recipients, 10",
        "processing.encrypt.recipients[0], 11",
        "processing.encrypt.recipients[1], 12",
        // not in the file: the section around it
        "processing.encrypt.recipients[2], 10",
        "processing.partitions, 7",
        "processing.decrypt.crypt4gh.keys[0], 7",
        "transfer.quiet-for, 2"
    })
    void findsTheLineOfAKey(String key, int line) {
        assertThat(RouteProblem.at(route.file(), key, "is wrong", "correct it"))
                .isEqualTo(new RouteProblem("jobs/ega.yaml", line, key, "is wrong", "correct it"));
    }

    @Test
    void findsTheLineOfToday() throws IOException {
        Files.writeString(home.resolve("jobs/ega.yaml"), "# one line more\n" + TEXT);

        assertThat(RouteProblem.at(route.file(), "intake", "is wrong", "correct it")
                        .line())
                .isEqualTo(5);
    }

    @Test
    void blamesNoLineOfAFileThatIsGone() throws IOException {
        Files.delete(home.resolve("jobs/ega.yaml"));

        assertThat(RouteProblem.at(route.file(), "intake", "is wrong", "correct it"))
                .hasToString("jobs/ega.yaml: intake: is wrong; correct it");
    }

    @Test
    void isOneLineWhateverFilesAreCalled() {
        assertThat(new RouteProblem(
                        "jobs/ega.yaml", 1, "folders.incoming", "\u001b[2J\na\u2028b is a file", "mv it\r\n"))
                .hasToString("jobs/ega.yaml:1: folders.incoming: ?[2J?a?b is a file; mv it??");
    }
}
