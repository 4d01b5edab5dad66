package org.waybill.stage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.House;
import org.waybill.run.Counts;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.FreshRoute;
import org.waybill.stage.Uploads;

/** Intake on a real database: what each kind of manifest, good or bad, leaves in the ledger. */
class IntakeJobIT {

    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";
    private static final String OTHER_MD5 = "0cc175b9c0f1b6a831c399e269772661";
    private static final String SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String AT_ONCE = "  rule: renamed";

    @TempDir
    static Path home;

    private static House house;

    @BeforeAll
    static void open() throws IOException {
        Uploads.in(home);
        house = House.in(home);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static FreshRoute route() {
        return FreshRoute.in(house, "", AT_ONCE);
    }

    /** Each file with its datasets, sizes and checksums. */
    private static List<String> declared(FreshRoute route) {
        return route.query("""
                select (select string_agg(d.name, '+' order by d.name)
                        from dataset_file df join dataset d using (dataset_id) where df.file_id = f.file_id) as datasets,
                       f.path, f.declared_size_plain as plain, f.declared_size_encrypted as encrypted,
                       (select string_agg(c.side || ' ' || c.algorithm || ' ' || left(c.value, 2), ', '
                                          order by c.side, c.algorithm)
                        from declared_checksum c where c.file_id = f.file_id) as checksums
                from data_file f where f.route = :route and f.state = 'EXPECTED' order by f.path
                """);
    }

    private static List<String> rejects(FreshRoute route) {
        return route.query("""
                select m.name, r.line, r.fault from manifest_reject r join manifest m using (manifest_id)
                where m.route = :route order by m.manifest_id, r.line
                """);
    }

    private static List<String> outcomes(FreshRoute route) {
        return route.query("""
                select name, outcome, rows, accepted, rejected from manifest where route = :route order by manifest_id
                """);
    }

    private static void assertCounts(StageResult result, long done, long quarantined, long pending) {
        assertThat(result.message()).isNull();
        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts())
                .isEqualTo(new Counts(done + quarantined + pending, done, quarantined, 0, pending, 0));
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of("E.md5", MD5 + "  sub/a.bam.cip\n" + MD5 + " *b.bam\n", new String[] {
                    "E|b.bam|null|null|PLAIN MD5 d4", "E|sub/a.bam|null|null|ENCRYPTED MD5 d4"
                }),
                Arguments.of(
                        "E.sha256", SHA256 + "  ./a.bam.c4gh\n", new String[] {"E|a.bam|null|null|ENCRYPTED SHA256 e3"
                        }),
                Arguments.of(
                        "E.txt",
                        "SHA256 (a.bam.gpg) = " + SHA256 + "\nMD5 (b (1).bam) = " + MD5 + "\n",
                        new String[] {"E|a.bam|null|null|ENCRYPTED SHA256 e3", "E|b (1).bam|null|null|PLAIN MD5 d4"}),
                Arguments.of(
                        "EGAD1.txt", "a.bam.cip\t" + MD5 + "\n", new String[] {"EGAD1|a.bam|null|null|PLAIN MD5 d4"}),
                Arguments.of(
                        "E.csv", "file;size;md5\na.bam;12;" + MD5 + "\n", new String[] {"E|a.bam|12|null|PLAIN MD5 d4"
                        }),
                Arguments.of(
                        "E.tsv",
                        "file\tencrypted size\tencrypted md5\tplain sha256\tdataset\na.bam.c4gh\t140\t" + MD5 + "\t"
                                + SHA256 + "\tD7\n",
                        new String[] {"D7|a.bam|null|140|ENCRYPTED MD5 d4, PLAIN SHA256 e3"}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void declaresTheFilesOfEachFormat(String name, String text, String[] files) throws IOException {
        FreshRoute route = route();
        route.manifest(name, text);
        assertCounts(route.run(Stage.INTAKE), files.length, 0, 0);
        assertThat(declared(route)).containsExactly(files);
        assertThat(route.query(
                        "select distinct e.reason, e.to_state, e.actor from file_event e join data_file using (file_id)"
                                + " where route = :route"))
                .containsExactly("DECLARED|EXPECTED|intake");
    }

    static Stream<Arguments> egaFiles() {
        return Stream.of(
                Arguments.of("ega-old-api.json", 0, new String[] {
                    "ega-old-api|EGAR1/a.bam|1000|null|PLAIN MD5 d4", "ega-old-api|b.bam|100|null|PLAIN MD5 0c"
                }),
                Arguments.of("ega-v1.json", 2, new String[] {"EGAD00000000001|a.bam|1000|null|PLAIN MD5 d4"}),
                Arguments.of("ega-v2.json", 0, new String[] {
                    "EGAD00000000001|a.bam|0|null|PLAIN SHA256 e3", "ega-v2|b.bam|1|null|PLAIN MD5 d4"
                }),
                Arguments.of("ega-run-table.csv", 0, new String[] {
                    "ega-run-table|folder/a, with comma.bam|null|null|ENCRYPTED MD5 0c, PLAIN MD5 d4",
                    "ega-run-table|he said \"b\".bam|null|null|ENCRYPTED MD5 0c, PLAIN MD5 d4"
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("egaFiles")
    void declaresTheFilesOfEachAnswerOfEga(String resource, int rejected, String[] files) throws IOException {
        FreshRoute route = route();
        Files.copy(
                Path.of("src/test/resources/manifest").resolve(resource),
                route.folder("manifests").resolve(resource));
        assertCounts(route.run(Stage.INTAKE), files.length, rejected, 0);
        assertThat(declared(route)).containsExactly(files);
    }

    @Test
    void readsTheColumnsThatTheRouteNames() throws IOException {
        FreshRoute route = FreshRoute.in(
                house,
                "  columns:\n    name: \"Fichier\"\n    md5: \"Somme claire\"\n    encrypted-size: \"Octets\"\n    dataset: \"Lot\"",
                AT_ONCE);
        route.manifest("E.csv", "Lot;Octets;Fichier;Somme claire;md5\nD1;77;x/a.bam.c4gh;" + MD5 + ";rubbish\n");
        assertCounts(route.run(Stage.INTAKE), 1, 0, 0);
        assertThat(declared(route)).containsExactly("D1|x/a.bam|null|77|PLAIN MD5 d4");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "../secret, PARENT_SEGMENT",
        "a/../../b, PARENT_SEGMENT",
        "/etc/passwd, ABSOLUTE_NAME",
        "a//b, EMPTY_SEGMENT",
        ".waybill/received/1, RESERVED_NAME",
        "...c4gh, MISSING_NAME",
        ".waybill.c4gh, MISSING_NAME",
        "a/..cip, MISSING_NAME",
        "a\u0007b, CONTROL_CHARACTER",
        "a\u0000b, NUL_CHARACTER"
    })
    void rejectsAHostileNameAndTakesTheOthers(String name, String fault) throws IOException {
        FreshRoute route = route();
        route.manifest("E.md5", MD5 + "  good.bam\n" + MD5 + "  " + name + "\n" + MD5 + "  other.bam\n");
        assertCounts(route.run(Stage.INTAKE), 2, 1, 0);
        assertThat(rejects(route)).containsExactly("E.md5|2|" + fault);
        assertThat(declared(route)).hasSize(2);
        assertThat(outcomes(route)).containsExactly("E.md5|TAKEN|3|2|1");
    }

    @Test
    void rejectsEachBadRowWithItsLineAndFault() throws IOException {
        FreshRoute route = route();
        route.manifest(
                "E.md5",
                String.join(
                        "\n",
                        MD5 + "  good.bam",
                        MD5 + "  " + "x".repeat(256),
                        MD5 + "  twice.bam",
                        MD5 + "  twice.bam",
                        MD5 + "  Case.bam",
                        MD5 + "  case.bam",
                        MD5 + "  caf\u00e9.bam",
                        MD5 + "  cafe\u0301.bam",
                        MD5 + "  two.bam",
                        OTHER_MD5 + "  two.bam",
                        "abc  short.bam",
                        ""));
        assertCounts(route.run(Stage.INTAKE), 2, 9, 0);
        assertThat(rejects(route))
                .containsExactly(
                        "E.md5|2|SEGMENT_TOO_LONG",
                        "E.md5|4|DUPLICATE_NAME",
                        "E.md5|5|CASE_TWIN",
                        "E.md5|6|CASE_TWIN",
                        "E.md5|7|UNICODE_TWIN",
                        "E.md5|8|UNICODE_TWIN",
                        "E.md5|9|CONFLICTING_DECLARATION",
                        "E.md5|10|CONFLICTING_DECLARATION",
                        "E.md5|11|BAD_CHECKSUM");
        assertThat(route.query("select path from data_file where route = :route order by path"))
                .containsExactly("good.bam", "twice.bam");
        assertThat(route.query("select r.detail from manifest_reject r join manifest m using (manifest_id)"
                        + " where m.route = :route and r.line = 4"))
                .containsExactly("twice.bam stands on line 3 already; remove one of the lines");
    }

    @Test
    void takesAManifestOnce() throws IOException {
        FreshRoute route = route();
        route.manifest("E.md5", MD5 + "  a.bam\n");
        assertCounts(route.run(Stage.INTAKE), 1, 0, 0);
        assertCounts(route.run(Stage.INTAKE), 0, 0, 0);
        assertThat(declared(route)).hasSize(1);
        assertThat(outcomes(route)).containsExactly("E.md5|TAKEN|1|1|0");
    }

    @Test
    void sharesTheFilesOfTheSameContentUnderAnotherName() throws IOException {
        FreshRoute route = route();
        route.manifest("E1.md5", MD5 + "  a.bam\n");
        assertCounts(route.run(Stage.INTAKE), 1, 0, 0);
        route.manifest("E2.md5", MD5 + "  a.bam\n");
        assertCounts(route.run(Stage.INTAKE), 1, 0, 0);
        assertThat(declared(route)).containsExactly("E1+E2|a.bam|null|null|PLAIN MD5 d4");
        assertThat(route.query("select e.reason, e.detail from file_event e join data_file using (file_id)"
                        + " where route = :route order by event_id"))
                .containsExactly("DECLARED|dataset E1, line 1", "DECLARED_AGAIN|dataset E2, line 1");
    }

    @Test
    void takesNothingOfAChangedManifestOfAKnownDataset() throws IOException {
        FreshRoute route = route();
        route.manifest("E.md5", MD5 + "  a.bam\n");
        assertCounts(route.run(Stage.INTAKE), 1, 0, 0);
        route.manifest("E.md5", OTHER_MD5 + "  a.bam\n" + MD5 + "  b.bam\nrubbish\n");
        assertCounts(route.run(Stage.INTAKE), 0, 3, 0);
        assertThat(declared(route)).containsExactly("E|a.bam|null|null|PLAIN MD5 d4");
        assertThat(outcomes(route)).containsExactly("E.md5|TAKEN|1|1|0", "E.md5|CONFLICT|3|0|0");
        assertThat(route.query("select detail from manifest where route = :route and outcome = 'CONFLICT'")
                        .get(0))
                .contains("another manifest declared this dataset before: E;");
        assertCounts(route.run(Stage.INTAKE), 0, 0, 0);
    }

    @Test
    void recordsAnUnreadableManifest() throws IOException {
        FreshRoute route = route();
        route.manifest("cut.json", "[{\"fileName\": \"a.bam\", \"checksum\": \"" + MD5 + "\"}, {\"fileName\": \"b");
        route.manifest("page.html", "<html>log in</html>");
        Files.write(route.folder("manifests").resolve("binary"), new byte[] {0x7f, 'E', 'L', 'F', 0, 1, -1, -2});
        Files.write(route.folder("manifests").resolve("empty.md5"), new byte[0]);
        route.manifest("good.md5", MD5 + "  g.bam\n");
        assertCounts(route.run(Stage.INTAKE), 1, 4, 0);
        assertThat(declared(route)).containsExactly("good|g.bam|null|null|PLAIN MD5 d4");
        assertThat(outcomes(route))
                .containsExactly(
                        "binary|UNREADABLE|1|0|0",
                        "cut.json|UNREADABLE|1|0|0",
                        "empty.md5|UNREADABLE|1|0|0",
                        "good.md5|TAKEN|1|1|0",
                        "page.html|UNREADABLE|1|0|0");
        assertThat(route.query("select count(*) from manifest_row")).containsExactly("0");
    }

    @Test
    void rejectsARowThatContradictsAFileOnItsWay() throws IOException {
        FreshRoute route = route();
        route.manifest("E1.csv", "file,size,md5\na.bam,10," + MD5 + "\nb.bam,10," + MD5 + "\nc.bam,10," + MD5 + "\n");
        assertCounts(route.run(Stage.INTAKE), 3, 0, 0);
        route.manifest(
                "E2.csv", "file,size,md5\na.bam,11," + MD5 + "\nb.bam,10," + OTHER_MD5 + "\nc.bam,10," + MD5 + "\n");
        assertCounts(route.run(Stage.INTAKE), 1, 2, 0);
        assertThat(rejects(route))
                .containsExactly("E2.csv|2|CONFLICTING_DECLARATION", "E2.csv|3|CONFLICTING_DECLARATION");
        assertThat(declared(route))
                .containsExactly(
                        "E1|a.bam|10|null|PLAIN MD5 d4",
                        "E1|b.bam|10|null|PLAIN MD5 d4",
                        "E1+E2|c.bam|10|null|PLAIN MD5 d4");
    }

    @Test
    void fillsInWhatASecondManifestDeclaresBeyond() throws IOException {
        FreshRoute route = route();
        route.manifest("E1.md5", MD5 + "  a.bam.c4gh\n");
        assertCounts(route.run(Stage.INTAKE), 1, 0, 0);
        route.manifest("E2.csv", "file,plain size,encrypted size,plain sha256\na.bam.c4gh,10,138," + SHA256 + "\n");
        assertCounts(route.run(Stage.INTAKE), 1, 0, 0);
        assertThat(declared(route)).containsExactly("E1+E2|a.bam|10|138|ENCRYPTED MD5 d4, PLAIN SHA256 e3");
    }

    @Test
    void comparesWithWhatWasMeasuredOfAProcessedFile() throws IOException {
        FreshRoute route = route();
        route.manifest("E1.md5", MD5 + "  a.bam\n" + MD5 + "  b.bam\n");
        assertCounts(route.run(Stage.INTAKE), 2, 0, 0);
        route.update("""
                update data_file set state = 'PROCESSED', plain_size = 10, plain_sha256 = :sha, archived_sha256 = :sha
                where route = :route
                """, Map.of("sha", SHA256));
        String otherSha = SHA256.replace('e', 'f');
        route.manifest("E2.csv", "file,size,sha256\na.bam,10," + otherSha + "\nb.bam,10," + SHA256 + "\n");
        assertCounts(route.run(Stage.INTAKE), 1, 1, 0);
        assertThat(rejects(route)).containsExactly("E2.csv|2|CONFLICTING_DECLARATION");
    }

    @Test
    void knowsAnArchivedFileByWhatWasMeasuredOfIt() throws IOException {
        FreshRoute route = route();
        route.manifest("E1.md5", MD5 + "  a.bam\n" + MD5 + "  b.bam\n");
        assertCounts(route.run(Stage.INTAKE), 2, 0, 0);
        route.update("""
                update data_file set state = 'ARCHIVED', plain_size = 10, plain_sha256 = :sha, archived_sha256 = :sha
                where route = :route
                """, Map.of("sha", SHA256));
        route.manifest(
                "E2.csv", "file,size,sha256\na.bam,10," + SHA256 + "\nb.bam,10," + SHA256.replace('e', 'f') + "\n");
        assertCounts(route.run(Stage.INTAKE), 2, 0, 0);
        assertThat(route.query("select path, state from data_file where route = :route order by file_id"))
                .containsExactly("a.bam|ARCHIVED", "b.bam|ARCHIVED", "b.bam|EXPECTED");
    }

    @Test
    void leavesAManifestThatIsStillYoung() throws IOException {
        FreshRoute route = FreshRoute.in(house, "", "  quiet-for: 12h");
        route.manifest("E.md5", MD5 + "  a.bam\n");
        assertCounts(route.run(Stage.INTAKE), 0, 0, 1);
        assertThat(outcomes(route)).isEmpty();
        house.pass(Duration.ofHours(13));
        assertCounts(route.run(Stage.INTAKE), 1, 0, 0);
    }

    @Test
    void passesOverWhatIsNoManifest() throws IOException {
        FreshRoute route = route();
        route.manifest(".hidden", "rubbish");
        route.manifest("E.md5.part", "rubbish");
        Files.createDirectories(route.folder("manifests").resolve("folder"));
        assertCounts(route.run(Stage.INTAKE), 0, 0, 0);
        assertThat(outcomes(route)).isEmpty();
    }

    @Test
    void beginsAnewWhereARunDied() throws IOException {
        FreshRoute route = route();
        Path manifest = route.manifest("E.md5", MD5 + "  a.bam\n" + MD5 + "  b.bam\nrubbish\n");
        leaveHalfRead(route, "E.md5", Uploads.sha256(Files.readAllBytes(manifest)));
        leaveHalfRead(route, "gone.md5", SHA256);
        assertCounts(route.run(Stage.INTAKE), 2, 1, 0);
        assertThat(outcomes(route)).containsExactly("E.md5|TAKEN|3|2|1");
        assertThat(rejects(route)).containsExactly("E.md5|3|MALFORMED_ROW");
        assertThat(declared(route)).hasSize(2);
        assertThat(route.query("select count(*) from manifest_row")).containsExactly("0");
    }

    private static void leaveHalfRead(FreshRoute route, String name, String sha256) {
        Map<String, String> values = Map.of("name", name, "sha", sha256);
        route.update("""
                insert into manifest (route, name, sha256, outcome, rows, run_id, seen_at)
                values (:route, :name, :sha, 'READING', 2, 0, now())
                """, values);
        route.update("""
                insert into manifest_row (manifest_id, line, dataset, path, twin_key, checksums)
                select manifest_id, 1, 'E', 'a.bam', 'a.bam', array ['PLAIN:MD5:00000000000000000000000000000000']
                from manifest where route = :route and name = :name and sha256 = :sha
                """, values);
        route.update("""
                insert into manifest_reject (manifest_id, line, fault, detail)
                select manifest_id, 3, 'MALFORMED_ROW', '' from manifest
                where route = :route and name = :name and sha256 = :sha
                """, values);
    }

    @Test
    void admitsNothingWhenAnUploaderChangesTheManifestMeanwhile() throws IOException {
        Path file = Files.writeString(home.resolve("growing.md5"), MD5 + "  a.bam\n");
        var hashBefore = OpenManifest.hash(file);
        Files.writeString(file, MD5 + "  a.bam\n" + MD5 + "  b.bam\n", StandardCharsets.UTF_8);
        try (OpenManifest manifest = new OpenManifest(1, file, hashBefore, Map.of())) {
            assertThat(manifest.next()).isInstanceOf(ManifestPart.RowRead.class);
            assertThat(manifest.next()).isInstanceOf(ManifestPart.RowRead.class);
            assertThat(manifest.next()).isInstanceOf(ManifestPart.Unreadable.class);
        }
    }
}
