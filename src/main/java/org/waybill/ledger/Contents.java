package org.waybill.ledger;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.Side;
import org.waybill.ledger.DataFile.DeclaredChecksum;

/** What processing reads of the files that have arrived, and what it measured in them. */
@Repository
public class Contents {

    private final JdbcClient jdbc;

    public Contents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What one pass over a file measured.
     *
     * @param receivedFormat in which format it arrived
     * @param plainSize size of the content in bytes
     * @param archivedSize size of the re-encrypted file in bytes
     */
    public record Measured(
            String receivedFormat,
            long plainSize,
            Checksum plainMd5,
            Checksum plainSha256,
            Completeness completeness,
            long archivedSize,
            Checksum archivedMd5,
            Checksum archivedSha256) {}

    /** What proves that nothing of a file is missing. */
    public enum Completeness {
        /** A declared checksum of either side matched. */
        DIGEST,
        /** A declared size of either side matched. */
        SIZE,
        /** Nothing was declared, and the format's own authentication covers the file as a whole. */
        FORMAT,
        /** Nothing was declared, and the format does not notice whole blocks that are missing at the end. */
        UNPROVEN
    }

    /** The files that have arrived and are to be processed, with their sizes as they arrived. */
    public List<SizedFile> arrived(String route, Selection selection) {
        return jdbc.sql("""
                        select f.file_id, f.path, f.received_size as size_bytes
                        from data_file f
                        where f.route = :route and f.state = 'ARRIVED'
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

    /** Files of one part of a launch's cut that are in a state, in the order of their ids. */
    public List<DataFile> ofPart(long launchId, int part, FileState state, long afterId, int limit) {
        return jdbc.sql("""
                        select f.file_id, f.path, f.state, f.arrived_as, f.received_size,
                               f.declared_size_plain, f.declared_size_encrypted,
                               (select array_agg(c.side || ':' || c.algorithm || ':' || c.value)
                                from declared_checksum c
                                where c.file_id = f.file_id) as checksums
                        from part p
                                 join data_file f on f.file_id = p.file_id
                        where p.launch_id = :launch and p.part = :part and p.file_id > :after and f.state = :state
                        order by p.file_id
                        limit :limit
                        """)
                .param("launch", launchId)
                .param("part", part)
                .param("after", afterId)
                .param("state", state.name())
                .param("limit", limit)
                .query(Contents::dataFile)
                .list();
    }

    /**
     * Records what was measured in files that are to become {@link FileState#PROCESSED} in the same transaction. The state
     * stands in a column, as in {@link Ledger#move}: the planner believes that no file is in a state which none was in when
     * it last counted, and would look through all of them for each.
     *
     * @param readers for whom the files were encrypted
     */
    @Transactional
    public void record(Map<Long, Measured> files, Readers readers, Instant at) {
        if (files.isEmpty()) {
            return;
        }
        List<Measured> measured = List.copyOf(files.values());
        jdbc.sql("""
                        update data_file f
                        set processed_at = :at, received_format = m.format, plain_size = m.plain_size, plain_md5 = m.plain_md5,
                            plain_sha256 = m.plain_sha256, complete_by = m.complete_by, archived_size = m.archived_size,
                            archived_md5 = m.archived_md5, archived_sha256 = m.archived_sha256,
                            archived_for = :readers, archived_not_for = '{}'
                        from unnest(:files::bigint[], :formats::text[], :plainSizes::bigint[], :plainMd5s::text[],
                                    :plainSha256s::text[], :completeBys::text[], :archivedSizes::bigint[],
                                    :archivedMd5s::text[], :archivedSha256s::text[], :froms::text[])
                                 as m (file_id, format, plain_size, plain_md5, plain_sha256, complete_by, archived_size,
                                       archived_md5, archived_sha256, from_state)
                        where f.file_id = m.file_id and f.state = m.from_state
                        """)
                .param("at", Timestamp.from(at))
                .param("readers", readers.array())
                .param(
                        "files",
                        files.keySet().stream().mapToLong(Long::longValue).toArray())
                .param("formats", strings(measured, Measured::receivedFormat))
                .param(
                        "plainSizes",
                        measured.stream().mapToLong(Measured::plainSize).toArray())
                .param("plainMd5s", strings(measured, file -> file.plainMd5().hex()))
                .param("plainSha256s", strings(measured, file -> file.plainSha256()
                        .hex()))
                .param("completeBys", strings(measured, file -> file.completeness()
                        .name()))
                .param(
                        "archivedSizes",
                        measured.stream().mapToLong(Measured::archivedSize).toArray())
                .param("archivedMd5s", strings(measured, file -> file.archivedMd5()
                        .hex()))
                .param("archivedSha256s", strings(measured, file -> file.archivedSha256()
                        .hex()))
                .param("froms", strings(measured, file -> FileState.ARRIVED.name()))
                .update();
    }

    private static String[] strings(List<Measured> files, Function<Measured, String> field) {
        return files.stream().map(field).toArray(String[]::new);
    }

    /** The states of those of the given files that exist, for setting a folder right; ids that no file has are left out. */
    public List<FileInState> states(String route, long[] fileIds) {
        return jdbc.sql("""
                        select file_id, state, held_state
                        from data_file
                        where route = :route and file_id = any (:files)
                        """)
                .param("route", route)
                .param("files", fileIds)
                .query((row, n) -> new FileInState(
                        row.getLong("file_id"),
                        FileState.valueOf(row.getString("state")),
                        row.getString("held_state") == null ? null : FileState.valueOf(row.getString("held_state"))))
                .list();
    }

    /** @param held the state that readmission gives back; null unless the file is in quarantine */
    public record FileInState(
            long fileId, FileState state, @Nullable FileState held) {}

    static DataFile dataFile(ResultSet row, int number) throws SQLException {
        return new DataFile(
                row.getLong("file_id"),
                row.getString("path"),
                FileState.valueOf(row.getString("state")),
                row.getString("arrived_as"),
                row.getObject("received_size", Long.class),
                row.getObject("declared_size_plain", Long.class),
                row.getObject("declared_size_encrypted", Long.class),
                checksums(row.getArray("checksums")));
    }

    private static List<DeclaredChecksum> checksums(@Nullable Array array) throws SQLException {
        if (array == null) {
            return List.of();
        }
        return Arrays.stream((String[]) array.getArray())
                .map(text -> text.split(":"))
                .map(parts -> new DeclaredChecksum(
                        Side.valueOf(parts[0]), new Checksum(ChecksumAlgorithm.valueOf(parts[1]), parts[2])))
                .toList();
    }
}
