package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.waybill.House;

/** Which runs are told to be missing, from what the database knows of schedules and runs. */
class MissingRunsIT {

    @TempDir
    private Path home;

    private House house;
    private long lastRun;

    @BeforeEach
    void open() {
        house = House.in(home);
        house.jdbc()
                .sql(
                        "insert into launch (route, stage, launched_at, launched_by) values ('ega', 'intake', now(), 'test')")
                .update();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void nothingIsMissingWithoutASchedule() {
        assertThat(missing("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z")).isEmpty();
    }

    @Test
    void runThatDidNotBeginIsMissing() {
        schedule("2026-11-01T00:00:00Z", "15 1 * * *", "UTC", 3600);

        assertThat(missing("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z")).containsExactly("1 2026-11-21T01:15:00Z");
    }

    @Test
    void runInTimeIsNotMissing() {
        schedule("2026-11-01T00:00:00Z", "15 1 * * *", "UTC", 3600);
        run("FAILED", "2026-11-21T02:15:00Z", "2026-11-21T02:16:00Z");

        assertThat(missing("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z")).isEmpty();
    }

    @Test
    void runBeforeItsTimeOrAfterItsGraceIsNotTheOne() {
        schedule("2026-11-01T00:00:00Z", "15 1 * * *", "UTC", 3600);
        run("COMPLETED", "2026-11-21T01:10:00Z", "2026-11-21T01:14:59Z");
        run("COMPLETED", "2026-11-21T02:15:01Z", "2026-11-21T02:16:00Z");

        assertThat(missing("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z")).containsExactly("1 2026-11-21T01:15:00Z");
    }

    @Test
    void runThatWasAtWorkThenIsEnough() {
        schedule("2026-11-01T00:00:00Z", "15 1 * * *", "UTC", 3600);
        run("COMPLETED", "2026-11-20T23:00:00Z", "2026-11-21T01:20:00Z");

        assertThat(missing("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z")).isEmpty();
    }

    @Test
    void deadRunKeepsNoTime() {
        schedule("2026-11-01T00:00:00Z", "15 1 * * *", "UTC", 3600);
        run("STARTED", "2026-11-20T01:15:00Z", null);

        assertThat(missing("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z")).containsExactly("1 2026-11-21T01:15:00Z");
    }

    @Test
    void runIsToldOnceInTheReportInWhichItsGraceEnds() {
        schedule("2026-11-01T00:00:00Z", "30 11 * * *", "UTC", 3600);

        assertThat(missing("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z")).containsExactly("1 2026-11-20T11:30:00Z");
        assertThat(missing("2026-11-21T12:00:00Z", "2026-11-22T12:00:00Z")).containsExactly("1 2026-11-21T11:30:00Z");
    }

    @Test
    void timesOneAfterTheOtherAreOneRow() {
        schedule("2026-11-01T00:00:00Z", "*/10 * * * *", "UTC", 300);
        run("COMPLETED", "2026-11-20T12:30:02Z", "2026-11-20T12:30:09Z");

        assertThat(missing("2026-11-20T12:05:00Z", "2026-11-20T13:05:00Z"))
                .containsExactly(
                        "2 2026-11-20T12:10:00Z 2026-11-20T12:20:00Z", "3 2026-11-20T12:40:00Z 2026-11-20T13:00:00Z");
    }

    @Test
    void scheduleCountsFromWhenItWasSeenUntilAnotherWas() {
        schedule("2026-11-20T01:15:03Z", "15 1 * * *", "UTC", 3600);
        schedule("2026-11-21T00:00:00Z", "45 3 * * *", "UTC", 3600);
        configuration("2026-11-22T00:00:00Z", "c".repeat(64));

        assertThat(missing("2026-11-19T00:00:00Z", "2026-11-24T00:00:00Z")).containsExactly("1 2026-11-21T03:45:00Z");
    }

    @Test
    void timeThatTheClocksSkipIsKeptByARunAtTheChangeOrAnHourLater() {
        schedule("2026-03-01T00:00:00Z", "30 2 * * *", "Europe/Oslo", 600);
        assertThat(missing("2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z")).containsExactly("1 2026-03-29T01:30:00Z");

        run("COMPLETED", "2026-03-29T01:00:01Z", "2026-03-29T01:00:05Z");
        assertThat(missing("2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z")).isEmpty();
    }

    @Test
    void timeThatComesTwiceIsKeptByARunAtEither() {
        schedule("2026-10-01T00:00:00Z", "30 2 * * *", "Europe/Oslo", 600);
        assertThat(missing("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).containsExactly("1 2026-10-25T00:30:00Z");

        run("COMPLETED", "2026-10-25T01:30:01Z", "2026-10-25T01:31:00Z");
        assertThat(missing("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).isEmpty();
    }

    @Test
    void noNightIsMissedOverAYearOfClockChanges() {
        schedule("2026-01-01T00:00:00Z", "30 2 * * *", "Europe/Oslo", 600);

        assertThat(missing("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
                .containsExactly("365 2026-01-01T01:30:00Z 2026-12-31T01:30:00Z");
    }

    private void schedule(String seenAt, String cron, String zone, int graceSeconds) {
        long configuration = configuration(seenAt, "a".repeat(64));
        house.jdbc()
                .sql("""
                        insert into route_schedule (configuration_id, target, stage, cron, zone, grace_seconds)
                        values (:configuration, 'ega', 'intake', :cron, :zone, :grace)
                        """)
                .param("configuration", configuration)
                .param("cron", cron)
                .param("zone", zone)
                .param("grace", graceSeconds)
                .update();
    }

    private long configuration(String seenAt, String sha256) {
        return house.jdbc()
                .sql(
                        "insert into route_configuration (route, sha256, seen_at) values ('ega', :sha256, :at) returning configuration_id")
                .param("sha256", sha256)
                .param("at", Timestamp.from(Instant.parse(seenAt)))
                .query(Long.class)
                .single();
    }

    private void run(String status, String startedAt, @Nullable String endedAt) {
        house.jdbc()
                .sql("""
                        insert into run (run_id, launch_id, route, stage, fence, status, started_at, ended_at)
                        values (:run, 1, 'ega', 'intake', 1, :status, :started, :ended)
                        """)
                .param("run", ++lastRun)
                .param("status", status)
                .param("started", Timestamp.from(Instant.parse(startedAt)))
                .param("ended", endedAt == null ? null : Timestamp.from(Instant.parse(endedAt)))
                .update();
    }

    /** Each row: how many, the first time, and the last one if there are several. */
    private List<String> missing(String since, String until) {
        Period period = Period.between(Instant.parse(since), Instant.parse(until));
        return new MissingRuns(house.bean(NamedParameterJdbcOperations.class), period)
                .section().rows().stream().map(MissingRunsIT::words).toList();
    }

    private static String words(Map<String, @Nullable Object> row) {
        String first = row.get("missing") + " " + row.get("firstDueAt");
        return Integer.valueOf(1).equals(row.get("missing")) ? first : first + " " + row.get("lastDueAt");
    }
}
