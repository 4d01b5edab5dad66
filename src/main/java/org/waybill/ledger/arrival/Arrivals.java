package org.waybill.ledger.arrival;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.ledger.Selection;

/** Which observed files have arrived, which expected files they are, and that they are being moved out of the folder. */
@Repository
public class Arrivals {

    private final JdbcClient jdbc;

    public Arrivals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When a file counts as arrived. */
    public record ArrivalTerms(String rule, int observations) {}

    /** A file that has arrived and is to be moved out of the incoming folder. */
    public record Claim(
            long fileId, String path, String rule, long sizeBytes, long modifiedNs, long changedNs, long inode) {}

    /**
     * Claims the files that have arrived: an observed file is the expected file of the same path or, where a manifest
     * gives a bare name, of the same name, if exactly one observed file and one expected file have it. A name that no manifest
     * gives is not bare: the file came in no folder, and one in a folder is another one.
     *
     * @return how many were claimed
     */
    @Transactional
    public int claim(String route, long look, ArrivalTerms terms, Selection selection) {
        jdbc.sql("analyze observation").update(); // or a first look at many files is planned as if they were few
        return jdbc.sql("""
                        with seen as (
                            select o.*, count(*) over (partition by o.match_path) as same_path,
                                   count(*) over (partition by o.match_name) as same_name
                            from observation o
                            where o.route = :route and o.look = :look and o.file_id is null and o.fault is null
                        ), awaited as not materialized (
                            select f.file_id, f.path, f.declared_size_plain, f.declared_size_encrypted
                            from data_file f
                            where f.route = :route and f.state = 'EXPECTED'
                              and not exists (select from observation taken where taken.file_id = f.file_id)
                        ), matched as (
                            select s.path as observed_path, f.file_id, f.path, f.declared_size_plain, f.declared_size_encrypted,
                                   s.size_bytes, s.observations, s.done_file
                            from seen s
                                     join awaited f on f.path = s.match_path
                            where s.same_path = 1
                            union all
                            select s.path, f.file_id, f.path, f.declared_size_plain, f.declared_size_encrypted,
                                   s.size_bytes, s.observations, s.done_file
                            from seen s
                                     join awaited f on f.path = s.match_name
                            where s.match_path <> s.match_name and s.same_name = 1
                              and exists (select
                                          from dataset_file df
                                          where df.file_id = f.file_id and df.manifest_id is not null)
                              and not exists (select
                                              from data_file exact
                                              where exact.route = :route and exact.state <> 'ARCHIVED'
                                                and exact.path = s.match_path)
                        ), arrived as (
                            select m.*,
                                   case
                                       when :rule = 'RENAMED' then 'RENAMED'
                                       when :rule = 'DONE_FILE' then case when m.done_file then 'DONE_FILE' end
                                       when m.observations >= :observations then 'QUIET'
                                       when m.observations >= 2 and m.size_bytes = coalesce(
                                               m.declared_size_encrypted,
                                               case
                                                   when lower(m.observed_path) like '%.cip' then m.declared_size_plain + 16
                                                   when right(m.observed_path, length(m.path)) = m.path
                                                       then m.declared_size_plain end) then 'DECLARED_SIZE'
                                       end as rule
                            from matched m
                            where (:paths::text[] is null or m.path = any (:paths) or m.observed_path = any (:paths))
                              and (:dataset::text is null or exists (select
                                                                     from dataset_file df
                                                                              join dataset d on d.dataset_id = df.dataset_id
                                                                     where df.file_id = m.file_id and d.name = :dataset))
                        )
                        update observation o
                        set file_id = a.file_id, arrival_rule = a.rule
                        from arrived a
                        where o.route = :route and o.path = a.observed_path and a.rule is not null
                        """)
                .param("route", route)
                .param("look", look)
                .param("rule", terms.rule())
                .param("observations", terms.observations())
                .param("paths", selection.pathsOrNull())
                .param("dataset", selection.dataset())
                .update();
    }

    /** Claims of a route, in the order of their file ids. */
    public List<Claim> claims(String route, long afterFileId, int limit) {
        return jdbc.sql("""
                        select file_id, path, arrival_rule, size_bytes, modified_ns, changed_ns, inode
                        from observation
                        where route = :route and file_id > :after
                        order by file_id
                        limit :limit
                        """)
                .param("route", route)
                .param("after", afterFileId)
                .param("limit", limit)
                .query(Arrivals::claim)
                .list();
    }

    /** Records the facts of files that were moved out of the incoming folder, before they become ARRIVED. */
    @Transactional
    public void record(List<Claim> taken, Instant at) {
        jdbc.sql("""
                        with taken as (
                            select *
                            from unnest(:files::bigint[], :paths::text[], :rules::text[], :sizes::bigint[])
                                     as t (file_id, path, rule, size_bytes)
                        ), forgotten as (
                            delete from observation o using taken t where o.file_id = t.file_id
                        )
                        update data_file f
                        set arrived_at = :at, arrived_as = t.path, arrival_rule = t.rule, received_size = t.size_bytes
                        from taken t
                        where f.file_id = t.file_id and f.state = 'EXPECTED'
                        """)
                .param("files", longs(taken, Claim::fileId))
                .param("paths", strings(taken, Claim::path))
                .param("rules", strings(taken, Claim::rule))
                .param("sizes", longs(taken, Claim::sizeBytes))
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Gives claims up whose files changed or vanished before they could be moved: their observation begins anew. */
    @Transactional
    public void giveUp(List<Claim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update observation
                        set file_id = null, arrival_rule = null, observations = 1
                        where file_id = any (:files)
                        """).param("files", longs(claims, Claim::fileId)).update();
    }

    /** How many claims there are that the given look did not see: files that a run that died has moved already. */
    public long claimsNotSeen(String route, long look) {
        return jdbc.sql(
                        "select count(*) from observation where route = :route and file_id is not null and look < :look")
                .param("route", route)
                .param("look", look)
                .query(Long.class)
                .single();
    }

    /** How many files a run has recorded as arrived, and of how many bytes. */
    public Arrived arrivedBy(long runId) {
        return jdbc.sql("""
                        select count(*) as files, coalesce(sum(f.received_size), 0)::bigint as bytes
                        from file_event e
                                 join data_file f on f.file_id = e.file_id
                        where e.run_id = :run and e.to_state = 'ARRIVED'
                        """).param("run", runId).query(Arrived.class).single();
    }

    /** What a run has moved out of the incoming folder. */
    public record Arrived(long files, long bytes) {}

    private static Claim claim(ResultSet row, int number) throws SQLException {
        return new Claim(
                row.getLong("file_id"),
                row.getString("path"),
                row.getString("arrival_rule"),
                row.getLong("size_bytes"),
                row.getLong("modified_ns"),
                row.getLong("changed_ns"),
                row.getLong("inode"));
    }

    private static <T> long[] longs(List<T> rows, ToLongFunction<T> field) {
        return rows.stream().mapToLong(field).toArray();
    }

    private static <T> @Nullable String[] strings(List<T> rows, Function<T, @Nullable String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }
}
