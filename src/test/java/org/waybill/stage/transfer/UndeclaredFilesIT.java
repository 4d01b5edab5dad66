package org.waybill.stage.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Selection;
import org.waybill.ledger.Stamp;
import org.waybill.route.RouteFiles;
import org.waybill.run.Counts;
import org.waybill.run.Plan;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.FreshRoute;
import org.waybill.stage.Uploads;

/** Transfer on routes that take files which nothing declares: what is taken, as what, and what waits and why. */
class UndeclaredFilesIT {

    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";
    private static final String AT_ONCE = "  rule: renamed\n  unexpected: accept";
    private static final String BY_FOLDER = AT_ONCE + "\n  dataset: folder";
    private static final String QUIET = "  quiet-for: 5m\n  observations: 3\n  unexpected: accept";
    private static final Duration QUIET_TIME = Duration.ofMinutes(5);

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

    private static FreshRoute route(String transfer) {
        return FreshRoute.in(house, "", transfer);
    }

    private static void look(FreshRoute route, long done, long pending) {
        assertLooked(route.run(Stage.TRANSFER), done, pending);
    }

    private static void assertLooked(StageResult result, long done, long pending) {
        assertThat(result.message()).isNull();
        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        Counts counts = result.counts();
        assertThat(new Counts(
                        counts.found(), counts.done(), counts.quarantined(), counts.skipped(), counts.pending(), 0))
                .isEqualTo(new Counts(done + pending, done, 0, 0, pending, 0));
    }

    /** Each file with its state, version and datasets. */
    private static List<String> files(FreshRoute route) {
        return route.query("""
                select f.path, f.state, f.version, array_to_string(array_agg(d.name order by d.name), ' ')
                from data_file f join dataset_file df using (file_id) join dataset d using (dataset_id)
                where f.route = :route group by f.file_id order by f.path, f.version
                """);
    }

    private static List<String> unexpected(FreshRoute route) {
        return route.query("select path, reason from unexpected_file where route = :route order by path");
    }

    private static String today() {
        return LocalDate.ofInstant(house.bean(InstantSource.class).instant(), ZoneOffset.UTC)
                .toString();
    }

    private static void declare(FreshRoute route, String manifest, String... names) throws IOException {
        route.manifest(
                manifest,
                List.of(names).stream().map(name -> MD5 + "  " + name + "\n").collect(Collectors.joining()));
        assertThat(route.run(Stage.INTAKE).counts().done()).isEqualTo(names.length);
    }

    /** Puts a file on its way further, as the next stages do. */
    private static void archived(FreshRoute route) {
        route.update("""
                update data_file set state = 'ARCHIVED', plain_sha256 = repeat('a', 64), archived_sha256 = repeat('b', 64)
                where route = :route and state = 'ARRIVED'
                """, Map.of());
    }

    @Test
    void takesWhatNothingDeclaresOnceItHasArrived() throws IOException {
        FreshRoute route = route(QUIET);
        route.upload("ward/report.pdf.c4gh", "content");
        look(route, 0, 1);
        house.pass(QUIET_TIME);
        look(route, 0, 1);
        assertThat(unexpected(route)).as("it is on its way").isEmpty();
        assertThat(files(route)).isEmpty();
        house.pass(QUIET_TIME);
        look(route, 1, 0);
        assertThat(files(route)).containsExactly("ward/report.pdf|ARRIVED|1|" + today());
        assertThat(route.query("select arrived_as, arrival_rule from data_file where route = :route"))
                .containsExactly("ward/report.pdf.c4gh|QUIET");
        assertThat(route.query("""
                        select e.from_state, e.to_state, e.reason, e.detail, e.actor, e.run_id is null
                        from file_event e join data_file using (file_id) where route = :route order by event_id
                        """))
                .containsExactly(
                        "null|EXPECTED|UNDECLARED|dataset " + today() + "|transfer|f",
                        "EXPECTED|ARRIVED|QUIET|as ward/report.pdf.c4gh, 7 bytes|transfer|f");
        assertThat(route.query("select manifest_id, line from dataset_file df join data_file using (file_id)"
                        + " where route = :route"))
                .containsExactly("null|null");
        look(route, 0, 0);
    }

