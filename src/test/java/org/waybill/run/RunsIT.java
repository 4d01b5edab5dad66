package org.waybill.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.waybill.House;
import org.waybill.ledger.Selection;
import org.waybill.route.RouteFiles;
import org.waybill.run.StageResult.Status;
import org.waybill.run.ownership.AnotherRunAliveException;
import org.waybill.run.pulse.Progress;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/** Runs that meet each other, die, are replaced, stopped or sabotaged. */
class RunsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGE_BYTES = 64 << 20;

    @TempDir
    Path home;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
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
        threads.shutdown();
        house.close();
    }

    @Test
    void ofTwoRunsAtOnceOneRunsAndTheOtherIsRefused() {
        for (int i = 0; i < 20; i++) {
            List<CompletableFuture<StageResult>> both = new ArrayList<>();
            transaction(() -> {
                house.jdbc().sql("lock table launch in exclusive mode").update();
                both.add(start(Stage.INTAKE));
                both.add(start(Stage.INTAKE));
                await(() -> both.stream().anyMatch(CompletableFuture::isDone));
                assertThat(both)
                        .filteredOn(CompletableFuture::isDone)
                        .singleElement()
                        .satisfies(refused -> assertThatThrownBy(refused::join)
                                .isInstanceOf(CompletionException.class)
                                .hasCauseInstanceOf(AnotherRunAliveException.class));
            });
            await(() -> both.stream().allMatch(CompletableFuture::isDone));
            assertThat(both)
                    .filteredOn(run -> !run.isCompletedExceptionally())
                    .singleElement()
                    .satisfies(run -> assertThat(run.join().status()).isEqualTo(Status.COMPLETED));
        }
    }

    @Test
    void runThatDiedIsEndedByTheNextOne() throws IOException {
        arrived("a");
        long dead = id(house.run("ega", Stage.PROCESSING));
        house.jdbc().sql("update run set status = 'STARTED', ended_at = null").update();
        house.jdbc()
                .sql("update batch_job_execution set status = 'STARTED', end_time = null where job_execution_id = :run")
                .param("run", dead)
                .update();
        house.jdbc()
                .sql(
                        "update batch_step_execution set status = 'STARTED', end_time = null where job_execution_id = :run")
                .param("run", dead)
                .update();

        assertThat(house.run("ega", Stage.PROCESSING).status()).isEqualTo(Status.COMPLETED);

        assertThat(statuses("select status from run where run_id = :run", dead)).containsExactly("FAILED");
        assertThat(statuses("select status from batch_job_execution where job_execution_id = :run", dead))
                .containsExactly("FAILED");
        assertThat(statuses("select distinct status from batch_step_execution where job_execution_id = :run", dead))
                .containsExactly("FAILED");
    }

    @Test
    void runThatWasReplacedCannotCommit() throws IOException {
        arrived("a");
        List<CompletableFuture<StageResult>> run = new ArrayList<>();
        transaction(() -> {
            house.jdbc()
                    .sql("select file_id from data_file for update")
                    .query(Long.class)
                    .list();
            run.add(start(Stage.PROCESSING));
            await(house::someoneWaits);
            house.jdbc()
                    .sql("update ownership set fence = fence + 1 where stage = 'processing'")
                    .update();
        });
        assertThat(run.get(0).join().status()).isEqualTo(Status.FAILED);
        assertThat(run.get(0).join().message()).contains("FencedException");
        assertThat(floor.fates()).containsOnly(Map.entry("a.c4gh", "ARRIVED"));
        assertGoesOn(1);
    }

    @Test
    void runThatWasReplacedCannotPublish() throws IOException {
        arrived("a");
        whenFound("update ownership set fence = fence + 1 where stage = new.stage;");
        assertThat(house.run("ega", Stage.PROCESSING).message()).contains("FencedException");
        assertThat(Floor.filesBelow(floor.archive())).isEmpty();
        undo();
        assertGoesOn(1);

        whenFound("update ownership set fence = fence + 1 where stage = new.stage;");
        assertThat(house.run("ega", Stage.ARCHIVE).message()).contains("FencedException");
        assertThat(floor.published()).isEmpty();
        undo();
        assertThat(house.run("ega", Stage.ARCHIVE).counts().done()).isEqualTo(1);
    }

    @Test
    void runThatLostAFileFails() throws IOException {
        arrived("a", "b");
        whenFound("delete from part where launch_id = new.launch_id and file_id = (select max(file_id) from part);");
        StageResult result = house.run("ega", Stage.PROCESSING);
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.message()).contains("NotConservedException").contains("found 2");
        undo();
        assertGoesOn(1);
    }

    @Test
    void runThatCountsAFileTwiceFails() throws IOException {
        arrived("a");
        house.run("ega", Stage.PROCESSING);
        arrived("b");
        whenFound("""
                insert into file_event (file_id, at, from_state, to_state, reason, run_id, actor)
                select min(file_id), now(), 'ARRIVED', 'PROCESSED', 'VERIFIED', new.run_id, 'sabotage' from data_file;
                """);
        assertThat(house.run("ega", Stage.PROCESSING).message()).contains("NotConservedException");
    }

    @Test
    void runWhoseCutCannotBeReadFailsAndTheNextDoesTheWork() throws IOException {
        arrived("a");
        whenFound("alter table part rename to part_away;");
        assertThatThrownBy(() -> house.run("ega", Stage.PROCESSING)).isInstanceOf(RuntimeException.class);
        undo();
        house.jdbc().sql("alter table part_away rename to part").update();
        assertGoesOn(1);
        assertThat(house.jdbc()
                        .sql("select status from run where stage = 'processing' order by run_id")
                        .query(String.class)
                        .list())
                .containsExactly("FAILED", "COMPLETED");
    }

    @Test
    void partThatFailsLetsTheOthersFinishAndIsDoneByTheNextRun() throws IOException {
        arrived("a", "b", "c", "d");
        Path received = floor.received("c.c4gh");
        Path aside = Files.move(received, home.resolve("aside"));
        Files.createDirectory(received);

        StageResult failed = house.run("ega", Stage.PROCESSING);

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.message()).contains("IOException").contains("file " + floor.id("c.c4gh"));
        assertThat(failed.counts().balanced()).isTrue();
        assertThat(floor.fates()).containsEntry("c.c4gh", "ARRIVED").containsValue("PROCESSED");
        Files.delete(received);
        Files.move(aside, received);
        assertGoesOn(failed.counts().pending());
        assertThat(floor.fates().values()).containsOnly("PROCESSED");
    }

    @Test
    void folderThatIsGoneIsNotTheFaultOfTheFiles() throws IOException {
        arrived("a", "b");
        Path processed = floor.archive().resolve(".waybill/processed");
        List<CompletableFuture<StageResult>> run = new ArrayList<>();
        transaction(() -> {
            house.jdbc().sql("lock table part in exclusive mode").update();
            run.add(start(Stage.PROCESSING));
            await(house::someoneWaits);
            Files.delete(processed);
            Files.createFile(processed);
        });
        assertThat(run.get(0).join().status()).isEqualTo(Status.FAILED);
        assertThat(floor.fates().values()).containsOnly("ARRIVED");
        Files.delete(processed);
        assertGoesOn(2);
    }

    @Test
    void runThatIsStoppedInTheMiddleOfAFileIsGoneOnWith() throws IOException {
        byte[] large = new byte[LARGE_BYTES];
        arrived(large, "large");
        Progress progress = new Progress();
        CompletableFuture<StageResult> run = CompletableFuture.supplyAsync(
                () -> house.bean(Runner.class)
                        .run(new Order(new RouteFiles(home).named("ega"), Stage.PROCESSING, Selection.ALL), progress),
                threads);
        await(() -> progress.bytes() > 0);
        house.bean(CurrentRuns.class).stopAll();

        assertThat(run.join().status()).isEqualTo(Status.STOPPED);
        assertThat(progress.bytes()).isLessThan(LARGE_BYTES);
        assertThat(Floor.filesBelow(floor.archive())).isEmpty();
        assertThat(statuses("select status from run where run_id = :run", id(run.join())))
                .containsExactly("STOPPED");
        assertGoesOn(1);
        house.run("ega", Stage.ARCHIVE);
        assertThat(uploads.fromArchive("large/large.c4gh")).isEqualTo(large);
    }

    private void arrived(String... names) throws IOException {
        arrived("content".getBytes(java.nio.charset.StandardCharsets.UTF_8), names);
    }

    private void arrived(byte[] plain, String... names) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String name : names) {
            uploads.crypt4gh(name + ".c4gh", plain);
            rows.append(Uploads.md5(plain)).append("  ").append(name).append('\n');
        }
        uploads.manifest(names[0] + ".md5", rows.toString());
        house.run("ega", Stage.INTAKE);
        house.run("ega", Stage.TRANSFER);
    }

    private void assertGoesOn(long files) {
        StageResult result = house.run("ega", Stage.PROCESSING);
        assertThat(result.message()).isNull();
        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().done()).isEqualTo(files);
        assertThat(result.counts().pending()).isZero();
    }

    /** Has this SQL executed in every run as soon as it has found what it has to do; {@code new} is its row. */
    private void whenFound(String sql) {
        house.jdbc()
                .sql("create function sabotage() returns trigger language plpgsql as $$ begin " + sql
                        + " return null; end $$")
                .update();
        house.jdbc()
                .sql("create trigger sabotage after update of found on run for each row"
                        + " when (new.found > 0 and old.found = 0) execute function sabotage()")
                .update();
    }

    private void undo() {
        house.jdbc().sql("drop function sabotage cascade").update();
    }

    private CompletableFuture<StageResult> start(Stage stage) {
        return CompletableFuture.supplyAsync(() -> house.run("ega", stage), threads);
    }

    private static long id(StageResult result) {
        return Objects.requireNonNull(result.runId());
    }

    private List<String> statuses(String sql, long run) {
        return house.jdbc().sql(sql).param("run", run).query(String.class).list();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void transaction(Work work) {
        new TransactionTemplate(house.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(giveUp);
            Thread.onSpinWait();
        }
    }
}
