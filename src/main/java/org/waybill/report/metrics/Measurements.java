package org.waybill.report.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is measured of a route, all at the same moment. Each series has the label {@code route}, and no other that files could
 * make grow.
 */
@Repository
public class Measurements {

    private final NamedParameterJdbcOperations jdbc;
    private final InstantSource clock;
    private final String version;

    public Measurements(NamedParameterJdbcOperations jdbc, InstantSource clock, ObjectProvider<BuildProperties> build) {
        this.jdbc = jdbc;
        this.clock = clock;
        BuildProperties known = build.getIfAvailable();
        this.version = known == null || known.getVersion() == null ? "" : known.getVersion();
    }

    /** All of it, as it is now. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public MetricSnapshots of(String route) {
        Families families = new Families(route);
        Instant now = clock.instant();
        new StageMeasurements(jdbc).add(families, route);
        files(families, route);
        new DeliveryMeasurements(jdbc).add(families, route);
        failures(families, route);
        schedule(families, route, now);
        database(families);
        families.gauge("waybill_metrics_written_timestamp_seconds", "When this file was written", seconds(now));
        return families.snapshots();
    }

    private void files(Families families, String route) {
        each(
                """
                        select s.state as label, count(f.file_id) as value
                        from (values ('EXPECTED'), ('ARRIVED'), ('PROCESSED'), ('ARCHIVED'), ('QUARANTINED')) s (state)
                                 left join data_file f on f.route = :route and f.state = s.state
                        group by s.state
                        order by s.state
                        """,
                route,
                (label, value) -> families.gauge("waybill_files", "Files by where they are", value, "state", label));
        each(
                """
                        select reason as label, count(*) as value
                        from data_file
                        where route = :route and state = 'QUARANTINED'
                        group by reason
                        order by reason
                        """,
                route,
                (label, value) -> families.gauge(
                        "waybill_quarantined_files", "Files in quarantine, by why", value, "reason", label));
        each(
                "select '' as label, count(*) as value from unexpected_file where route = :route",
                route,
                (label, value) -> families.gauge(
                        "waybill_unexpected_files", "Files in the incoming folder that will not be taken", value));
    }

    private void failures(Families families, String route) {
        each(
                """
                        select s.stage as label, count(f.run_id) as value
                        from (select distinct stage from run where route = :route) s
                                 left join run_failure f on f.route = :route and f.stage = s.stage and f.state = 'OPEN'
                        group by s.stage
                        order by s.stage
                        """,
                route,
                (label, value) -> families.gauge(
                        "waybill_open_failed_runs", "Failed runs that need a person", value, "stage", label));
        each(
                "select '' as label, count(*) as value from file_failure where route = :route and state = 'OPEN'",
                route,
                (label, value) -> families.gauge(
                        "waybill_open_quarantined_files", "Files in quarantine that need a person", value));
        each(
                """
                        select kind as label, cast(extract(epoch from min(since)) as float8) as value
                        from (select 'run' as kind, coalesce(ended_at, started_at) as since
                              from run_failure
                              where route = :route and state = 'OPEN'
                              union all
                              select 'file', at
                              from file_failure
                              where route = :route and state = 'OPEN'
                              union all
                              select 'delivery', at
                              from delivery_failure
                              where route = :route and state = 'OPEN'
                              union all
                              select 'log', to_at
                              from log_gap_failure
                              where route = :route and state = 'OPEN') open
                        group by kind
                        order by kind
                        """,
                route,
                (label, value) -> families.gauge(
                        "waybill_oldest_open_failure_timestamp_seconds",
                        "Since when the oldest failure has needed a person",
                        value,
                        "kind",
                        label));
    }

    private void schedule(Families families, String route, Instant now) {
        jdbc.query("""
                        select target, cron, zone, grace_seconds
                        from schedule_history
                        where route = :route and ended_at is null
                        order by target
                        """, Map.of("route", route), (row, number) -> {
            Duration grace = Duration.ofSeconds(row.getLong("grace_seconds"));
            Instant due = next(row.getString("cron"), ZoneId.of(row.getString("zone")), now);
            if (due != null) {
                families.gauge(
                        "waybill_next_run_deadline_timestamp_seconds",
                        "When the next run must have begun, by the schedule with its grace",
                        seconds(due.plus(grace)),
                        "target",
                        row.getString("target"));
            }
            return number;
        });
    }

    private static @Nullable Instant next(String cron, ZoneId zone, Instant now) {
        ZonedDateTime next = CronExpression.parse("0 " + cron).next(now.atZone(zone));
        return next == null ? null : next.toInstant();
    }

    private void database(Families families) {
        each(
                "select current_setting('server_version') as label, pg_database_size(current_database()) as value",
                "",
                (label, value) -> {
                    families.gauge("waybill_database_size_bytes", "Size of the database, of all its routes", value);
                    families.info(
                            "waybill_build",
                            "What made this",
                            "version",
                            version,
                            "java",
                            Runtime.version().toString(),
                            "postgresql",
                            label);
                });
        each(
                """
                        select relname as label, n_live_tup as value
                        from pg_stat_user_tables
                        where schemaname = current_schema()
                          and relname in ('run', 'batch_job_execution', 'batch_step_execution', 'data_file', 'file_event')
                        order by relname
                        """,
                "",
                (label, value) -> families.gauge(
                        "waybill_history_rows",
                        "Rows of the tables that grow, of all routes, as PostgreSQL estimates them",
                        value,
                        "table",
                        label));
    }

    private interface Measured {
        void of(String label, double value);
    }

    private void each(String sql, String route, Measured measured) {
        jdbc.query(sql, Map.of("route", route), (row, number) -> {
            measured.of(row.getString("label"), row.getDouble("value"));
            return number;
        });
    }

    static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }
}
