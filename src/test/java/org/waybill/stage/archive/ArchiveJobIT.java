package org.waybill.stage.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.waybill.House;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Stamp;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;
import org.waybill.storage.Directories;

/** Final names: given once, whole, with their check-sum files, and never taken from anybody. */
class ArchiveJobIT {

    private static final byte[] PLAIN = "content of a file".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "what stood there before".getBytes(StandardCharsets.UTF_8);
    private static final Stamp PERSON = new Stamp(java.time.Instant.EPOCH, null, "me");

    @TempDir
    Path home;

    private Uploads uploads;
    private House house;
    private Floor floor;

    @BeforeEach
    void open() throws IOException {
        uploads = Uploads.in(home);
        house = House.in(home);
        floor = new Floor(house);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void realToolsVerifyTheCheckSumFilesWhateverTheName() throws Exception {
        List<String> names = List.of("a", "with space", "back\\slash", "grüße-✓-漢字", "-rf", "sub folder/dêep", "#$'`");
        processed("D", names.toArray(String[]::new));
        assertArchived(house.run("ega", Stage.ARCHIVE), names.size());

        for (String name : names) {
            Path file = floor.archive().resolve("D/" + name + ".c4gh");
            for (String tool : List.of("md5", "sha256")) {
                Process process = new ProcessBuilder(
                                tool + "sum", "--check", "--strict", "--", file.getFileName() + "." + tool)
                        .directory(Directories.of(file).toFile())
                        .redirectErrorStream(true)
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(output).isZero();
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("r--r-----");
            assertThat(uploads.fromArchive("D/" + name + ".c4gh")).isEqualTo(PLAIN);
        }
        assertThat(floor.published()).hasSize(names.size() * 3);
        assertNothingIsLeft();
    }

    @Test
    void fileOfTwoDatasetsIsOneInodeUnderTwoNames() throws IOException {
        declared("D1", "a");
        declared("D2", "a");
        sent("a");
        process();
        assertArchived(house.run("ega", Stage.ARCHIVE), 1);
        assertThat(Files.isSameFile(name("D1/a"), name("D2/a"))).isTrue();
        assertThat(floor.published()).hasSize(6);
        assertNothingIsLeft();
    }

    @Test
    void datasetThatComesLaterGetsItsLink() throws IOException {
        processed("D1", "a");
        assertArchived(house.run("ega", Stage.ARCHIVE), 1);
        declared("D2", "a");
        house.run("ega", Stage.INTAKE);
        assertArchived(house.run("ega", Stage.ARCHIVE), 1);
        assertThat(Files.isSameFile(name("D1/a"), name("D2/a"))).isTrue();
        assertThat(house.run("ega", Stage.ARCHIVE).counts().found()).isZero();
    }

    @Test
    void nothingThatStandsUnderTheNameIsReplaced() throws IOException {
        processed("D", "file", "folder", "link", "sidecar", "free", "beside", "below/a");
        Files.createDirectories(name("D/folder"));
        Files.write(name("D/file"), OTHER);
        Path elsewhere = Files.write(home.resolve("elsewhere"), OTHER);
        Files.createSymbolicLink(name("D/link"), elsewhere);
        Files.write(floor.archive().resolve("D/sidecar.c4gh.sha256"), OTHER);
        Files.createDirectory(floor.archive().resolve("D/beside.c4gh.md5"));
        Files.write(floor.archive().resolve("D/below"), OTHER);
        Map<String, String> before = everythingIn(floor.archive().resolve("D"));

        StageResult result = house.run("ega", Stage.ARCHIVE);

        assertThat(result.status()).as(result.message()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().quarantined()).isEqualTo(6);
        assertThat(floor.fates())
                .containsEntry("free.c4gh", "ARCHIVED")
                .containsEntry("file.c4gh", "ARCHIVE_NAME_TAKEN")
                .containsEntry("folder.c4gh", "ARCHIVE_NAME_TAKEN")
                .containsEntry("link.c4gh", "ARCHIVE_NAME_TAKEN")
                .containsEntry("sidecar.c4gh", "ARCHIVE_NAME_TAKEN")
                .containsEntry("beside.c4gh", "ARCHIVE_NAME_TAKEN")
                .containsEntry("below/a.c4gh", "ARCHIVE_NAME_TAKEN");
        Map<String, String> after = everythingIn(floor.archive().resolve("D"));
        after.keySet().removeIf(name -> name.startsWith("free.c4gh"));
        assertThat(after).isEqualTo(before);

        Files.delete(name("D/file"));
        house.bean(Ledger.class).readmit(floor.id("file.c4gh"), "moved away", PERSON);
        assertArchived(house.run("ega", Stage.ARCHIVE), 1);
        assertThat(uploads.fromArchive("D/file.c4gh")).isEqualTo(PLAIN);
        assertThat(floor.received("file.c4gh")).doesNotExist();
    }

    @Test
    void fileAndFolderOfOneNameDoNotStopTheOthers() throws IOException {
        declared("D", "a", "a.c4gh/b", "c");
        sent("a");
        sent("c");
        house.run("ega", Stage.INTAKE);
        house.run("ega", Stage.TRANSFER);
        sent("a.c4gh/b");
        process();
        StageResult result = house.run("ega", Stage.ARCHIVE);
        assertThat(result.status()).as(result.message()).isEqualTo(Status.COMPLETED);
        assertThat(floor.fates().values()).containsExactlyInAnyOrder("ARCHIVED", "ARCHIVED", "ARCHIVE_NAME_TAKEN");
        assertThat(floor.fates()).containsEntry("c.c4gh", "ARCHIVED");
    }

    @Test
    void nameForWhichNoFileSystemHasRoomDoesNotStopTheOthers() throws IOException {
        String tooLong = "x".repeat(245);
        processed("D", tooLong, "short");
        StageResult result = house.run("ega", Stage.ARCHIVE);
        assertThat(result.status()).as(result.message()).isEqualTo(Status.COMPLETED);
        assertThat(floor.fates())
                .containsEntry("short.c4gh", "ARCHIVED")
                .containsEntry(tooLong + ".c4gh", "ARCHIVE_NAME_TOO_LONG");
    }

    @Test
    void processedFormThatIsGoneDoesNotStopTheOthers() throws IOException {
        processed("D", "gone", "there");
        Files.delete(floor.processed("gone.c4gh"));
        StageResult result = house.run("ega", Stage.ARCHIVE);
        assertThat(result.status()).as(result.message()).isEqualTo(Status.COMPLETED);
        assertThat(floor.fates()).containsEntry("there.c4gh", "ARCHIVED").containsEntry("gone.c4gh", "MISSING");
    }

    @Test
    void finishesWhatARunThatDiedHadLinkedAlready() throws IOException {
        declared("D1", "a", "b");
        declared("D2", "a", "b");
        sent("a");
        sent("b");
        process();
        Files.createDirectories(name("D1/a").getParent());
        Files.createLink(name("D1/a"), floor.processed("a.c4gh"));
        Files.copy(floor.processed("b.c4gh"), name("D1/b"));
        Path leftover = Files.write(
                floor.archive().resolve(".waybill/publishing/.waybill-0123456789abcdef01234567.unpublished"), OTHER);

        assertArchived(house.run("ega", Stage.ARCHIVE), 2);

        assertThat(floor.published()).hasSize(12);
        assertThat(leftover).doesNotExist();
        assertNothingIsLeft();
        assertThat(house.run("ega", Stage.ARCHIVE).counts().found()).isZero();
    }

    @Test
    void sameContentInOtherBytesIsADuplicate() throws IOException {
        processed("D1", "a");
        assertArchived(house.run("ega", Stage.ARCHIVE), 1);
        declared("D2", "b");
        declared("D3", "b");
        sent("b");
        process();
        Files.createDirectories(name("D2/b").getParent());
        Files.createLink(name("D2/b"), name("D1/a"));

        assertArchived(house.run("ega", Stage.ARCHIVE), 1);

        assertThat(house.jdbc()
                        .sql(
                                "select reason from file_event where file_id = :file and to_state = 'ARCHIVED' and from_state = 'PROCESSED'")
                        .param("file", floor.id("b.c4gh"))
                        .query(String.class)
                        .list())
                .containsExactly("DUPLICATE");
        assertThat(Files.isSameFile(name("D3/b"), name("D1/a"))).isTrue();
        assertThat(house.jdbc()
                        .sql("select count(distinct archived_sha256) from data_file")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void sourceOfAFileThatAPersonTookBackMeanwhileStays() throws IOException {
        processed("D", "a");
        long id = floor.id("a.c4gh");
        StageResult result = archiveWhile(
                () -> house.bean(Ledger.class).set(id, FileState.PROCESSED, FileState.ARRIVED, "again", PERSON));
        assertThat(result.status()).as(result.message()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().skipped()).isEqualTo(1);
        assertThat(floor.received("a.c4gh")).exists();
        assertThat(floor.fates()).containsEntry("a.c4gh", "ARRIVED");
    }

    /** Archives while a change is made and not yet committed; it is committed once the run waits for it. */
    private StageResult archiveWhile(Runnable change) {
        CompletableFuture<StageResult> run = new CompletableFuture<>();
        new TransactionTemplate(house.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            change.run();
            run.completeAsync(() -> house.run("ega", Stage.ARCHIVE));
            long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!house.someoneWaits()) {
                assertThat(System.nanoTime()).as("the run never waited").isLessThan(giveUp);
                Thread.onSpinWait();
            }
        });
        return run.join();
    }

    private void processed(String dataset, String... paths) throws IOException {
        declared(dataset, paths);
        for (String path : paths) {
            sent(path);
        }
        process();
    }

    private void declared(String dataset, String... paths) throws IOException {
        StringBuilder rows = new StringBuilder("file\tplain md5\n");
        for (String path : paths) {
            rows.append(path).append('\t').append(Uploads.md5(PLAIN)).append('\n');
        }
        uploads.manifest(dataset + ".tsv", rows.toString());
    }

    private void sent(String path) throws IOException {
        uploads.crypt4gh(path + ".c4gh", PLAIN);
    }

    private void process() {
        for (Stage stage : List.of(Stage.INTAKE, Stage.TRANSFER, Stage.PROCESSING)) {
            assertThat(house.run("ega", stage).status()).isEqualTo(Status.COMPLETED);
        }
    }

    private Path name(String path) {
        return floor.archive().resolve(path + ".c4gh");
    }

    private static void assertArchived(StageResult result, long files) {
        assertThat(result.message()).isNull();
        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().found()).isEqualTo(files);
        assertThat(result.counts().done()).isEqualTo(files);
    }

    private void assertNothingIsLeft() {
        assertThat(Floor.filesBelow(floor.incoming())).isEmpty();
        assertThat(Floor.filesBelow(floor.archive().resolve(".waybill"))).isEmpty();
    }

    /** Each name with what it is and holds. */
    private static Map<String, String> everythingIn(Path folder) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                all.put(
                        folder.relativize(path).toString(),
                        Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                                ? Files.readString(path, StandardCharsets.ISO_8859_1)
                                : Files.isSymbolicLink(path) ? "-> " + Files.readSymbolicLink(path) : "folder");
            }
        }
        return all;
    }
}
