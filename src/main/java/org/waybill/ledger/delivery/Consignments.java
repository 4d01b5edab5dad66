package org.waybill.ledger.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.ledger.Selection;

/** The deliveries of a launch, cut into parts: one for each recipient. */
@Repository
public class Consignments {

    private final JdbcClient jdbc;

    public Consignments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a launch has to do. */
    public record ToDo(long deliveries, long bytes) {}

    /** Cuts what is to be sent, or taken back, into parts; a launch that has its cut keeps it. */
    @Transactional
    public void cut(long launchId, String route, Selection selection) {
        jdbc.sql("""
                        insert into part (launch_id, part, file_id, delivery_id, size_bytes)
                        select :launch, dense_rank() over (order by d.recipient) - 1, d.file_id, d.delivery_id,
                               case when d.form = 'PLAIN' then f.plain_size else f.archived_size end
                        from delivery d
                                 join data_file f on f.file_id = d.file_id
                        where d.route = :route and d.state in ('PENDING', 'RECALLING')
                          and (:paths::text[] is null or f.path = any (:paths) or f.arrived_as = any (:paths))
                          and (:dataset::text is null or exists (select
                                                                 from dataset_file df
                                                                          join dataset s on s.dataset_id = df.dataset_id
                                                                 where df.file_id = f.file_id and s.name = :dataset))
                          and not exists (select from part where launch_id = :launch)
                        """)
                .param("launch", launchId)
                .param("route", route)
                .param("paths", selection.pathsOrNull())
                .param("dataset", selection.dataset())
                .update();
    }

    /** What a run without a cut of its own would send, or take back. */
    public List<Planned> planned(String route, Selection selection) {
        return jdbc.sql("""
                        select f.path, d.recipient, d.placed_as, d.rule, d.state = 'RECALLING' as is_recall,
                               case when d.form = 'PLAIN' then f.plain_size else f.archived_size end as size_bytes
                        from delivery d
                                 join data_file f on f.file_id = d.file_id
                        where d.route = :route and d.state in ('PENDING', 'RECALLING')
                          and (:paths::text[] is null or f.path = any (:paths) or f.arrived_as = any (:paths))
                          and (:dataset::text is null or exists (select
                                                                 from dataset_file df
                                                                          join dataset s on s.dataset_id = df.dataset_id
                                                                 where df.file_id = f.file_id and s.name = :dataset))
                        order by d.recipient, d.delivery_id
                        """)
                .param("route", route)
                .param("paths", selection.pathsOrNull())
                .param("dataset", selection.dataset())
                .query(Planned.class)
                .list();
    }

    /** A delivery that is decided and not done. */
    public record Planned(
            String path, String recipient, String placedAs, String rule, boolean isRecall, long sizeBytes) {}

    /** What of a launch is still to be sent or taken back. */
    public ToDo toDo(long launchId) {
        return jdbc.sql("""
                        select count(*) as deliveries, coalesce(sum(p.size_bytes), 0)::bigint as bytes
                        from part p
                                 join delivery d on d.delivery_id = p.delivery_id
                        where p.launch_id = :launch and d.state in ('PENDING', 'RECALLING')
                        """).param("launch", launchId).query(ToDo.class).single();
    }

    /** Deliveries of one part that are still to be sent or taken back, in the order of their ids. */
    public List<Consignment> ofPart(long launchId, int part, long afterId, int limit) {
        return jdbc.sql("""
                        select d.delivery_id, d.state, d.file_id, d.recipient, d.channel, d.placed_as, d.form, d.header,
                               d.sha256 as placed_sha256,
                               f.archived_size, f.archived_sha256, f.plain_size, f.plain_sha256,
                               (select min(df.archived_as) from dataset_file df where df.file_id = f.file_id) as archived_as,
                               exists (select
                                       from delivery old
                                                join data_file of on of.file_id = old.file_id and of.path = f.path
                                       where old.route = d.route and old.channel = d.channel and old.placed_as = d.placed_as
                                         and old.recipient = d.recipient and old.delivery_id <> d.delivery_id
                                         and old.state = 'DELIVERED') as replaces
                        from part p
                                 join delivery d on d.delivery_id = p.delivery_id
                                 join data_file f on f.file_id = d.file_id
                        where p.launch_id = :launch and p.part = :part and p.delivery_id > :after
                          and d.state in ('PENDING', 'RECALLING')
                        order by p.delivery_id
                        limit :limit
                        """)
                .param("launch", launchId)
                .param("part", part)
                .param("after", afterId)
                .param("limit", limit)
                .query(Consignments::consignment)
                .list();
    }

