package org.waybill.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.route.checks.CheckCommand;
import org.waybill.route.checks.ContentChecks;
import org.waybill.route.checks.NameRule;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.SecretReference;

class RouteLoadingTest {

    /** What a route cannot do without. */
    private static final String SHORTEST = """
            route: NAME
            folders:
              incoming: in
              archive: out
            intake:
              manifests: manifests
            processing:
              plaintext: accept
              encrypt:
                recipients: [archive.pub]
            """;

    @TempDir
    private Path home;

    private RouteFiles files;

    @BeforeEach
    void createJobs() throws IOException {
        Files.createDirectory(home.resolve("jobs"));
        files = new RouteFiles(home);
    }

    @Test
    void readsEveryKey() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/route/every-key.yaml")) {
            Files.copy(in, home.resolve("jobs/ega.yaml"));
        }

        assertThat(files.named("ega"))
                .isEqualTo(new Route(
                        "ega",
                        "Every key that a route can have",
                        home.resolve("jobs/ega.yaml"),
                        home.resolve("data/ega/incoming"),
                        home.resolve("data/ega/archive"),
                        new IntakeRoute(
                                Optional.of(home.resolve("data/ega/manifests")),
                                Map.of("name", "File name", "md5", "Plain MD5"),
                                Optional.of(new IntakeRoute.EgaApi(
                                        "https://example.org/metadata/datasets/{dataset}/files",
                                        new SecretReference.Environment("EGA_USER"),
                                        new SecretReference.InFile(home.resolve("secrets/ega"))))),
                        new TransferRoute(
                                TransferRoute.ArrivalRule.DONE_FILE,
                                Duration.ofSeconds(90),
                                4,
                                Duration.ofHours(2),
                                List.of("*.tmp*", "*.part"),
                                Optional.of(TransferRoute.Grouping.FOLDER)),
                        new ProcessingRoute(
                                7,
                                Optional.of(new ProcessingRoute.Crypt4ghKeys(
                                        List.of(home.resolve("keys/node.sec")),
                                        Optional.of(new SecretReference.Environment("NODE_PASSPHRASE")),
                                        List.of(home.resolve("keys/partner.pub")))),
                                Optional.of(new ProcessingRoute.OpenPgp(
                                        List.of(home.resolve("keys/node-pgp.asc")),
                                        Optional.of(new SecretReference.Environment("PGP_PASSPHRASE")),
                                        Optional.of(new SecretReference.Environment("PGP_PASSWORD")),
                                        List.of(home.resolve("keys/partner.asc")),
                                        true,
                                        20_000_000_000L,
                                        50)),
                                Optional.of(new ProcessingRoute.EgaAesPassword(
                                        new SecretReference.Environment("EGA_AES_PASSWORD"), 128, false)),
                                false,
                                new ProcessingRoute.Encryption(
                                        List.of(home.resolve("keys/archive.pub"), Path.of("/srv/keys/backup.pub")),
                                        true,
                                        Optional.empty()),
                                Optional.empty(),
                                Optional.of(new ContentChecks(
                                        List.of(new NameRule(
                                                "bhs",
                                                "^(?<identifier>066\\-(?<site>[0-9]{2})[0-9]{6}\\-[0-9]{1})\\.pdf$")),
                                        List.of("application/pdf", "text/plain"),
                                        true,
                                        20_000_000,
                                        Charset.forName("ISO-8859-15"),
                                        Optional.of(new CheckCommand(
                                                home.resolve("bin/check-result"),
                                                List.of("-v", "-v"),
                                                Duration.ofSeconds(30)))))),
                        new ArchiveRoute(List.of("md5")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Route.Schedule(
                                ZoneId.of("Europe/Oslo"),
                                Duration.ofMinutes(30),
                                new TreeMap<>(Map.of(
                                        "route", "15 1 * * *",
                                        "intake", "0 0 1 * *",
                                        "transfer", "*/10 8-18 * * MON-FRI",
                                        "processing", "0 2 * JAN,feb *",
                                        "archive", "59 23 31 12 *")))),
                        new Ping(new TreeMap<>(Map.of(
                                "route", new Ping.Address("", Optional.of(new SecretReference.Environment("PING_URL"))),
                                "archive", new Ping.Address("https://hc.example.org/ping/abc", Optional.empty())))),
                        Optional.of(Path.of("/var/lib/prometheus/node-exporter")),
                        DigestUtils.sha256Hex(Files.readAllBytes(home.resolve("jobs/ega.yaml")))));
    }

    @Test
    void needsNoManifestsWhereFilesAreTakenThatNothingDeclares() throws IOException {
        write(
                "lab.yaml",
                SHORTEST.replace("NAME", "lab")
                        .replace("intake:\n  manifests: manifests\n", "transfer:\n  unexpected: accept\n"));

        Route route = files.named("lab");

        assertThat(route.intake()).isEqualTo(new IntakeRoute(Optional.empty(), Map.of(), Optional.empty()));
        assertThat(route.transfer().undeclared()).contains(TransferRoute.Grouping.DAY);
    }

    @Test
    void fillsInDefaults() throws IOException {
        write("short.yaml", SHORTEST.replace("NAME", "short"));

        Route route = files.named("short");

        assertThat(route.description()).isEmpty();
        assertThat(route.schedule()).isEmpty();
        assertThat(route.ping().addresses()).isEmpty();
        assertThat(route.metrics()).isEmpty();
        assertThat(route.intake())
                .isEqualTo(new IntakeRoute(Optional.of(home.resolve("manifests")), Map.of(), Optional.empty()));
        assertThat(route.transfer())
                .isEqualTo(new TransferRoute(
                        TransferRoute.ArrivalRule.QUIET,
                        Duration.ofMinutes(5),
                        3,
                        Duration.ZERO,
                        List.of("*.tmp*", "*.part", "*.partial", ".*"),
                        Optional.empty()));
        assertThat(route.processing())
                .isEqualTo(new ProcessingRoute(
                        Runtime.getRuntime().availableProcessors(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        new ProcessingRoute.Encryption(List.of(home.resolve("archive.pub")), false, Optional.empty()),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(route.archiving()).isEqualTo(new ArchiveRoute(List.of("md5", "sha256")));
    }

    @Test
    void checksOfUpTo64MegabytesUnlessToldOtherwise() throws IOException {
        write("check.yaml", SHORTEST.replace("NAME", "check") + """
                  checks:
                    types: [application/pdf]
                    command: { run: [/bin/true] }
                """);

        assertThat(files.named("check").processing().checks())
                .hasValue(new ContentChecks(
                        List.of(),
                        List.of("application/pdf"),
                        false,
                        64_000_000,
                        Charset.forName("windows-1252"),
                        Optional.of(new CheckCommand(Path.of("/bin/true"), List.of(), Duration.ofSeconds(60)))));
    }

    @Test
    void takesKeysOf256BitsUnlessToldOtherwise() throws IOException {
        write(
                "aes.yaml",
                SHORTEST.replace("NAME", "aes")
                        .replace("plaintext: accept", "decrypt: { ega-aes: { password: env:PASSWORD } }"));

        assertThat(files.named("aes").processing().egaAes())
                .hasValue(new ProcessingRoute.EgaAesPassword(new SecretReference.Environment("PASSWORD"), 256, false));
    }

    @Test
    void tellsWhatGoesThroughTheReencryptionService() throws IOException {
        write("res.yaml", SHORTEST.replace("NAME", "res").replace("plaintext: accept", """
                        decrypt: { ega-aes: { password: env:IN, through: res } }
                          res: { url: "http://localhost:8080/res", incoming: "s3://bucket/in" }\
                        """));

        ProcessingRoute processing = files.named("res").processing();

        assertThat(processing.res())
                .hasValue(new ProcessingRoute.Res("http://localhost:8080/res", Optional.of("s3://bucket/in")));
        assertThat(processing.egaAes())
                .hasValue(new ProcessingRoute.EgaAesPassword(new SecretReference.Environment("IN"), 256, true));
        assertThat(processing.encrypt().egaAes()).isEmpty();
    }

    @Test
    void archivesCipFilesIfToldTo() throws IOException {
        write(
                "cip.yaml",
                SHORTEST.replace("NAME", "cip")
                        .replace("recipients: [archive.pub]", "{ format: ega-aes, password: env:OUT, bits: 128 }"));

        assertThat(files.named("cip").processing().encrypt())
                .isEqualTo(new ProcessingRoute.Encryption(
                        List.of(),
                        false,
                        Optional.of(new ProcessingRoute.EgaAesPassword(
                                new SecretReference.Environment("OUT"), 128, false))));
    }

    @Test
    void takesZeroForADuration() throws IOException {
        write("now.yaml", SHORTEST.replace("NAME", "now") + "transfer: { quiet-for: 0s, wait-for: 500ms }\n");

        assertThat(files.named("now").transfer().quietFor()).isZero();
        assertThat(files.named("now").transfer().waitFor()).hasMillis(500);
    }

    @Test
    void talksToAnApiOnThisMachineWithoutEncryption() throws IOException {
        write("mock.yaml", SHORTEST.replace("NAME", "mock").replace("  manifests: manifests\n", """
                  manifests: manifests
                  ega-api: { url: "http://localhost:8080/{dataset}", username: env:USER_NAME, password: env:PASSWORD }
                """));

        assertThat(files.named("mock").intake().egaApi().orElseThrow().url())
                .isEqualTo("http://localhost:8080/{dataset}");
    }

    @Test
    void normalisesPaths() throws IOException {
        write("odd.yaml", SHORTEST.replace("NAME", "odd").replace("incoming: in", "incoming: ./a/../in//"));

        assertThat(files.named("odd").incoming()).isEqualTo(home.resolve("in"));
        assertThat(new RouteFiles(home.resolve("jobs/..")).named("odd").incoming())
                .isEqualTo(home.resolve("in"));
    }

    @Test
    void readsByteOrderMarksAndWindowsLineEnds() throws IOException {
        write("dos.yaml", "\ufeff" + SHORTEST.replace("NAME", "dos").replace("\n", "\r\n"));

        assertThat(files.named("dos").name()).isEqualTo("dos");
    }

    @Test
    void readsRoutesByName() throws IOException {
        write("b.yaml", SHORTEST.replace("NAME", "b"));
        write("a.yml", SHORTEST.replace("NAME", "a"));
        write("c.yaml", SHORTEST.replace("NAME", "c"));

        assertThat(files.all().values()).extracting(Route::name).containsExactly("a", "b", "c");
        assertThat(files.named("a").file()).isEqualTo(home.resolve("jobs/a.yml"));
    }

    @Test
    void leavesOtherFilesAlone() throws IOException {
        write("a.yaml", SHORTEST.replace("NAME", "a"));
        write("a.yaml~", "not: a route");
        write(".b.yaml", "not: a route");
        write("README.md", "not: a route");

        assertThat(files.all()).containsOnlyKeys("a");
    }

    @Test
    void hasNoRoutesInAnEmptyFolder() {
        assertThat(files.all()).isEmpty();
        assertThatThrownBy(() -> files.named("ega"))
                .hasMessage("jobs: \"ega\" is not a route; there is none yet: write jobs/NAME.yaml");
    }

    @Test
    void reportsTheMistakesOfAllFiles() throws IOException {
        write("a.yaml", SHORTEST.replace("NAME", "a") + "mistake: 1\n");
        write("b.yaml", SHORTEST.replace("NAME", "b"));
        write("c.yaml", "");

        assertThatThrownBy(files::all)
                .isInstanceOfSatisfying(InvalidRouteException.class, e -> assertThat(e.problems())
                        .extracting(RouteProblem::file, RouteProblem::line)
                        .containsExactly(tuple("jobs/a.yaml", 11), tuple("jobs/c.yaml", 0)))
                .hasMessageContaining("jobs/a.yaml:11: mistake: is not a known key")
                .hasMessageContaining("jobs/c.yaml: is empty; write a route in it, or delete it");
    }

    @Test
    void readsOneRouteWhateverIsWrongWithOthers() throws IOException {
        write("a.yaml", "nonsense");
        write("b.yaml", SHORTEST.replace("NAME", "b"));

        assertThat(files.named("b").name()).isEqualTo("b");
    }

    @Test
    void namesTheRoutesThereAre() throws IOException {
        write("ega.yaml", "");
        write("imaging.yaml", "");

        assertThatThrownBy(() -> files.named("egas")).hasMessage("jobs: \"egas\" is not a route; did you mean ega?");
        assertThatThrownBy(() -> files.named("field"))
                .hasMessage("jobs: \"field\" is not a route; known here: ega, imaging");
        assertThatThrownBy(() -> files.named("../ega")).hasMessageStartingWith("jobs: \"../ega\" is not a route");
    }

    @Test
    void refusesTwoFilesForOneRoute() throws IOException {
        write("a.yaml", SHORTEST.replace("NAME", "a"));
        write("a.yml", SHORTEST.replace("NAME", "a"));
        String message = "jobs/a.yml: describes the same route as a.yaml; delete one of them";

        assertThatThrownBy(() -> files.named("a")).hasMessage(message);
        assertThatThrownBy(files::all).hasMessage(message);
    }

    @Test
    void refusesAHomeWithoutJobs() throws IOException {
        Files.delete(home.resolve("jobs"));

        assertThatThrownBy(files::all)
                .isInstanceOf(InvalidRouteException.class)
                .hasMessage("jobs: is not a folder in " + home
                        + "; make it, or name another home with --home or WAYBILL_HOME");
    }

    @Test
    void refusesWhatIsNoTextOfARoute() throws IOException {
        write("empty.yaml", "");
        write("comment.yaml", "# later\n");
        write("list.yaml", "\n- route: list\n");
        write("word.yaml", "route\n");
        write("bell.yaml", "route: bell\ndescription: \u0007\n");
        write("large.yaml", "#".repeat(64 * 1024 + 1));
        Files.write(home.resolve("jobs/latin.yaml"), "description: Größe".getBytes(StandardCharsets.ISO_8859_1));
        Files.createDirectory(home.resolve("jobs/folder.yaml"));
        Files.createSymbolicLink(home.resolve("jobs/gone.yaml"), home.resolve("gone"));

        assertThatThrownBy(files::all).hasMessage("""
                        jobs/bell.yaml:2: has a control character; delete it
                        jobs/comment.yaml: is empty; write a route in it, or delete it
                        jobs/empty.yaml: is empty; write a route in it, or delete it
                        jobs/folder.yaml: is not a file; put a route file there, or delete it
                        jobs/gone.yaml: is not a file; put a route file there, or delete it
                        jobs/large.yaml: is larger than 64 KiB; a route is a short file: is this one?
                        jobs/latin.yaml: is not UTF-8; save it as UTF-8
                        jobs/list.yaml:2: does not hold keys; write "route: NAME" and the other keys of a route
                        jobs/word.yaml:1: does not hold keys; write "route: NAME" and the other keys of a route""");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(home.resolve("jobs").resolve(name), text);
    }
}