    @Test
    void takesAFileOfADoneFileOnlyWithIt() throws IOException {
        FreshRoute route = route("  rule: done-file\n  unexpected: accept");
        route.upload("a.pdf", "content");
        route.upload("b.pdf", "content");
        route.upload("b.pdf.done", "");
        look(route, 1, 1);
        assertThat(files(route)).containsExactly("b.pdf|ARRIVED|1|" + today());
    }

    @Test
    void datasetIsThatOfTheDayByOurClock() throws IOException {
        FreshRoute route = route(AT_ONCE);
        route.upload("a.pdf", "content");
        String yesterday = today();
        look(route, 1, 0);
        house.pass(Duration.ofDays(1));
        route.upload("b.pdf", "content");
        route.upload("c.pdf", "content");
        look(route, 2, 0);
        assertThat(files(route))
                .containsExactly(
                        "a.pdf|ARRIVED|1|" + yesterday, "b.pdf|ARRIVED|1|" + today(), "c.pdf|ARRIVED|1|" + today());
    }

    @Test
    void datasetIsTheFirstFolderIfTheRouteSaysSo() throws IOException {
        FreshRoute route = route(BY_FOLDER);
        route.upload("clinic 1/2026/a.pdf", "content");
        route.upload("clinic 1/b.pdf", "content");
        route.upload("c.pdf", "content");
        look(route, 3, 0);
        assertThat(files(route))
                .containsExactly(
                        "c.pdf|ARRIVED|1|" + today(),
                        "clinic 1/2026/a.pdf|ARRIVED|1|clinic 1",
                        "clinic 1/b.pdf|ARRIVED|1|clinic 1");
    }

    @Test
    void needsNoManifests() throws IOException {
        FreshRoute route = route(AT_ONCE);
        Path job = house.home().resolve("jobs").resolve(route.name() + ".yaml");
        Files.writeString(
                job, Files.readString(job).replace("intake:\n  manifests: " + route.name() + "/manifests\n", ""));
        StageResult intake = route.run(Stage.INTAKE);
        assertThat(intake.status()).isEqualTo(Status.COMPLETED);
        assertThat(intake.counts().found()).isZero();
        route.upload("a.pdf", "content");
        look(route, 1, 0);
    }

    @Test
    void leavesWhatIntakeWouldRejectOfNames() throws IOException {
        FreshRoute route = route("  rule: renamed\n  ignore: [\"*.part\"]\n  unexpected: accept");
        route.upload("line\nbreak.pdf", "content");
        route.upload("sub/...gpg", "content");
        route.upload("sub/..gpg", "content");
        route.upload("Case.pdf", "content");
        route.upload("case.pdf", "content");
        route.upload("gru\u0308n.pdf", "content");
        route.upload("gr\u00fcn.pdf", "content");
        route.upload("suffix.pdf.gpg", "content");
        route.upload("suffix.pdf.c4gh", "content");
        route.upload("good.pdf", "content");
        look(route, 1, 9);
        String twin = "another file there has the same name but for upper and lower case or its Unicode form";
        String suffix = "another file there has the same name but for its suffix";
        assertThat(unexpected(route))
                .containsExactlyInAnyOrder(
                        "line\nbreak.pdf|the name holds a control character, such as a line break; rename the file",
                        "sub/...gpg|the name holds a '..' segment; write the path below the incoming folder, without '..'",
                        "sub/..gpg|without its suffix it has no name; rename it",
                        "Case.pdf|" + twin,
                        "case.pdf|" + twin,
                        "gru\u0308n.pdf|" + twin,
                        "gr\u00fcn.pdf|" + twin,
                        "suffix.pdf.gpg|" + suffix,
                        "suffix.pdf.c4gh|" + suffix);
        assertThat(files(route)).containsExactly("good.pdf|ARRIVED|1|" + today());
    }

    @Test
    void leavesATwinOfAFileThatTheLedgerKnows() throws IOException {
        FreshRoute route = route(AT_ONCE);
        declare(route, "E.md5", "Stra\u00dfe/declared.pdf", "old.pdf");
        route.upload("taken.pdf", "content");
        look(route, 1, 0);
        archived(route);
        route.update("update data_file set twin_key = null where route = :route and path = 'old.pdf'", Map.of());
        route.upload("TAKEN.pdf", "content");
        route.upload("STRASSE/declared.pdf", "content");
        route.upload("OLD.pdf", "content");
        look(route, 0, 3);
        assertThat(unexpected(route))
                .hasSize(3)
                .allMatch(reason ->
                        reason.matches(".*it has the same name as file \\d+ but for upper and lower case.*rename it"));
    }