    /**
     * What came of a run, counted by itself: each delivery of the cut once, as what the run made of it, else as pending if it
     * still is to be done, else as skipped because somebody else has moved it; and each file that the run quarantined because
     * nobody could be found for it. Found was recorded when it started.
     */
    public Outcome outcome(long runId, long launchId) {
        return jdbc.sql("""
                        with mine as (
                            select distinct on (e.delivery_id) e.delivery_id, e.to_state
                            from delivery_event e
                            where e.run_id = :run and e.from_state in ('PENDING', 'RECALLING')
                            order by e.delivery_id, e.event_id desc
                        ), fate as (
                            select case
                                       when m.to_state = 'HELD' then 'HELD'
                                       when m.to_state = 'REPLACED' then 'SKIPPED'
                                       when m.to_state is not null then 'DONE'
                                       when d.state in ('PENDING', 'RECALLING') then 'PENDING'
                                       when exists (
                                           select
                                           from delivery_event other
                                           where other.delivery_id = d.delivery_id
                                             and other.at >= (select started_at from run where run_id = :run)
                                             and other.run_id is distinct from :run) then 'SKIPPED'
                                       end as fate,
                                   p.size_bytes
                            from part p
                                     join delivery d on d.delivery_id = p.delivery_id
                                     left join mine m on m.delivery_id = p.delivery_id
                            where p.launch_id = :launch
                              and (m.delivery_id is not null or d.state in ('PENDING', 'RECALLING') or exists (
                                  select
                                  from delivery_event other
                                  where other.delivery_id = d.delivery_id
                                    and other.at >= (select started_at from run where run_id = :run)))
                        )
                        select (select found from run where run_id = :run)                              as found,
                               count(*) filter (where fate = 'DONE')                                    as done,
                               count(*) filter (where fate = 'HELD')
                                   + (select count(*)
                                      from file_event
                                      where run_id = :run and to_state = 'QUARANTINED')                  as quarantined,
                               count(*) filter (where fate = 'SKIPPED')                                 as skipped,
                               count(*) filter (where fate = 'PENDING')                                 as pending,
                               coalesce(sum(size_bytes) filter (where fate = 'DONE'), 0)::bigint        as bytes
                        from fate
                        """)
                .param("run", runId)
                .param("launch", launchId)
                .query(Outcome.class)
                .single();
    }

    /** What came of a run of the stage. */
    public record Outcome(long found, long done, long quarantined, long skipped, long pending, long bytes) {}

    private static Consignment consignment(ResultSet row, int number) throws SQLException {
        return new Consignment(
                row.getLong("delivery_id"),
                DeliveryState.valueOf(row.getString("state")),
                row.getLong("file_id"),
                row.getString("recipient"),
                row.getString("channel"),
                row.getString("placed_as"),
                row.getString("form"),
                row.getBytes("header"),
                row.getBoolean("replaces"),
                row.getString("archived_as"),
                row.getLong("archived_size"),
                new Checksum(ChecksumAlgorithm.SHA256, row.getString("archived_sha256")),
                row.getLong("plain_size"),
                new Checksum(ChecksumAlgorithm.SHA256, row.getString("plain_sha256")),
                sha256(row.getString("placed_sha256")));
    }

    private static @Nullable Checksum sha256(@Nullable String hex) {
        return hex == null ? null : new Checksum(ChecksumAlgorithm.SHA256, hex);
    }
}
