package org.waybill.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.scheduling.support.CronExpression;
import org.waybill.report.Report.Section;

/**
 * Runs that were to begin and did not.
 *
 * <p>A time belongs to the report in which its grace ended, so that it is told once. It is kept if a run of its stage began
 * between it and the end of its grace, or was at work then and did not fail. On the day that a time is skipped by the clocks,
 * schedulers run it at the change or as long after it as it would have been; on the day that it comes twice, at either.
 */
final class MissingRuns {

    static final String KEY = "missingRuns";

    private static final Duration LONGEST_CLOCK_CHANGE = Duration.ofDays(1);

    private final NamedParameterJdbcOperations jdbc;
    private final Period period;
    private final Map<String, NavigableMap<Instant, Run>> runs = new HashMap<>();

    MissingRuns(NamedParameterJdbcOperations jdbc, Period period) {
        this.jdbc = jdbc;
        this.period = period;
    }

    private record Run(Instant began, @Nullable Instant endedWell) {}

    private record Schedule(
            String route,
            String target,
            String stage,
            String cron,
            ZoneId zone,
            Duration grace,
            Instant began,
            @Nullable Instant ended) {}

    /** When a run may begin: the first moment, the time as it is written, and the last moment. */
    private record Due(Instant from, Instant at, Instant latest) {}

    /** Each row is a time, or several one after the other, at which a run was missing. */
    Section section() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        schedules().forEach(schedule -> rows.addAll(gaps(schedule)));
        return new Section("Missing runs: due, and not begun", rows);
    }

    private List<Map<String, @Nullable Object>> gaps(Schedule schedule) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<Due> gap = new ArrayList<>();
        for (Due due : due(schedule)) {
            if (!isKept(schedule, due)) {
                gap.add(due);
            } else if (!gap.isEmpty()) {
                rows.add(row(schedule, gap));
                gap.clear();
            }
        }
        if (!gap.isEmpty()) {
            rows.add(row(schedule, gap));
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(Schedule schedule, List<Due> gap) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("route", schedule.route());
        row.put("target", schedule.target());
        row.put("missing", gap.size());
        row.put("firstDueAt", gap.get(0).at());
        row.put("lastDueAt", gap.get(gap.size() - 1).at());
        row.put("graceSeconds", schedule.grace().toSeconds());
        row.put("cron", schedule.cron());
        row.put("zone", schedule.zone().getId());
        return row;
    }

    private List<Due> due(Schedule schedule) {
        CronExpression cron = CronExpression.parse("0 " + schedule.cron());
        Instant earliest = period.since().minus(schedule.grace());
        Instant first = earliest.isBefore(schedule.began()) ? schedule.began() : earliest;
        LocalDateTime end = LocalDateTime.ofInstant(period.until().plus(LONGEST_CLOCK_CHANGE), schedule.zone());
        List<Due> due = new ArrayList<>();
        LocalDateTime time = cron.next(LocalDateTime.ofInstant(first.minus(LONGEST_CLOCK_CHANGE), schedule.zone()));
        while (time != null && time.isBefore(end)) {
            Due next = due(time, schedule);
            boolean inForce = !next.from().isBefore(schedule.began())
                    && (schedule.ended() == null || next.at().isBefore(schedule.ended()));
            if (inForce
                    && next.latest().isAfter(period.since())
                    && !next.latest().isAfter(period.until())) {
                due.add(next);
            }
            time = cron.next(time);
        }
        return due;
    }

    private static Due due(LocalDateTime time, Schedule schedule) {
        ZonedDateTime at = time.atZone(schedule.zone());
        ZoneOffsetTransition change = schedule.zone().getRules().getTransition(time);
        Instant from = change != null && change.isGap() ? change.getInstant() : at.toInstant();
        return new Due(
                from, at.toInstant(), at.withLaterOffsetAtOverlap().toInstant().plus(schedule.grace()));
    }

    private boolean isKept(Schedule schedule, Due due) {
        NavigableMap<Instant, Run> ofStage = runs(schedule.route(), schedule.stage());
        Instant next = ofStage.ceilingKey(due.from());
        if (next != null && !next.isAfter(due.latest())) {
            return true;
        }
        Map.Entry<Instant, Run> before = ofStage.lowerEntry(due.from());
        Instant endedWell = before == null ? null : before.getValue().endedWell();
        return endedWell != null && !endedWell.isBefore(due.from());
    }

    private List<Schedule> schedules() {
        return jdbc.query(
                """
                        select route, target, stage, cron, zone, grace_seconds, began_at, ended_at
                        from schedule_history
                        where began_at < :until
                        order by route, target, began_at
                        """,
                times(),
                (row, number) -> new Schedule(
                        row.getString("route"),
                        row.getString("target"),
                        row.getString("stage"),
                        row.getString("cron"),
                        ZoneId.of(row.getString("zone")),
                        Duration.ofSeconds(row.getLong("grace_seconds")),
                        row.getTimestamp("began_at").toInstant(),
                        instant(row, "ended_at")));
    }

    private NavigableMap<Instant, Run> runs(String route, String stage) {
        return runs.computeIfAbsent(route + "." + stage, key -> {
            Map<String, Object> which = new HashMap<>(times());
            which.put("route", route);
            which.put("stage", stage);
            NavigableMap<Instant, Run> found = new TreeMap<>();
            jdbc.query(
                            """
                            select started_at,
                                   case when outcome in ('COMPLETED', 'STOPPED') and ended_at < :until then ended_at end as ended_well
                            from run_history
                            where route = :route and stage = :stage and started_at < :until
                            """,
                            which,
                            (row, number) ->
                                    new Run(row.getTimestamp("started_at").toInstant(), instant(row, "ended_well")))
                    .forEach(run -> found.put(run.began(), run));
            return found;
        });
    }

    private Map<String, Object> times() {
        return Map.of("until", Timestamp.from(period.until()));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
