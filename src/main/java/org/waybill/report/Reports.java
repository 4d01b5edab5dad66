package org.waybill.report;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.report.Report.Section;

/** Makes reports, from the queries in {@code sql/report}. */
@Repository
public class Reports {

    private final NamedParameterJdbcOperations jdbc;
    private final InstantSource clock;

    public Reports(NamedParameterJdbcOperations jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The report of a time. All queries see the same moment.
     *
     * @param program what commands to be pasted begin with, such as {@code ./waybill}
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Report of(Period period, String program) {
        jdbc.getJdbcOperations().execute("set local jit = off"); // it compiles longer than these queries run
        jdbc.getJdbcOperations().execute("set local work_mem = '64MB'");
        Map<String, Object> time =
                Map.of("since", Timestamp.from(period.since()), "until", Timestamp.from(period.until()));
        Map<String, Section> sections = new LinkedHashMap<>();
        for (ReportQuery query : ReportQuery.all()) {
            if (period.upToNow() || !query.isOfNow()) {
                sections.put(query.key(), new Section(query.title(), jdbc.query(query.sql(), time, Reports::row)));
            }
            if (query.name().equals("failed_runs")) {
                sections.put(MissingRuns.KEY, new MissingRuns(jdbc, period).section());
            }
        }
        Verdict verdict = new Verdict(sections, program);
        List<String> unfinished = unfinished(period, time);
        Report report = new Report(
                period.since(),
                period.until(),
                verdict.sentence(),
                verdict.findings(),
                sections,
                period.night().map(Object::toString).orElse(null),
                period.zone().getId().equals("Z") ? "UTC" : period.zone().getId(),
                unfinished.isEmpty(),
                remarks(period, unfinished),
                "");
        return CsvReport.signed(report);
    }

    private static List<String> remarks(Period period, List<String> unfinished) {
        List<String> remarks = new ArrayList<>(unfinished);
        if (!period.upToNow()) {
            remarks.add(
                    "All is told as it was at the end of this time. Files that lie in incoming folders and will not be"
                            + " taken are known only as they are now: waybill files list --state UNEXPECTED");
        }
        return remarks;
    }

    /** Why the report of the same time may say something else later. */
    private List<String> unfinished(Period period, Map<String, Object> time) {
        List<String> reasons = new ArrayList<>();
        Instant now = clock.instant();
        if (period.until().isAfter(now)) {
            reasons.add("This " + (period.night().isPresent() ? "night" : "time") + " is not over: it ends "
                    + Quantity.instant(period.until()) + ", and this report will change.");
        }
        jdbc.query(
                        """
                        select run_id, route, stage
                        from run_history
                        where started_at < :until and ended_at is null
                        order by run_id
                        """,
                        time,
                        (run, number) -> "Run %d of %s.%s has not ended: what it does may still change this report."
                                .formatted(run.getLong("run_id"), run.getString("route"), run.getString("stage")))
                .forEach(reasons::add);
        return reasons;
    }

    static Map<String, @Nullable Object> row(ResultSet result, int number) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = result.getObject(i);
            row.put(
                    ReportQuery.camelCase(columns.getColumnLabel(i)),
                    value instanceof Timestamp at ? at.toInstant() : value);
        }
        return row;
    }
}
