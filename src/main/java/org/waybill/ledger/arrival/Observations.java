package org.waybill.ledger.arrival;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What lies in the incoming folders, and since when it has not changed. */
@Repository
public class Observations {

    private final JdbcClient jdbc;

    public Observations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A file as one look saw it.
     *
     * @param look number of the look
     * @param path below the incoming folder, segments divided by {@code /}
     * @param name what a manifest would call it
     * @param modifiedNs time of last modification in ns since 1970
     * @param changedNs time of last inode change in ns since 1970
     * @param doneFile whether its producer wrote a done-file beside it
     * @param fault why it can never arrive; null for a regular file
     */
    public record Sighting(
            long look,
            String path,
            ObservedName name,
            long sizeBytes,
            long modifiedNs,
            long changedNs,
            long inode,
            boolean doneFile,
            @Nullable String fault,
            Instant at) {}

    /** Numbers a look at an incoming folder. */
    public long nextLook() {
        return jdbc.sql("select nextval('look_number')").query(Long.class).single();
    }

    /**
     * To be said before each look. If the clock went forward by more than the machine's own time did since the last one, it
     * was set: that time does not count for any file.
     *
     * @param boot names the time since the machine was started
     * @param up since the machine was started
     * @param at what the clock says
     */
    @Transactional
    public void compareClock(String route, String boot, Duration up, Instant at) {
        jdbc.sql("""
                        update observation o
                        set counted_at = o.counted_at + jump.by
                        from (select :at::timestamptz - c.at - make_interval(secs => :up - c.up_seconds) as by
                              from clock_reading c
                              where c.route = :route and c.boot = :boot) jump
                        where o.route = :route and o.file_id is null and jump.by > interval '1 second'
                        """)
                .param("route", route)
                .param("boot", boot)
                .param("up", up.toMillis() / 1000.0)
                .param("at", at.toString())
                .update();
        jdbc.sql("""
                        insert into clock_reading (route, boot, up_seconds, at)
                        values (:route, :boot, :up, :at::timestamptz)
                        on conflict (route) do update
                            set boot = excluded.boot, up_seconds = excluded.up_seconds, at = excluded.at
                        """)
                .param("route", route)
                .param("boot", boot)
                .param("up", up.toMillis() / 1000.0)
                .param("at", at.toString())
                .update();
    }

