package org.waybill.run.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.run.StageResult.Status;
import org.waybill.run.failure.OpenFailures;
import org.waybill.run.failure.OpenRun;
import org.waybill.stage.Uploads;

/**
 * Years of runs. {@code -Dhistory.runs=1000000} makes it as many as are promised; what the lists take then is printed, and
 * what they may read is asserted for any number.
 */
class LongHistoryIT {

    private static final int RUNS = Integer.getInteger("history.runs", 20_000); // of which every 5000th failed
    private static final int DAYS = 500;
    private static final int PAGES_A_LIST =
            400; // of 8 KiB, of which 50 runs and a way through the indexes need far fewer

    @TempDir
    private Path home;

    private House house;

    @BeforeEach
    void live() throws IOException {
        Uploads.in(home);
        house = House.in(home);
        sql("""
                insert into launch (route, stage, launched_at, launched_by)
                select 'route' || mod(n, 7), (array['intake', 'transfer', 'processing', 'archive'])[mod(n, 4) + 1],
                       now() - n * interval '1 day' * %d / %d, 'cron'
                from generate_series(%d, 1, -1) n
                """.formatted(DAYS, RUNS, RUNS));
        sql("""
                insert into batch_job_instance (job_instance_id, version, job_name, job_key)
                select launch_id, 0, stage, md5(launch_id::text) from launch
                """);
        sql("""
                insert into batch_job_execution (job_execution_id, version, job_instance_id, create_time, start_time, end_time,
                                                 status, exit_code, exit_message, last_updated)
                select launch_id, 2, launch_id, launched_at, launched_at, launched_at,
                       case when launch_id % 5000 = 0 then 'FAILED' else 'COMPLETED' end, 'COMPLETED', '', launched_at
                from launch
                """);
        sql("""
                insert into batch_job_execution_params
                select launch_id, 'route', 'java.lang.String', route, 'Y' from launch
                """);
        sql("""
                insert into batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time,
                                                  start_time, end_time, status, last_updated)
                select launch_id * 3 + n, 2, 'step' || n, launch_id, launched_at, launched_at, launched_at, 'COMPLETED',
                       launched_at
                from launch, generate_series(0, 2) n
                """);
        sql("""
                insert into batch_step_execution_context
                select step_execution_id, '{}' from batch_step_execution
                """);
        sql("""
                insert into run (run_id, launch_id, route, stage, fence, status, started_at, ended_at, message)
                select launch_id, launch_id, route, stage, launch_id,
                       case when launch_id % 5000 = 0 then 'FAILED' else 'COMPLETED' end,
                       launched_at, launched_at + interval '1 minute',
                       case when launch_id % 5000 = 0 then 'IOException: x' end
                from launch
                """);
        for (String sequence : List.of("batch_job_execution_seq", "batch_job_instance_seq")) {
            sql("select setval('%s', %d)".formatted(sequence, RUNS + 1));
        }
        sql("select setval('batch_step_execution_seq', %d)".formatted(RUNS * 3 + 3));
        house.jdbc().sql("analyze").update();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void listsReadNoMoreThanTheyShow() {
        Instant lastWeek = Instant.now().minus(Duration.ofDays(7));
        Map<String, RunFilter> lists = new LinkedHashMap<>();
        lists.put("all", new RunFilter(null, null, null, null, 50));
        lists.put("of a route", new RunFilter("route3", null, null, null, 50));
        lists.put("of a route that does not exist", new RunFilter("none", null, null, null, 50));
        lists.put("of a stage", new RunFilter("route3", "processing", null, null, 50));
        lists.put("failed", new RunFilter(null, null, "FAILED", null, 50));
        lists.put("failed of a stage", new RunFilter("route3", "intake", "FAILED", null, 50));
        lists.put("running", new RunFilter(null, null, "STARTED", null, 50));
        lists.put("since", new RunFilter(null, null, null, lastWeek, 50));
        lists.put("of a route since", new RunFilter("route3", null, null, lastWeek, 50));
        RunListing listing = house.bean(RunListing.class);
        List<Long> microseconds = new ArrayList<>();
        lists.forEach((name, filter) -> {
            long before = pagesRead();
            listing.list(filter);
            assertThat(pagesRead() - before).as("pages read for runs " + name).isLessThan(PAGES_A_LIST);
            for (int i = 0; i < 20; i++) {
                long begin = System.nanoTime();
                listing.list(filter);
                microseconds.add((System.nanoTime() - begin) / 1000);
            }
        });
        Collections.sort(microseconds);
        System.out.printf(
                "runs list, %,d runs: p95 %.1f ms%n", RUNS, microseconds.get(microseconds.size() * 95 / 100) / 1000.0);
    }

    @Test
    void runStartsAndNeedsAPersonAsEver() {
        assertThat(house.run("ega", Stage.INTAKE).status()).isEqualTo(Status.COMPLETED);
        long before = pagesRead();
        assertThat(house.bean(OpenFailures.class).runs(null))
                .as("what nothing made good: the last run")
                .extracting(OpenRun::runId)
                .containsExactly((long) RUNS);
        assertThat(pagesRead() - before).isLessThan(PAGES_A_LIST * Math.max(1, RUNS / 20_000));
    }

    @Test
    void purgeForgetsOldStepsAndNothingElse() {
        Instant before = Instant.now().minus(Duration.ofDays(DAYS / 2));
        Purge purge = house.bean(Purge.class);
        long old = number("select count(*) from run where ended_at < now() - interval '%d days'".formatted(DAYS / 2));
        assertThat(old).isBetween(RUNS / 3L, RUNS - 1L);
        assertThat(purge.count(before)).isEqualTo(old);
        long keptOpen = open(before);

        long forgotten = 0;
        for (int some = 1; some > 0; forgotten += some) {
            some = purge.some(before);
        }

        assertThat(forgotten).isEqualTo(old);
        assertThat(purge.count(before)).isZero();
        assertThat(number("select count(*) from run")).isEqualTo(RUNS);
        for (String table : List.of("batch_job_execution", "batch_job_instance", "batch_job_execution_params")) {
            assertThat(number("select count(*) from " + table)).as(table).isEqualTo(RUNS - old + keptOpen);
        }
        assertThat(number("select count(*) from batch_step_execution_context")).isEqualTo(3 * (RUNS - old + keptOpen));
    }

    @Test
    void purgeKeepsWhatNeedsAPerson() {
        sql("update run set stage = 'alone', status = 'FAILED' where run_id = 1");
        Instant before = Instant.now().minus(Duration.ofDays(1));
        Purge purge = house.bean(Purge.class);
        while (purge.some(before) > 0) {
            assertThat(number("select count(*) from batch_step_execution where job_execution_id = 1"))
                    .isEqualTo(3);
        }
        assertThat(open(before)).isEqualTo(1);
        assertThat(number("select count(*) from batch_step_execution where job_execution_id = 1"))
                .isEqualTo(3);
    }

    private long open(Instant before) {
        return house.bean(OpenFailures.class).runs(null).stream()
                .filter(run -> run.startedAt().isBefore(before))
                .count();
    }

    /** By this test's connections, of tables and indexes. */
    private long pagesRead() {
        house.jdbc()
                .sql("select pg_stat_force_next_flush()")
                .query((row, n) -> 1)
                .list();
        return number("""
                select sum(heap_blks_read + heap_blks_hit + coalesce(idx_blks_read, 0) + coalesce(idx_blks_hit, 0))
                from pg_statio_user_tables
                """);
    }

    private long number(String query) {
        return house.jdbc().sql(query).query(Long.class).single();
    }

    private void sql(String statement) {
        if (statement.stripLeading().startsWith("select")) {
            house.jdbc().sql(statement).query(Long.class).single();
        } else {
            house.jdbc().sql(statement).update();
        }
    }
}
