package org.waybill.run.history;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.waybill.run.history.RunSheet.Launch;
import org.waybill.run.history.RunSheet.Step;

/** Lists runs. */
@Repository
public class RunListing {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    public RunListing(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Runs, newest first. */
    public List<RunRow> list(RunFilter filter) {
        return list(filter, null);
    }

    /** All that is known of one run; empty if there is none with this id. */
    public Optional<RunSheet> of(long runId) {
        RunFilter all = new RunFilter(null, null, null, null, null);
        return list(all, runId).stream()
                .findFirst()
                .map(run -> new RunSheet(run, launch(runId), runsOfLaunch(runId), machine(runId), steps(runId)));
    }

    private List<RunRow> list(RunFilter filter, @Nullable Long runId) {
        Instant since = filter.since();
        return jdbc.sql("""
                        select r.*,
                               extract(epoch from coalesce(r.ended_at, :now) - r.started_at)::float8 as seconds,
                               r.status = 'STARTED' and stage_is_held(r.route, r.stage) as alive
                        from run r
                        where (r.run_id = :run or :run::bigint is null)
                          and (r.route = :route or :route::text is null)
                          and (r.stage = :stage or :stage::text is null)
                          and (r.status = :status or :status::text is null)
                          and (r.started_at >= :since or :since::timestamptz is null)
                        order by r.run_id desc
                        limit :limit::bigint
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("run", runId)
                .param("route", filter.route())
                .param("stage", filter.stage())
                .param("status", filter.status())
                .param("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
                .param("limit", filter.limit())
                .query(RunListing::runRow)
                .list();
    }

    private Launch launch(long runId) {
        return jdbc.sql("""
                        select l.*
                        from run r
                                 join launch l on l.launch_id = r.launch_id
                        where r.run_id = :run
                        """).param("run", runId).query((row, n) -> launch(row)).single();
    }

    private List<Long> runsOfLaunch(long runId) {
        return jdbc.sql("""
                        select run_id
                        from run
                        where launch_id = (select launch_id from run where run_id = :run)
                        order by run_id
                        """).param("run", runId).query(Long.class).list();
    }

    private String machine(long runId) {
        return jdbc.sql("select machine from run where run_id = :run")
                .param("run", runId)
                .query(String.class)
                .single();
    }

    private List<Step> steps(long runId) {
        return jdbc.sql("""
                        select step_name, status, read_count, write_count, commit_count, rollback_count,
                               coalesce(extract(epoch from coalesce(end_time, last_updated) - start_time), 0)::float8
                                   as seconds,
                               case when status <> 'COMPLETED' then nullif(split_part(exit_message, E'\\n', 1), '') end
                                   as fault
                        from batch_step_execution
                        where job_execution_id = :run
                        order by step_execution_id
                        """)
                .param("run", runId)
                .query((row, n) -> new Step(
                        row.getString("step_name"),
                        row.getString("status"),
                        row.getLong("read_count"),
                        row.getLong("write_count"),
                        row.getLong("commit_count"),
                        row.getLong("rollback_count"),
                        row.getDouble("seconds"),
                        row.getString("fault")))
                .list();
    }

    private static RunRow runRow(ResultSet row, int number) throws SQLException {
        OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
        return new RunRow(
                row.getLong("run_id"),
                row.getString("route"),
                row.getString("stage"),
                row.getString("status"),
                row.getBoolean("alive"),
                row.getLong("found"),
                row.getLong("done"),
                row.getLong("quarantined"),
                row.getLong("skipped"),
                row.getLong("pending"),
                row.getLong("bytes"),
                row.getDouble("seconds"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                endedAt == null ? null : endedAt.toInstant(),
                row.getString("message"));
    }

    private static Launch launch(ResultSet row) throws SQLException {
        Array files = row.getArray("files");
        return new Launch(
                row.getLong("launch_id"),
                row.getString("dataset"),
                files == null ? List.of() : List.of((String[]) files.getArray()),
                row.getObject("launched_at", OffsetDateTime.class).toInstant(),
                row.getString("launched_by"));
    }
}
