package org.waybill.stage.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.House;
import org.waybill.ledger.Selection;
import org.waybill.run.Counts;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.FreshRoute;
import org.waybill.stage.Uploads;
import org.waybill.storage.FileFacts;
import org.waybill.storage.WorkingFolders;

/** Transfer on a real database and real folders: when a file has arrived, and that none is lost or in two places. */
class TransferJobIT {

    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";
    private static final String AT_ONCE = "  rule: renamed";
    private static final String QUIET = "  quiet-for: 5m\n  observations: 3";
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

    @BeforeEach
    void nothingHappensOutside() {
        house.whileWaiting(() -> {});
    }

    /** A route that expects files of these names. */
    private static FreshRoute expecting(String transfer, String... names) throws IOException {
        return declaring(
                transfer,
                "E.md5",
                List.of(names).stream().map(name -> MD5 + "  " + name + "\n").collect(Collectors.joining()));
    }

    private static FreshRoute declaring(String transfer, String manifest, String text) throws IOException {
        FreshRoute route = FreshRoute.in(house, "", transfer);
        declare(route, manifest, text);
        return route;
    }

    /** Takes a manifest; it is older than it looks, so that no time of the house needs to pass for it. */
    private static void declare(FreshRoute route, String manifest, String text) throws IOException {
        if (!text.isEmpty()) {
            route.manifest(manifest, text);
            Path job = house.home().resolve("jobs").resolve(route.name() + ".yaml");
            String asItIs = Files.readString(job);
            Files.writeString(
                    job, asItIs.replaceFirst("(?s)transfer:.*processing:", "transfer:\n" + AT_ONCE + "\nprocessing:"));
            assertThat(route.run(Stage.INTAKE).counts().done()).isPositive();
            Files.writeString(job, asItIs);
        }
    }

    private static void look(FreshRoute route, long done, long skipped, long pending) {
        StageResult result = route.run(Stage.TRANSFER);
        assertThat(result.message()).isNull();
        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        Counts counts = result.counts();
        assertThat(new Counts(counts.found(), counts.done(), 0, counts.skipped(), counts.pending(), 0))
                .isEqualTo(new Counts(done + skipped + pending, done, 0, skipped, pending, 0));
        assertThat(route.query("select count(*) from observation where route = :route and file_id is not null"))
                .containsExactly("0");
    }

    private static List<String> arrived(FreshRoute route) {
        return route.query("""
                select path, arrived_as, arrival_rule from data_file where route = :route and state = 'ARRIVED' order by path
                """);
    }

    private static List<String> observed(FreshRoute route) {
        return route.query("select path, observations, fault from observation where route = :route order by path");
    }

    private static Path received(FreshRoute route, String path) {
        String id = route.query("select file_id from data_file where route = :route and path = '" + path + "'")
                .get(0);
        return route.folder("incoming").resolve(".waybill/received").resolve(id);
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void takesAFileThatWasQuietLongEnoughAndOftenEnough() throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        Path file = route.upload("a.bam.c4gh", "content");
        look(route, 0, 0, 1);
        house.pass(QUIET_TIME);
        look(route, 0, 0, 1);
        house.pass(QUIET_TIME.minusSeconds(1));
        look(route, 0, 0, 1);
        look(route, 0, 0, 1);
        house.pass(Duration.ofSeconds(1));
        look(route, 1, 0, 0);
        assertThat(arrived(route)).containsExactly("a.bam|a.bam.c4gh|QUIET");
        assertThat(exists(file)).isFalse();
        assertThat(received(route, "a.bam")).hasContent("content");
        assertThat(route.query("select e.reason, e.detail from file_event e join data_file using (file_id)"
                        + " where route = :route and to_state = 'ARRIVED'"))
                .containsExactly("QUIET|as a.bam.c4gh, 7 bytes");
        look(route, 0, 0, 0);
    }

