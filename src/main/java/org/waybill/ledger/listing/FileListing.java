package org.waybill.ledger.listing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists files. */
@Repository
public class FileListing {

    private final JdbcClient jdbc;

    public FileListing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Files in the order of their ids, or unexpected ones in the order of their paths. */
    public List<FileRow> list(FileFilter filter) {
        return FileFilter.UNEXPECTED.equals(filter.state()) ? unexpected(filter) : expected(filter, null);
    }

    /**
     * Files that a person may mean: only those that fit best, and of these the newest 20.
     *
     * @param idOrName a ledger id; a path in a dataset, below the incoming folder or below the archive; or the last segment of one
     */
    public List<FileRow> named(String idOrName) {
        Long[] fitting =
                jdbc.sql("""
                        with fit as (
                            select f.file_id,
                                   case
                                       when f.file_id::text = :name then 1
                                       when :name in (f.path, f.arrived_as) then 2
                                       when exists (select
                                                    from dataset_file df
                                                    where df.file_id = f.file_id and df.archived_as = :name) then 2
                                       when '/' || :name in (right(f.path, length(:name) + 1),
                                                             right(f.arrived_as, length(:name) + 1)) then 3
                                   end as rank
                            from data_file f
                        )
                        select file_id
                        from fit
                        where rank = (select min(rank) from fit)
                        order by file_id desc
                        limit 20
                        """).param("name", idOrName).query(Long.class).list().toArray(Long[]::new);
        return expected(FileFilter.ALL, fitting);
    }

    private List<FileRow> expected(FileFilter filter, Long @Nullable [] ids) {
        return jdbc.sql("""
                        select f.file_id, f.route, f.path, f.version, f.state, f.reason,
                               coalesce(f.plain_size, f.declared_size_plain, f.received_size,
                                        f.declared_size_encrypted) as size_bytes,
                               array(select d.name
                                     from dataset_file df
                                              join dataset d on d.dataset_id = df.dataset_id
                                     where df.file_id = f.file_id
                                     order by d.name) as datasets,
                               (select coalesce(max(e.at), f.expected_at)
                                from file_event e
                                where e.file_id = f.file_id and e.from_state is distinct from e.to_state) as since
                        from data_file f
                        where (f.file_id = any (:ids::bigint[]) or :ids::bigint[] is null)
                          and (f.route = :route or :route::text is null)
                          and (f.state = :state or :state::text is null)
                          and (strpos(lower(f.path), lower(:find)) > 0 or strpos(lower(f.arrived_as), lower(:find)) > 0
                              or :find::text is null)
                          and (exists (select
                                       from dataset_file df
                                                join dataset d on d.dataset_id = df.dataset_id
                                       where df.file_id = f.file_id and d.name = :dataset)
                              or :dataset::text is null)
                        order by f.file_id
                        limit :limit::bigint
                        """)
                .param("ids", ids)
                .param("route", filter.route())
                .param("state", filter.state())
                .param("find", filter.find())
                .param("dataset", filter.dataset())
                .param("limit", filter.limit())
                .query(FileListing::fileRow)
                .list();
    }

    private List<FileRow> unexpected(FileFilter filter) {
        return jdbc.sql("""
                        select null::bigint as file_id, u.route, u.path, null::int as version, 'UNEXPECTED' as state, u.reason, u.size_bytes,
                               '{}'::text[] as datasets, u.first_seen_at as since
                        from unexpected_file u
                        where :dataset::text is null
                          and (u.route = :route or :route::text is null)
                          and (strpos(lower(u.path), lower(:find)) > 0 or :find::text is null)
                        order by u.route, u.path
                        limit :limit::bigint
                        """)
                .param("route", filter.route())
                .param("find", filter.find())
                .param("dataset", filter.dataset())
                .param("limit", filter.limit())
                .query(FileListing::fileRow)
                .list();
    }

    private static FileRow fileRow(ResultSet row, int number) throws SQLException {
        return new FileRow(
                row.getObject("file_id", Long.class),
                row.getString("route"),
                row.getString("path"),
                row.getObject("version", Integer.class),
                row.getString("state"),
                row.getString("reason"),
                row.getObject("size_bytes", Long.class),
                List.of((String[]) row.getArray("datasets").getArray()),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }
}