    @Test
    void leavesWhatAManifestMayMean() throws IOException {
        FreshRoute route = route(AT_ONCE);
        declare(route, "E.md5", "bare.pdf", "sub/exact.pdf", "one.pdf");
        route.upload("x/bare.pdf", "content");
        route.upload("y/bare.pdf", "content");
        route.upload("sub/exact.pdf.c4gh", "content");
        route.upload("sub/exact.pdf.gpg", "content");
        route.upload("z/one.pdf", "content");
        route.upload("other.pdf", "content");
        look(route, 2, 4);
        assertThat(files(route))
                .containsExactly(
                        "bare.pdf|EXPECTED|1|E",
                        "one.pdf|ARRIVED|1|E",
                        "other.pdf|ARRIVED|1|" + today(),
                        "sub/exact.pdf|EXPECTED|1|E");
        assertThat(unexpected(route)).hasSize(4);
    }

    /** A name that no manifest gives is that of a file in no folder, and of no other: two clinics may use the same names. */
    @Test
    void takesNoFileOfAFolderInThePlaceOfOneInNone() throws IOException {
        FreshRoute route = route(AT_ONCE);
        route.upload("a.pdf", "content");
        look(route, 1, 0);
        route.update("update data_file set state = 'EXPECTED', arrived_at = null where route = :route", Map.of());
        route.upload("clinic/a.pdf", "another");
        look(route, 1, 0);
        assertThat(files(route)).containsExactly("a.pdf|EXPECTED|1|" + today(), "clinic/a.pdf|ARRIVED|1|" + today());
    }

    @Test
    void nextVersionWaitsUntilTheOneBeforeIsArchived() throws IOException {
        FreshRoute route = route(AT_ONCE);
        route.upload("a.pdf.c4gh", "first");
        look(route, 1, 0);
        route.upload("a.pdf.c4gh", "second");
        look(route, 0, 1);
        assertThat(unexpected(route))
                .singleElement()
                .asString()
                .matches(
                        "a.pdf.c4gh\\|file \\d+ of this path is ARRIVED, and this one waits until that one is archived");
        archived(route);
        look(route, 1, 0);
        assertThat(files(route)).containsExactly("a.pdf|ARCHIVED|1|" + today(), "a.pdf|ARRIVED|2|" + today());
        assertThat(route.query("""
                        select e.detail from file_event e join data_file using (file_id)
                        where route = :route and e.reason = 'UNDECLARED' order by event_id
                        """)).containsExactly("dataset " + today(), "dataset " + today() + ", version 2");
    }

    @Test
    void correctedFileWaitsForAPersonWhileTheOneBeforeIsInQuarantine() throws IOException {
        FreshRoute route = route(AT_ONCE);
        route.upload("a.pdf", "damaged");
        look(route, 1, 0);
        long id = Long.parseLong(route.query("select file_id from data_file where route = :route")
                .get(0));
        Stamp person = new Stamp(java.time.Instant.EPOCH, null, "me");
        Ledger ledger = house.bean(Ledger.class);
        assertThat(ledger.move(
                        new Ledger.Move(id, FileState.ARRIVED, FileState.QUARANTINED, "DAMAGED", "as found"), person))
                .isTrue();
        route.upload("a.pdf", "corrected");
        look(route, 0, 1);
        assertThat(unexpected(route))
                .containsExactly(
                        "a.pdf|file " + id + " of this path is QUARANTINED, and this one waits; to have it taken"
                                + " in its place: waybill files set-state " + id + " EXPECTED --reason \"…\"");
        assertThat(ledger.set(id, FileState.QUARANTINED, FileState.EXPECTED, "corrected", person))
                .isTrue();
        look(route, 1, 0);
        assertThat(files(route)).containsExactly("a.pdf|ARRIVED|1|" + today());
        assertThat(route.folder("incoming").resolve(".waybill/received/" + id)).hasContent("corrected");
    }