    @Test
    void countsNoLooksThatAreTooClose() throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        route.upload("a.bam", "content");
        for (int i = 0; i < 4; i++) {
            look(route, 0, 0, 1);
            house.pass(Duration.ofMinutes(1));
        }
        assertThat(observed(route)).containsExactly("a.bam|1|null");
    }

    @Test
    void isNotSpedUpByAClockThatIsSetForward() throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        route.upload("a.bam", "content");
        look(route, 0, 0, 1);
        for (Duration ahead : List.of(Duration.ofHours(1), Duration.ofDays(1))) {
            house.setClock(ahead);
            look(route, 0, 0, 1);
            assertThat(observed(route)).as("set forward by %s", ahead).containsExactly("a.bam|1|null");
        }
        house.pass(QUIET_TIME);
        look(route, 0, 0, 1);
        assertThat(observed(route)).containsExactly("a.bam|2|null");
        house.setClock(Duration.ofDays(1));
        house.pass(QUIET_TIME);
        look(route, 1, 0, 0);
        house.setClock(Duration.ofDays(-2).minusHours(1));
    }

    @Test
    void isNotSpedUpByAClockThatGoesBack() throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        route.upload("a.bam", "content");
        look(route, 0, 0, 1);
        house.pass(Duration.ofHours(-2));
        look(route, 0, 0, 1);
        house.pass(QUIET_TIME);
        look(route, 0, 0, 1);
        assertThat(observed(route)).containsExactly("a.bam|2|null");
        house.pass(QUIET_TIME);
        look(route, 1, 0, 0);
        house.pass(Duration.ofHours(2));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"x.bam.c4gh, encrypted-size, 7", "x.bam, plain-size, 7", "x.bam.cip, plain-size, -9"})
    void takesAFileOfItsDeclaredSizeAfterOneQuietTime(String name, String column, long size) throws IOException {
        long declared = size < 0 ? 7 : size;
        String content = "x".repeat(name.endsWith(".cip") ? 7 + 16 : 7);
        FreshRoute route =
                declaring(QUIET, "E.csv", "file," + column + ",plain md5\n" + name + "," + declared + "," + MD5 + "\n");
        route.upload(name, content);
        look(route, 0, 0, 1);
        house.pass(QUIET_TIME);
        look(route, 1, 0, 0);
        assertThat(arrived(route)).containsExactly("x.bam|" + name + "|DECLARED_SIZE");
    }

    @Test
    void waitsLongerForAFileOfAnotherThanItsDeclaredSize() throws IOException {
        FreshRoute route = declaring(QUIET, "E.csv", "file,plain size,plain md5\nx.bam,8," + MD5 + "\n");
        route.upload("x.bam", "content");
        look(route, 0, 0, 1);
        house.pass(QUIET_TIME);
        look(route, 0, 0, 1);
        house.pass(QUIET_TIME);
        look(route, 1, 0, 0);
        assertThat(arrived(route)).containsExactly("x.bam|x.bam|QUIET");
    }

    @Test
    void takesARenamedFileAtOnce() throws IOException {
        FreshRoute route = expecting(AT_ONCE, "a.bam", "b.bam");
        route.upload("a.bam.c4gh", "content");
        route.upload("b.bam.c4gh.part", "cont");
        route.upload(".hidden/b.bam.c4gh", "cont");
        look(route, 1, 0, 0);
        assertThat(arrived(route)).containsExactly("a.bam|a.bam.c4gh|RENAMED");
    }

    @Test
    void takesAFileBesideItsDoneFile() throws IOException {
        FreshRoute route = expecting("  rule: done-file", "a.bam", "b.bam");
        route.upload("a.bam.c4gh", "content");
        Path done = route.upload("a.bam.c4gh.done", "");
        route.upload("b.bam.c4gh", "content");
        look(route, 1, 0, 1);
        assertThat(arrived(route)).containsExactly("a.bam|a.bam.c4gh|DONE_FILE");
        assertThat(exists(done)).isFalse();
    }

    @Test
    void looksSeveralTimesInOneRunThatMayWait() throws IOException {
        FreshRoute route = expecting(QUIET + "\n  wait-for: 1h", "a.bam");
        route.upload("a.bam", "content");
        look(route, 1, 0, 0);
        assertThat(arrived(route)).containsExactly("a.bam|a.bam|QUIET");
    }

    @Test
    void keepsLookingAtAFileThatChangesWhileItWaits() throws IOException {
        FreshRoute route = expecting(QUIET + "\n  wait-for: 1h", "a.bam");
        Path file = route.upload("a.bam", "content");
        AtomicBoolean grown = new AtomicBoolean();
        house.whileWaiting(() -> {
            if (!grown.getAndSet(true)) {
                write(file, "more content");
            }
        });
        look(route, 1, 0, 0);
        assertThat(received(route, "a.bam")).hasContent("more content");
    }

    @Test
    void endsWithAFileThatNeverStopsGrowing() throws IOException {
        FreshRoute route = expecting(QUIET + "\n  wait-for: 20m", "a.bam");
        Path file = route.upload("a.bam", "content");
        AtomicBoolean odd = new AtomicBoolean();
        house.whileWaiting(() -> write(file, odd.getAndSet(!odd.get()) ? "one" : "three"));
        look(route, 0, 0, 1);
        assertThat(observed(route)).containsExactly("a.bam|1|null");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private interface Change {
        void to(Path file) throws IOException;
    }

    private static void assertNoticed(Change change) throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        Path file = route.upload("a.bam", "content");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        look(route, 0, 0, 1);
        house.pass(QUIET_TIME);
        look(route, 0, 0, 1);
        change.to(file);
        house.pass(QUIET_TIME);
        look(route, 0, 0, 1);
        assertThat(observed(route)).containsExactly("a.bam|1|null");
        house.pass(QUIET_TIME);
        look(route, 0, 0, 1);
        house.pass(QUIET_TIME);
        look(route, 1, 0, 0);
    }

    @Test
    void noticesAFileThatShrinks() throws IOException {
        assertNoticed(file -> Files.writeString(file, "cont"));
    }

    @Test
    void noticesARewriteOfTheSameSizeAndTime() throws IOException {
        assertNoticed(file -> {
            FileTime modified = Files.getLastModifiedTime(file);
            Files.writeString(file, "CONTENT");
            Files.setLastModifiedTime(file, modified);
        });
    }

    @Test
    void noticesAReplacementOfTheSameSizeAndTime() throws IOException {
        assertNoticed(file -> {
            Path other = Files.writeString(file.resolveSibling("a.bam.part"), "content");
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
            Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        });
    }

    @Test
    void leavesWhatIsNoFileAndSaysWhy() throws IOException, InterruptedException {
        FreshRoute route = expecting(AT_ONCE, "link.bam", "fifo.bam", "good.bam");
        Path incoming = route.folder("incoming");
        Files.createSymbolicLink(incoming.resolve("link.bam"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(incoming.resolve("folder"), Path.of("/etc"));
        shell(incoming, "mkfifo fifo.bam; touch $'bad\\xff.bam' $'bad\\xfe.bam'");
        route.upload("good.bam", "content");
        look(route, 1, 5, 0);
        assertThat(observed(route))
                .containsExactlyInAnyOrder(
                        "bad%FE.bam|1|its name is not UTF-8",
                        "bad%FF.bam|1|its name is not UTF-8",
                        "fifo.bam|1|it is a pipe, socket or device",
                        "folder|1|it is a symbolic link",
                        "link.bam|1|it is a symbolic link");
        assertThat(arrived(route)).containsExactly("good.bam|good.bam|RENAMED");
    }

    private static void shell(Path folder, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void takesAnUnexpectedFileUpWhenItsManifestComes() throws IOException {
        FreshRoute route = FreshRoute.in(house, "", QUIET);
        route.upload("late.bam.c4gh", "content");
        for (int i = 0; i < 3; i++) {
            look(route, 0, 0, 1);
            house.pass(QUIET_TIME);
        }
        assertThat(observed(route)).containsExactly("late.bam.c4gh|3|null");
        declare(route, "E.md5", MD5 + "  late.bam.gpg\n");
        look(route, 1, 0, 0);
        assertThat(arrived(route)).containsExactly("late.bam|late.bam.c4gh|QUIET");
    }

    @Test
    void findsABareNameInAnyFolderIfThereIsOnlyOne() throws IOException {
        FreshRoute route = expecting(AT_ONCE, "a.bam", "b.bam", "sub/c.bam");
        route.upload("x/y/a.bam.c4gh", "content");
        route.upload("x/b.bam.c4gh", "content");
        route.upload("y/b.bam.c4gh", "content");
        route.upload("other/c.bam.c4gh", "content");
        look(route, 1, 0, 3);
        assertThat(arrived(route)).containsExactly("a.bam|x/y/a.bam.c4gh|RENAMED");
    }

    @Test
    void leavesTwoFilesThatCouldBeTheSameOne() throws IOException {
        FreshRoute route = expecting(AT_ONCE, "x.bam");
        route.upload("x.bam.c4gh", "content");
        Path other = route.upload("x.bam.cip", "content");
        look(route, 0, 0, 2);
        assertThat(arrived(route)).isEmpty();
        Files.delete(other);
        look(route, 1, 0, 0);
    }

    @Test
    void takesOnlyWhatIsAskedFor() throws IOException {
        FreshRoute route = expecting(AT_ONCE, "a.bam", "b.bam");
        route.upload("a.bam.c4gh", "content");
        route.upload("b.bam.c4gh", "content");
        assertThat(route.run(Stage.TRANSFER, new Selection(null, List.of("b.bam.c4gh")))
                        .counts()
                        .done())
                .isEqualTo(1);
        assertThat(route.run(Stage.TRANSFER, new Selection("other", List.of()))
                        .counts()
                        .done())
                .isZero();
        assertThat(arrived(route)).containsExactly("b.bam|b.bam.c4gh|RENAMED");
        assertThat(route.run(Stage.TRANSFER, new Selection("E", List.of()))
                        .counts()
                        .done())
                .isEqualTo(1);
    }

    /** Leaves a claim as a run does that dies after it claimed a file. */
    private static void claim(FreshRoute route, Path file, String as, String path) throws IOException {
        FileFacts facts = FileFacts.of(file);
        route.update(
                """
                insert into observation (route, path, match_path, match_name, size_bytes, modified_ns, changed_ns, inode,
                                         first_seen_at, counted_at, observations, look, done_file, file_id, arrival_rule)
                select :route, :as, :path, :path, :size, :modified, :changed, :inode, now(), now(), 3,
                       nextval('look_number'), false, file_id, 'QUIET'
                from data_file where route = :route and path = :path
                """,
                Map.of(
                        "as",
                        as,
                        "path",
                        path,
                        "size",
                        facts.sizeBytes(),
                        "modified",
                        facts.modifiedNs(),
                        "changed",
                        facts.changedNs(),
                        "inode",
                        facts.inode()));
    }

    @Test
    void endsWhatARunBeganThatDiedBeforeItMovedTheFile() throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        Path file = route.upload("a.bam.c4gh", "content");
        claim(route, file, "a.bam.c4gh", "a.bam");
        look(route, 1, 0, 0);
        assertThat(arrived(route)).containsExactly("a.bam|a.bam.c4gh|QUIET");
        assertThat(exists(file)).isFalse();
    }

    private static Path moved(FreshRoute route) throws IOException {
        Path file = route.upload("a.bam.c4gh", "content");
        claim(route, file, "a.bam.c4gh", "a.bam");
        Path received = received(route, "a.bam");
        new WorkingFolders(route.folder("incoming"), route.folder("archive")).create();
        return Files.move(file, received);
    }

    @Test
    void endsWhatARunBeganThatDiedAfterItMovedTheFile() throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        Path received = moved(route);
        look(route, 1, 0, 0);
        assertThat(arrived(route)).containsExactly("a.bam|a.bam.c4gh|QUIET");
        assertThat(received).hasContent("content");
    }

    @Test
    void keepsWhatWasMovedWhenItIsUploadedAgainMeanwhile() throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        Path received = moved(route);
        Path again = route.upload("a.bam.c4gh", "another");
        look(route, 1, 0, 0);
        assertThat(received).hasContent("content");
        assertThat(again).hasContent("another");
        look(route, 0, 0, 1);
    }

    @Test
    void givesAClaimUpWhoseFileVanished() throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        Path file = route.upload("a.bam.c4gh", "content");
        claim(route, file, "a.bam.c4gh", "a.bam");
        Files.delete(file);
        look(route, 0, 0, 1);
        look(route, 0, 0, 0);
        assertThat(arrived(route)).isEmpty();
    }

    @Test
    void givesAClaimUpWhoseFileWasRewrittenWithTheSameSizeAndTime() throws IOException {
        FreshRoute route = expecting(QUIET, "a.bam");
        Path file = route.upload("a.bam.c4gh", "content");
        claim(route, file, "a.bam.c4gh", "a.bam");
        FileTime modified = Files.getLastModifiedTime(file);
        Files.writeString(file, "CONTENT");
        Files.setLastModifiedTime(file, modified);
        look(route, 0, 0, 1);
        assertThat(exists(file)).isTrue();
        assertThat(observed(route)).containsExactly("a.bam.c4gh|1|null");
    }

    @Test
    void claimsNothingElseForAFileThatIsClaimed() throws IOException {
        FreshRoute route = expecting(AT_ONCE, "a.bam");
        moved(route);
        Path other = route.upload("a.bam.cip", "another");
        look(route, 1, 0, 1);
        assertThat(arrived(route)).containsExactly("a.bam|a.bam.c4gh|QUIET");
        assertThat(exists(other)).isTrue();
    }

    @Test
    void leavesAFileThatIsUploadedAgainWhileItIsInQuarantine() throws IOException {
        FreshRoute route = expecting(AT_ONCE, "sub/a.bam", "a.bam");
        route.upload("sub/a.bam", "content");
        look(route, 1, 0, 0);
        route.update("""
                update data_file set state = 'QUARANTINED', held_state = 'ARRIVED', reason = 'DAMAGED'
                where route = :route and state = 'ARRIVED'
                """, Map.of());
        Path again = route.upload("sub/a.bam", "content");
        look(route, 0, 0, 1);
        assertThat(exists(again)).isTrue();
    }

    @Test
    void keepsWhatWasReceivedBeforeAFileWasSetBackToExpected() throws IOException {
        FreshRoute route = expecting(AT_ONCE, "a.bam");
        route.upload("a.bam", "first");
        look(route, 1, 0, 0);
        route.update("update data_file set state = 'EXPECTED', arrived_at = null where route = :route", Map.of());
        route.upload("a.bam", "second");
        look(route, 1, 0, 0);
        assertThat(received(route, "a.bam")).hasContent("second");
        try (var kept = Files.list(route.folder("incoming").resolve(".waybill/quarantine"))) {
            assertThat(kept).singleElement().satisfies(file -> assertThat(file).hasContent("first"));
        }
    }

    @Test
    void looksAtManyFilesInOnePass() throws IOException {
        int files = Integer.getInteger("waybill.test.files", 20_000);
        FreshRoute route = declaring(
                AT_ONCE,
                "E.md5",
                IntStream.range(0, files)
                        .mapToObj(i -> MD5 + "  " + i % 100 + "/" + i + ".bam\n")
                        .collect(Collectors.joining()));
        for (int i = 0; i < files; i++) {
            route.upload(i % 100 + "/" + i + ".bam.c4gh", "");
        }
        long begin = System.nanoTime();
        look(route, files, 0, 0);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        System.getLogger(TransferJobIT.class.getName())
                .log(System.Logger.Level.WARNING, "{0} files: {1} ms", files, taken.toMillis());
        assertThat(taken).isLessThan(Duration.ofMinutes(2));
    }
}
