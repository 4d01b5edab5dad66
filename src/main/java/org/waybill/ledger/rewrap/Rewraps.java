package org.waybill.ledger.rewrap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.ledger.Readers;
import org.waybill.ledger.Selection;
import org.waybill.ledger.SizedFile;

/** What is to be rewrapped, and how far that is. */
@Repository
public class Rewraps {

    /** Of data_file f: it is not for the present readers, and the old key opens it, or may. */
    private static final String NEEDS_THE_OLD_KEY = """
            (f.archived_for is distinct from :readers::text[] and f.archived_for is distinct from '{}'
                and (:old::text is null
                    or case when f.archived_for is null then :old <> all (f.archived_not_for)
                            else :old = any (f.archived_for) end))
            """;

    private final JdbcClient jdbc;

    public Rewraps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The archived files that are not for the present readers though the old key opens them, or may; those with the same
     * bytes; and those whose change was begun, whether they are selected or not.
     *
     * @param oldKey public key in base64; null if it is not known: then any key may open them
     */
    public List<SizedFile> toDo(String route, Selection selection, Readers present, @Nullable String oldKey) {
        return jdbc.sql("""
                        select s.file_id, s.path, s.archived_size as size_bytes
                        from data_file s
                        where s.route = :route and s.state = 'ARCHIVED'
                          and s.archived_sha256 in (
                              select f.archived_sha256
                              from data_file f
                              where f.route = :route and f.state = 'ARCHIVED'
                                and %s
                                and (:paths::text[] is null or f.path = any (:paths) or f.arrived_as = any (:paths))
                                and (:dataset::text is null or exists (
                                    select
                                    from dataset_file df
                                             join dataset d on d.dataset_id = df.dataset_id
                                    where df.file_id = f.file_id and d.name = :dataset))
                              union
                              select old_sha256 from header_change where route = :route)
                        order by s.file_id
                        """.formatted(NEEDS_THE_OLD_KEY))
                .param("route", route)
                .param("readers", present.array())
                .param("old", oldKey)
                .param("paths", selection.pathsOrNull())
                .param("dataset", selection.dataset())
                .query(SizedFile.class)
                .list();
    }

    /**
     * Contents of one part of a launch's cut, in the order of their ids. A content of several files belongs to the part of
     * the first, so that two parts never have the same.
     */
    public List<ArchivedContent> ofPart(String route, long launchId, int part, long afterId, int limit) {
        return jdbc.sql("""
                        with mine as (
                            select p.file_id, f.archived_sha256
                            from part p
                                     join data_file f on f.file_id = p.file_id
                            where p.launch_id = :launch and p.part = :part and p.file_id > :after and f.state = 'ARCHIVED'
                              and not exists (
                                  select
                                  from data_file e
                                  where e.route = f.route and e.archived_sha256 = f.archived_sha256
                                    and e.state = 'ARCHIVED' and e.file_id < f.file_id)
                            order by p.file_id
                            limit :limit
                        )
                        select m.file_id, count(distinct f.file_id) as files, f.archived_size, f.archived_md5,
                               f.archived_sha256, bool_or(f.archived_for is not null) as readers_known,
                               array_agg(distinct df.archived_as) filter (where df.archived_as is not null) as names,
                               h.old_header, h.new_header, h.new_size, h.new_md5, h.new_sha256, h.new_for, h.modified_ns
                        from mine m
                                 join data_file f on f.route = :route and f.archived_sha256 = m.archived_sha256
                                     and coalesce(f.held_state, f.state) = 'ARCHIVED'
                                 left join dataset_file df on df.file_id = f.file_id
                                 left join header_change h on h.route = :route and h.old_sha256 = m.archived_sha256
                        group by m.file_id, f.archived_size, f.archived_md5, f.archived_sha256, h.route, h.old_sha256
                        order by m.file_id
                        """)
                .param("route", route)
                .param("launch", launchId)
                .param("part", part)
                .param("after", afterId)
                .param("limit", limit)
                .query(Rewraps::content)
                .list();
    }

    /**
     * How far a route is with the rewrapping of what an old key opens.
     *
     * @param files whose re-encrypted form exists
     * @param done of these, those that need the old key no more
     * @param elsewhere of the others, those that wait for the archive or in quarantine
     */
    public record HowFar(long files, long done, long elsewhere) {

        public boolean isDone() {
            return done == files;
        }

        /** Rounded down: 100 only when all are done. */
        public long percent() {
            return files == 0 ? 100 : done * 100 / files;
        }
    }

    public HowFar howFar(String route, Readers present, String oldKey) {
        return jdbc.sql("""
                        select count(*) as files,
                               count(*) filter (where not %1$s) as done,
                               count(*) filter (where %1$s and f.state <> 'ARCHIVED') as elsewhere
                        from data_file f
                        where f.route = :route and coalesce(f.held_state, f.state) in ('PROCESSED', 'ARCHIVED')
                        """.formatted(NEEDS_THE_OLD_KEY))
                .param("route", route)
                .param("readers", present.array())
                .param("old", oldKey)
                .query(HowFar.class)
                .single();
    }

    /** A file that a run left alone, and why. */
    public record LeftAlone(long fileId, String path, String why) {}

    /** Files that a run could not rewrap. */
    public List<LeftAlone> leftAlone(long runId, int limit) {
        return jdbc.sql("""
                        select f.file_id, f.path, e.detail as why
                        from file_event e
                                 join data_file f on f.file_id = e.file_id
                        where e.run_id = :run and e.reason = :reason
                        order by e.event_id
                        limit :limit
                        """)
                .param("run", runId)
                .param("reason", HeaderChanges.LEFT_ALONE)
                .param("limit", limit)
                .query(LeftAlone.class)
                .list();
    }

    private static ArchivedContent content(ResultSet row, int number) throws SQLException {
        Checksum sha256 = new Checksum(ChecksumAlgorithm.SHA256, row.getString("archived_sha256"));
        return new ArchivedContent(
                row.getLong("file_id"),
                row.getInt("files"),
                row.getLong("archived_size"),
                new Checksum(ChecksumAlgorithm.MD5, row.getString("archived_md5")),
                sha256,
                row.getBoolean("readers_known"),
                strings(row, "names"),
                row.getBytes("new_header") == null ? Optional.empty() : Optional.of(change(row, sha256)));
    }

    private static HeaderChange change(ResultSet row, Checksum oldSha256) throws SQLException {
        return new HeaderChange(
                oldSha256,
                row.getBytes("old_header"),
                row.getBytes("new_header"),
                row.getLong("new_size"),
                new Checksum(ChecksumAlgorithm.MD5, row.getString("new_md5")),
                new Checksum(ChecksumAlgorithm.SHA256, row.getString("new_sha256")),
                new Readers(strings(row, "new_for")),
                row.getLong("modified_ns"));
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        java.sql.Array array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
