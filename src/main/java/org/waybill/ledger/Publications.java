package org.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;

/** What is to be published in the archive, and under which names it was. */
@Repository
public class Publications {

    private final JdbcClient jdbc;

    public Publications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A file that datasets still want published.
     *
     * @param state {@link FileState#PROCESSED}, or {@link FileState#ARCHIVED} if only a further dataset wants it
     * @param hasReaders whether its archived form is for the holders of keys: Crypt4GH; otherwise it is {@code .cip}
     * @param publishedAs a path below the archive folder under which it already stands; empty if there is none
     * @param wanted the datasets for which it is not published yet
     * @param version the one that its names say: of a file that came again with the content of the version before, that one
     * @param duplicateOf the file of the version before, if this one came again with just its content and that is not recorded
     *     yet; else null
     */
    public record Publication(
            long fileId,
            String path,
            FileState state,
            long sizeBytes,
            Checksum md5,
            Checksum sha256,
            Checksum plainSha256,
            boolean hasReaders,
            List<String> publishedAs,
            List<WantedBy> wanted,
            int version,
            @Nullable Long duplicateOf) {}

    /** A dataset that wants a file. */
    public record WantedBy(long datasetId, String name) {}

    /** The path below the archive folder under which a file is published for a dataset. */
    public record PublishedAs(long fileId, long datasetId, String path) {}

    /** The files that are to be published, or are wanted by a further dataset, with the sizes of their archived form. */
    public List<SizedFile> unpublished(String route, Selection selection) {
        return jdbc.sql("""
                        select f.file_id, f.path, f.archived_size as size_bytes
                        from data_file f
                        where f.route = :route
                          and (f.state = 'PROCESSED'
                            or f.state = 'ARCHIVED' and exists (select
                                                                from dataset_file df
                                                                where df.file_id = f.file_id and df.archived_as is null))
                          and (:paths::text[] is null or f.path = any (:paths) or f.arrived_as = any (:paths))
                          and (:dataset::text is null or exists (select
                                                                 from dataset_file df
                                                                          join dataset d on d.dataset_id = df.dataset_id
                                                                 where df.file_id = f.file_id and d.name = :dataset))
                        order by f.file_id
                        """)
                .param("route", route)
                .param("paths", selection.pathsOrNull())
                .param("dataset", selection.dataset())
                .query(SizedFile.class)
                .list();
    }

    /**
     * Files of one part of a launch's cut that are still to be published, in the order of their ids. What came again is compared
     * with the newest version before it only: an older content that comes back is news to who has the newer one. And not
     * compared is what has stood in the archive under a version of its own, and was set back by a person.
     */
    public List<Publication> ofPart(long launchId, int part, long afterId, int limit) {
        return jdbc.sql("""
                        select f.file_id, f.path, f.state, f.archived_size, f.archived_md5, f.archived_sha256, f.plain_sha256,
                               f.archived_for is distinct from '{}' as has_readers,
                               coalesce(before.version, f.version) as version, before.file_id as duplicate_of,
                               array_agg(d.dataset_id) filter (where df.archived_as is null) as dataset_ids,
                               array_agg(d.name) filter (where df.archived_as is null)       as dataset_names,
                               array_agg(df.archived_as) filter (where df.archived_as is not null) as published_as
                        from part p
                                 join data_file f on f.file_id = p.file_id
                                 join dataset_file df on df.file_id = f.file_id
                                 join dataset d on d.dataset_id = df.dataset_id
                                 left join lateral (select o.file_id, o.version, o.state, o.plain_sha256
                                                    from data_file o
                                                    where f.version > 1 and o.route = f.route and o.path = f.path
                                                      and o.version < f.version and o.duplicate_of is null
                                                      and coalesce(o.held_state, o.state) = 'ARCHIVED'
                                                    order by o.version desc
                                                    limit 1) before
                                           on f.state = 'PROCESSED' and before.state = 'ARCHIVED'
                                               and before.plain_sha256 = f.plain_sha256
                                               and not exists (select
                                                               from file_event e
                                                               where e.file_id = f.file_id and e.reason = 'PUBLISHED'
                                                                 and strpos(e.detail, f.path || '.v' || f.version || '.') > 0)
                        where p.launch_id = :launch and p.part = :part and p.file_id > :after and f.state in ('PROCESSED', 'ARCHIVED')
                        group by f.file_id, before.file_id, before.version
                        having f.state = 'PROCESSED' or bool_or(df.archived_as is null)
                        order by f.file_id
                        limit :limit
                        """)
                .param("launch", launchId)
                .param("part", part)
                .param("after", afterId)
                .param("limit", limit)
                .query(Publications::publication)
                .list();
    }

    /**
     * Records under which names files are published, in the transaction that moves them. A file that is not, or no
     * longer, {@link FileState#ARCHIVED} is left alone. The state stands in a column as in {@link Contents#record}.
     *
     * @return the ids of the files that are archived
     */
    @Transactional
    public Set<Long> record(List<PublishedAs> published, Stamp stamp) {
        if (published.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                        with published as (
                            select *
                            from unnest(:files::bigint[], :datasets::bigint[], :paths::text[], :states::text[])
                                     as p (file_id, dataset_id, path, state)
                        ), archived as (
                            update data_file f
                            set archived_at = coalesce(archived_at, :at)
                            from (select distinct file_id, state from published) p
                            where f.file_id = p.file_id and f.state = p.state
                            returning f.file_id
                        ), named as (
                            update dataset_file df
                            set archived_as = p.path
                            from published p
                                     join archived a on a.file_id = p.file_id
                            where df.file_id = p.file_id and df.dataset_id = p.dataset_id
                        ), noted as (
                            insert into file_event (file_id, at, from_state, to_state, reason, detail, run_id, actor)
                            select a.file_id, :at, 'ARCHIVED', 'ARCHIVED', 'PUBLISHED', p.path, :run, :actor
                            from published p
                                     join archived a on a.file_id = p.file_id
                        )
                        select file_id from archived
                        """)
                .param(
                        "files",
                        published.stream().mapToLong(PublishedAs::fileId).toArray())
                .param(
                        "datasets",
                        published.stream().mapToLong(PublishedAs::datasetId).toArray())
                .param("paths", published.stream().map(PublishedAs::path).toArray(String[]::new))
                .param(
                        "states",
                        published.stream()
                                .map(each -> FileState.ARCHIVED.name())
                                .toArray(String[]::new))
                .param("at", Timestamp.from(stamp.at()))
                .param("run", stamp.runId())
                .param("actor", stamp.actor())
                .query(Long.class)
                .list());
    }

    /** Whether an archived file with these bytes is known to hold this content. */
    public boolean isKnownToHold(Checksum archivedSha256, Checksum plainSha256) {
        return jdbc.sql("""
                        select exists (select
                                       from data_file
                                       where state = 'ARCHIVED' and archived_sha256 = :archived and plain_sha256 = :plain)
                        """)
                .param("archived", archivedSha256.hex())
                .param("plain", plainSha256.hex())
                .query(Boolean.class)
                .single();
    }

    /** Records that a file's content stands in the archive in other bytes than were made now: a duplicate. */
    @Transactional
    public void recordDuplicate(long fileId, long sizeBytes, Checksum md5, Checksum sha256) {
        jdbc.sql("""
                        update data_file f
                        set archived_size = :size, archived_md5 = :md5, archived_sha256 = :sha256,
                            archived_for = (select min(o.archived_for)
                                            from data_file o
                                            where o.route = f.route and o.archived_sha256 = :sha256 and o.state = 'ARCHIVED')
                        where f.file_id = :file and f.state = 'PROCESSED'
                        """)
                .param("size", sizeBytes)
                .param("md5", md5.hex())
                .param("sha256", sha256.hex())
                .param("file", fileId)
                .update();
    }

    /** Records that a file is the version before come again: not a version of its own. */
    @Transactional
    public void recordDuplicateOf(long fileId, long versionBefore) {
        jdbc.sql("""
                        update data_file f
                        set duplicate_of = o.file_id, version = o.version
                        from data_file o
                        where f.file_id = :file and f.state = 'PROCESSED' and o.file_id = :before
                        """).param("file", fileId).param("before", versionBefore).update();
    }

    private static Publication publication(ResultSet row, int number) throws SQLException {
        List<Long> ids = array(row, "dataset_ids", Long[].class);
        List<String> names = array(row, "dataset_names", String[].class);
        return new Publication(
                row.getLong("file_id"),
                row.getString("path"),
                FileState.valueOf(row.getString("state")),
                row.getLong("archived_size"),
                new Checksum(ChecksumAlgorithm.MD5, row.getString("archived_md5")),
                new Checksum(ChecksumAlgorithm.SHA256, row.getString("archived_sha256")),
                new Checksum(ChecksumAlgorithm.SHA256, row.getString("plain_sha256")),
                row.getBoolean("has_readers"),
                array(row, "published_as", String[].class),
                java.util.stream.IntStream.range(0, ids.size())
                        .mapToObj(i -> new WantedBy(ids.get(i), names.get(i)))
                        .toList(),
                row.getInt("version"),
                row.getObject("duplicate_of", Long.class));
    }

    private static <T> List<T> array(ResultSet row, String column, Class<T[]> type) throws SQLException {
        java.sql.Array array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList(type.cast(array.getArray()));
    }
}
