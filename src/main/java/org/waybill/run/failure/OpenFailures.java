package org.waybill.run.failure;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists what needs a person. */
@Repository
public class OpenFailures {

    private final JdbcClient jdbc;

    public OpenFailures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Failed runs, in the order in which they are to be restarted: of each task the last one.
     *
     * @param since only those that started then or later; null for all
     */
    public List<OpenRun> runs(@Nullable Instant since) {
        return jdbc.sql("""
                        with open as (
                            select *,
                                   row_number() over task_newest_first as age,
                                   count(*) over task - 1              as before
                            from run_failure
                            where state = 'OPEN' and (started_at >= :since or :since::timestamptz is null)
                            window task as (partition by route, stage, dataset, files),
                                   task_newest_first as (partition by route, stage, dataset, files order by run_id desc)
                        )
                        select *
                        from open
                        where age = 1
                        order by run_id
                        """)
                .param("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
                .query((row, n) -> run(row))
                .list();
    }

    /** Quarantined files, those of one route and reason together. */
    public List<OpenFile> files() {
        return jdbc.sql("""
                        select file_id, route, path, at, reason, detail
                        from file_failure
                        where state = 'OPEN'
                        order by route, reason, file_id
                        """)
                .query((row, n) -> new OpenFile(
                        row.getLong("file_id"),
                        row.getString("route"),
                        row.getString("path"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("reason"),
                        row.getString("detail")))
                .list();
    }

    /** Deliveries that are held, overdue, or acknowledged for what they are not, those of one route, recipient and reason together. */
    public List<OpenDelivery> deliveries() {
        return jdbc.sql("""
                        select delivery_id, route, file_id, path, recipient, placed_as, at, reason, detail
                        from delivery_failure
                        where state = 'OPEN'
                        union all
                        select delivery_id, route, file_id, path, recipient, placed_as, acknowledge_by, :overdue,
                               'expected a receipt that it was sent in full, found ' || rung || ': ' || evidence
                        from receipt_overview
                        where overdue
                        union all
                        select delivery_id, r.route, file_id, path, r.recipient, placed_as, taken_at, finding,
                               'expected the SHA-256 of what was placed, found another one in ' || name
                        from receipt_overview r
                                 join lateral (select * from ack_history a where a.delivery_id = r.delivery_id
                                               order by ack_id desc limit 1) a using (delivery_id)
                        where state = 'DELIVERED' and finding = :wrongHash and taken_at >= delivered_at and rung < 'P3'
                        order by route, recipient, reason, delivery_id
                        """)
                .param("overdue", OpenDelivery.OVERDUE)
                .param("wrongHash", OpenDelivery.WRONG_HASH)
                .query((row, n) -> new OpenDelivery(
                        row.getLong("delivery_id"),
                        row.getString("route"),
                        row.getLong("file_id"),
                        row.getString("path"),
                        row.getString("recipient"),
                        row.getString("placed_as"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("reason"),
                        row.getString("detail")))
                .list();
    }

    /** Access logs that were lost, in the order in which that was noticed. */
    public List<OpenGap> gaps() {
        return jdbc.sql("""
                        select route, log, file_name, from_at, to_at, why, run_id
                        from log_gap_failure
                        where state = 'OPEN'
                        order by run_id, stream_id
                        """)
                .query((row, n) -> new OpenGap(
                        row.getString("route"),
                        row.getString("log"),
                        row.getString("file_name"),
                        row.getObject("from_at", OffsetDateTime.class).toInstant(),
                        row.getObject("to_at", OffsetDateTime.class).toInstant(),
                        row.getString("why"),
                        row.getLong("run_id")))
                .list();
    }

    private static OpenRun run(ResultSet row) throws SQLException {
        Array files = row.getArray("files");
        OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
        return new OpenRun(
                row.getLong("run_id"),
                row.getString("route"),
                row.getString("stage"),
                row.getString("dataset"),
                files == null ? List.of() : List.of((String[]) files.getArray()),
                row.getLong("before"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                endedAt == null ? null : endedAt.toInstant(),
                row.getString("message"));
    }
}