    @Test
    void takesOnlyWhatIsAskedFor() throws IOException {
        FreshRoute route = route(BY_FOLDER);
        route.upload("one/a.pdf.c4gh", "content");
        route.upload("two/b.pdf", "content");
        route.upload("c.pdf", "content");
        assertLooked(route.run(Stage.TRANSFER, new Selection("none", List.of())), 0, 3);
        assertThat(files(route)).isEmpty();
        assertLooked(route.run(Stage.TRANSFER, new Selection("two", List.of())), 1, 2);
        assertLooked(route.run(Stage.TRANSFER, new Selection(null, List.of("one/a.pdf.c4gh"))), 1, 1);
        assertThat(files(route)).containsExactly("one/a.pdf|ARRIVED|1|one", "two/b.pdf|ARRIVED|1|two");
        assertLooked(route.run(Stage.TRANSFER, new Selection(today(), List.of())), 1, 0);
    }

    @Test
    void planSaysWhatWouldBeTaken() throws IOException {
        FreshRoute route = route(AT_ONCE);
        route.upload("a.pdf", "content");
        route.upload("line\nbreak.pdf", "content");
        Plan plan = house.bean(TransferStage.class).plan(new RouteFiles(home).named(route.name()), Selection.ALL);
        assertThat(plan.actions())
                .containsExactlyInAnyOrder(
                        new Plan.Action(
                                "a.pdf",
                                "look at it, and take it if it has arrived and none of its path is on its way"),
                        new Plan.Action(
                                "line\nbreak.pdf",
                                "leave it where it is: the name holds a control character, such as a line break; rename"
                                        + " the file"));
        assertThat(files(route)).isEmpty();
    }

    /** A run may die between the claim and the move, or give the claim up: the file is EXPECTED then, and nothing else. */
    @Test
    void endsWhatARunBeganThatDiedAfterItDeclaredAFile() throws IOException {
        FreshRoute route = route(AT_ONCE);
        Path file = route.upload("a.pdf", "content");
        look(route, 1, 0);
        String id = route.query("select file_id from data_file where route = :route")
                .get(0);
        Files.move(route.folder("incoming").resolve(".waybill/received").resolve(id), file);
        route.update("update data_file set state = 'EXPECTED', arrived_at = null where route = :route", Map.of());
        look(route, 1, 0);
        assertThat(files(route)).containsExactly("a.pdf|ARRIVED|1|" + today());
        assertThat(route.query("select count(*) from file_event join data_file using (file_id)"
                        + " where route = :route and file_event.reason = 'UNDECLARED'"))
                .containsExactly("1");
    }

    @Test
    void joinsTheDatasetOfAManifestAndIsDeclaredByALaterOne() throws IOException {
        FreshRoute route = route(BY_FOLDER);
        declare(route, "E.md5", "E/a.pdf");
        route.upload("E/b.pdf", "content");
        route.upload("F/c.pdf", "content");
        look(route, 2, 0);
        declare(route, "G.md5", "F/c.pdf");
        assertThat(files(route))
                .containsExactly("E/a.pdf|EXPECTED|1|E", "E/b.pdf|ARRIVED|1|E", "F/c.pdf|ARRIVED|1|F G");
    }

    @Test
    void leavesAllWhereTheRouteWaitsForManifests() throws IOException {
        FreshRoute route = route("  rule: renamed\n  unexpected: wait");
        route.upload("a.pdf", "content");
        look(route, 0, 1);
        assertThat(unexpected(route)).containsExactly("a.pdf|no manifest expects it");
    }

    @Test
    void takesManyFilesInOnePass() throws IOException {
        int files = Integer.getInteger("waybill.test.undeclared", 10_000);
        FreshRoute route = route(BY_FOLDER);
        for (int i = 0; i < files; i++) {
            route.upload(i % 100 + "/" + i + ".pdf.c4gh", "");
        }
        long begin = System.nanoTime();
        look(route, files, 0);
        System.getLogger(UndeclaredFilesIT.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "{0} undeclared files: {1} ms",
                        files,
                        (System.nanoTime() - begin) / 1_000_000);
        assertThat(route.query("""
                        select count(*), count(distinct d.name), count(distinct f.file_id)
                        from data_file f join dataset_file df using (file_id) join dataset d using (dataset_id)
                        where f.route = :route and f.state = 'ARRIVED' and split_part(f.path, '/', 1) = d.name
                        """)).containsExactly(files + "|100|" + files);
        look(route, 0, 0);
    }
}
