package org.waybill.report.metrics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/** What is measured of the stages of a route: each series has the label {@code stage} too. */
final class StageMeasurements {

    /** Each with how its value is called, in the metric of files of the last run. */
    private static final List<String> FATES = List.of("done", "quarantined", "skipped", "pending");

    private static final List<String> OUTCOMES = List.of("COMPLETED", "FAILED", "STOPPED", "ABANDONED");

    private final NamedParameterJdbcOperations jdbc;

    StageMeasurements(NamedParameterJdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    void add(Families families, String route) {
        jdbc.query("""
                        select r.*, l.started_at as last_started_at, l.outcome as last_outcome, l.found, l.done, l.quarantined,
                               l.skipped, l.pending, l.bytes,
                               cast(extract(epoch from l.ended_at - l.started_at) as float8) as seconds
                        from (select stage,
                                     count(*) filter (where outcome = 'COMPLETED') as completed,
                                     count(*) filter (where outcome = 'FAILED') as failed,
                                     count(*) filter (where outcome = 'STOPPED') as stopped,
                                     count(*) filter (where outcome = 'ABANDONED') as abandoned,
                                     count(*) filter (where outcome is null) as unended,
                                     max(started_at) as start_at,
                                     max(ended_at) as end_at,
                                     max(ended_at) filter (where outcome = 'COMPLETED') as success_at,
                                     max(ended_at) filter (where outcome = 'FAILED') as failure_at,
                                     max(run_id) filter (where ended_at is not null) as last_run_id,
                                     sum(done) as done_in_all,
                                     sum(bytes) as bytes_in_all
                              from run
                              where route = :route
                              group by stage) r
                                 left join run l on l.run_id = r.last_run_id
                        order by r.stage
                        """, Map.of("route", route), (row, number) -> {
            stage(families, row);
            return number;
        });
    }

    private static void stage(Families families, ResultSet row) throws SQLException {
        String stage = row.getString("stage");
        for (String outcome : OUTCOMES) {
            families.counter(
                    "waybill_runs",
                    "Runs that ended, by how they ended first",
                    row.getLong(outcome),
                    "stage",
                    stage,
                    "outcome",
                    outcome);
        }
        families.gauge(
                "waybill_runs_not_ended",
                "Runs that work, or whose process died",
                row.getLong("unended"),
                "stage",
                stage);
        families.counter(
                "waybill_handled_files",
                "Files that runs moved on; intake: rows",
                row.getLong("done_in_all"),
                "stage",
                stage);
        families.counter(
                "waybill_handled_bytes", "Bytes that runs handled", row.getLong("bytes_in_all"), "stage", stage);
        time(families, row, "start_at", "waybill_last_start_timestamp_seconds", "When a run started last");
        time(families, row, "end_at", "waybill_last_end_timestamp_seconds", "When a run ended last, or was found dead");
        time(
                families,
                row,
                "success_at",
                "waybill_last_success_timestamp_seconds",
                "When a run completed last; no failure changes it");
        time(
                families,
                row,
                "failure_at",
                "waybill_last_failure_timestamp_seconds",
                "When a run failed last; no success changes it");
        if (row.getObject("last_run_id") != null) {
            lastRun(families, row, stage);
        }
    }

    private static void lastRun(Families families, ResultSet row, String stage) throws SQLException {
        families.gauge(
                "waybill_last_run_success",
                "Whether the run that ended last completed",
                row.getString("last_outcome").equals("COMPLETED") ? 1 : 0,
                "stage",
                stage);
        families.gauge(
                "waybill_last_run_duration_seconds",
                "How long the run that ended last took",
                row.getDouble("seconds"),
                "stage",
                stage);
        families.gauge(
                "waybill_last_run_bytes",
                "Bytes that the run that ended last handled",
                row.getLong("bytes"),
                "stage",
                stage);
        families.gauge(
                "waybill_last_run_found_files",
                "Files that the run that ended last found to do; intake: rows",
                row.getLong("found"),
                "stage",
                stage);
        for (String fate : FATES) {
            families.gauge(
                    "waybill_last_run_files",
                    "What became of the files that the run that ended last found",
                    row.getLong(fate),
                    "stage",
                    stage,
                    "fate",
                    fate);
        }
    }

    private static void time(Families families, ResultSet row, String column, String name, String help)
            throws SQLException {
        Timestamp at = row.getTimestamp(column);
        if (at != null) {
            families.gauge(name, help, Measurements.seconds(at.toInstant()), "stage", row.getString("stage"));
        }
    }
}