    /**
     * Remembers sightings of one look. A file that looks as before gains an observation if the last one that counted is
     * at least {@code quietFor} old; a file that looks different begins anew. If the clock went back, the time that is
     * gone does not count. What is being moved already keeps the facts under which it was claimed.
     *
     * @param undeclared whether the route takes files that nothing declares
     */
    @Transactional
    public void observe(String route, long look, List<Sighting> sightings, Duration quietFor, boolean undeclared) {
        jdbc.sql("""
                        insert into observation as o (route, path, match_path, match_name, size_bytes, modified_ns, changed_ns,
                                                      inode, done_file, fault, first_seen_at, counted_at, observations, look,
                                                      twin_key, name_fault, undeclared)
                        select :route, s.path, s.match_path, regexp_replace(s.match_path, '^.*/', ''), s.size_bytes,
                               s.modified_ns, s.changed_ns, s.inode, s.done_file, s.fault, s.at, s.at, 1, :look,
                               s.twin_key, s.name_fault, :undeclared
                        from unnest(:paths::text[], :matchPaths::text[], :sizes::bigint[], :modified::bigint[],
                                    :changed::bigint[], :inodes::bigint[], :done::boolean[], :faults::text[],
                                    :at::timestamptz[], :twinKeys::text[], :nameFaults::text[])
                                 as s (path, match_path, size_bytes, modified_ns, changed_ns, inode, done_file, fault, at,
                                       twin_key, name_fault)
                        on conflict (route, path) do update
                            set size_bytes   = excluded.size_bytes,
                                modified_ns  = excluded.modified_ns,
                                changed_ns   = excluded.changed_ns,
                                inode        = excluded.inode,
                                done_file    = excluded.done_file,
                                fault        = excluded.fault,
                                look         = excluded.look,
                                twin_key     = excluded.twin_key,
                                name_fault   = excluded.name_fault,
                                undeclared   = excluded.undeclared,
                                observations = case
                                    when (o.size_bytes, o.modified_ns, o.changed_ns, o.inode)
                                        <> (excluded.size_bytes, excluded.modified_ns, excluded.changed_ns, excluded.inode)
                                        then 1
                                    when excluded.counted_at - o.counted_at >= :quiet::interval
                                        then o.observations + 1
                                    else o.observations end,
                                counted_at   = case
                                    when (o.size_bytes, o.modified_ns, o.changed_ns, o.inode)
                                        <> (excluded.size_bytes, excluded.modified_ns, excluded.changed_ns, excluded.inode)
                                        or excluded.counted_at - o.counted_at >= :quiet::interval
                                        or excluded.counted_at < o.counted_at
                                        then excluded.counted_at
                                    else o.counted_at end
                        where o.file_id is null
                        """)
                .param("route", route)
                .param("look", look)
                .param("quiet", quietFor.toNanos() / 1000 + " microseconds")
                .param("paths", strings(sightings, Sighting::path))
                .param("undeclared", undeclared)
                .param("matchPaths", strings(sightings, sighting -> sighting.name()
                        .matchPath()))
                .param("twinKeys", strings(sightings, sighting -> sighting.name()
                        .twinKey()))
                .param("nameFaults", strings(sightings, sighting -> sighting.name()
                        .fault()))
                .param("sizes", longs(sightings, Sighting::sizeBytes))
                .param("modified", longs(sightings, Sighting::modifiedNs))
                .param("changed", longs(sightings, Sighting::changedNs))
                .param("inodes", longs(sightings, Sighting::inode))
                .param("done", sightings.stream().map(Sighting::doneFile).toArray(Boolean[]::new))
                .param("faults", strings(sightings, Sighting::fault))
                .param("at", strings(sightings, sighting -> sighting.at().toString()))
                .update();
        jdbc.sql("""
                        update observation
                        set look = :look
                        where route = :route and path = any (:paths) and file_id is not null
                        """)
                .param("route", route)
                .param("look", look)
                .param("paths", strings(sightings, Sighting::path))
                .update();
    }

    /** Forgets what the last look no longer saw, unless it is being moved. */
    @Transactional
    public void forgetVanished(String route, long look) {
        jdbc.sql("delete from observation where route = :route and look < :look and file_id is null")
                .param("route", route)
                .param("look", look)
                .update();
    }

    /**
     * Whether a look saw files that are not known to be quiet yet. Asked outside the caller's transaction, which must not
     * stay open while the caller waits for them.
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public boolean hasUnquiet(String route, long look, int observations) {
        return jdbc.sql("""
                        select exists (select
                                       from observation
                                       where route = :route and look = :look and fault is null and file_id is null
                                         and observations < :observations)
                        """)
                .param("route", route)
                .param("look", look)
                .param("observations", observations)
                .query(Boolean.class)
                .single();
    }

    /** What still lies in an incoming folder. */
    public Waiting waiting(String route) {
        return jdbc.sql("""
                        select count(*) filter (where fault is null) as pending, count(fault) as faulty
                        from observation
                        where route = :route
                        """)
                .param("route", route)
                .query((row, n) -> new Waiting(row.getLong("pending"), row.getLong("faulty")))
                .single();
    }

    /**
     * @param pending regular files that have not arrived, or that nobody expects
     * @param faulty links, pipes and the like
     */
    public record Waiting(long pending, long faulty) {}

    private static <T> long[] longs(List<T> rows, ToLongFunction<T> field) {
        return rows.stream().mapToLong(field).toArray();
    }

    private static <T> @Nullable String[] strings(List<T> rows, Function<T, @Nullable String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }
}
