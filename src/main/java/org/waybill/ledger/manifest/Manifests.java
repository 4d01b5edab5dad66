package org.waybill.ledger.manifest;

import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.format.Checksum;
import org.waybill.ledger.Stamp;

/** Manifests: which were seen, the rows between being read and being admitted, and those that were rejected. */
@Repository
public class Manifests {

    private final JdbcClient jdbc;

    public Manifests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A well-formed row.
     *
     * @param twinKey equal for paths that differ only in case or in Unicode normal form
     * @param checksums each as {@code SIDE:ALGORITHM:hex}, sorted
     */
    public record Row(
            long manifestId,
            long line,
            String dataset,
            String path,
            String twinKey,
            @Nullable Long sizePlain,
            @Nullable Long sizeEncrypted,
            List<String> checksums) {}

    /** A row that is not taken. */
    public record Reject(long manifestId, long line, String fault, String detail) {}

    /** What became of a manifest. */
    public record Outcome(String outcome, long rows, long accepted, long rejected) {}

    /** Whether a manifest of this name and content was dealt with before. */
    public boolean isKnown(String route, String name, Checksum sha256) {
        return jdbc.sql("""
                        select exists (select
                                       from manifest
                                       where route = :route and name = :name and sha256 = :sha256 and outcome <> 'READING')
                        """)
                .param("route", route)
                .param("name", name)
                .param("sha256", sha256.hex())
                .query(Boolean.class)
                .single();
    }

    /** Whether a dataset of this name is in the ledger. */
    public boolean knowsDataset(String route, String name) {
        return jdbc.sql("select exists (select from dataset where route = :route and name = :name)")
                .param("route", route)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /** Forgets the manifests that runs which died had begun to read; those that still lie there are read anew. */
    @Transactional
    public void forgetUnfinished(String route) {
        jdbc.sql("""
                        select manifest_id
                        from manifest
                        where route = :route and outcome = 'READING'
                        """).param("route", route).query(Long.class).list().forEach(id -> {
            discard(id);
            jdbc.sql("delete from manifest where manifest_id = :manifest")
                    .param("manifest", id)
                    .update();
        });
    }

    /** Begins with a manifest. */
    @Transactional
    public long begin(String route, String name, Checksum sha256, Stamp stamp) {
        return jdbc.sql("""
                        insert into manifest (route, name, sha256, outcome, run_id, seen_at)
                        values (:route, :name, :sha256, 'READING', :run, :at)
                        returning manifest_id
                        """)
                .param("route", route)
                .param("name", name)
                .param("sha256", sha256.hex())
                .param("run", stamp.runId())
                .param("at", Timestamp.from(stamp.at()))
                .query(Long.class)
                .single();
    }

    @Transactional
    public void add(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into manifest_row (manifest_id, line, dataset, path, twin_key, size_plain, size_encrypted, checksums)
                        select manifest_id, line, dataset, path, twin_key, size_plain, size_encrypted,
                               string_to_array(checksums, ' ')
                        from unnest(:manifests::bigint[], :lines::bigint[], :datasets::text[], :paths::text[],
                                    :twinKeys::text[], :plain::bigint[], :encrypted::bigint[], :checksums::text[])
                                 as r (manifest_id, line, dataset, path, twin_key, size_plain, size_encrypted, checksums)
                        """)
                .param("manifests", rows.stream().mapToLong(Row::manifestId).toArray())
                .param("lines", rows.stream().mapToLong(Row::line).toArray())
                .param("datasets", strings(rows, Row::dataset))
                .param("paths", strings(rows, Row::path))
                .param("twinKeys", strings(rows, Row::twinKey))
                .param("plain", rows.stream().map(Row::sizePlain).toArray(Long[]::new))
                .param("encrypted", rows.stream().map(Row::sizeEncrypted).toArray(Long[]::new))
                .param("checksums", strings(rows, row -> String.join(" ", row.checksums())))
                .update();
    }

    @Transactional
    public void reject(List<Reject> rejects) {
        if (rejects.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into manifest_reject (manifest_id, line, fault, detail)
                        select *
                        from unnest(:manifests::bigint[], :lines::bigint[], :faults::text[], :details::text[])
                        """)
                .param(
                        "manifests",
                        rejects.stream().mapToLong(Reject::manifestId).toArray())
                .param("lines", rejects.stream().mapToLong(Reject::line).toArray())
                .param("faults", strings(rejects, Reject::fault))
                .param("details", strings(rejects, Reject::detail))
                .update();
    }

    /** Records that a manifest was read to its end, in which format, and how many rows it has. */
    @Transactional
    public void read(long manifestId, String format, long rows) {
        jdbc.sql("update manifest set format = :format, rows = :rows where manifest_id = :manifest")
                .param("format", format)
                .param("rows", rows)
                .param("manifest", manifestId)
                .update();
    }

    /** Nothing of a manifest can be taken: it is unreadable, or in conflict with what the ledger knows. */
    @Transactional
    public void refuse(long manifestId, String outcome, String detail, long rows) {
        discard(manifestId);
        jdbc.sql("""
                        update manifest
                        set outcome = :outcome, detail = :detail, rows = :rows, accepted = 0, rejected = 0
                        where manifest_id = :manifest
                        """)
                .param("outcome", outcome)
                .param("detail", detail)
                .param("rows", rows)
                .param("manifest", manifestId)
                .update();
    }

    /** Records what became of a manifest whose rows are in the ledger; counts them there. */
    @Transactional
    public void taken(long manifestId) {
        Map<String, Object> counts =
                jdbc.sql("""
                        select m.merged + (select count(*)
                                           from dataset_file df
                                           where df.manifest_id = m.manifest_id)                                as accepted,
                               (select count(*) from manifest_reject r where r.manifest_id = m.manifest_id) as rejected
                        from manifest m
                        where m.manifest_id = :manifest
                        """).param("manifest", manifestId).query().singleRow();
        jdbc.sql("""
                        update manifest
                        set outcome = 'TAKEN', accepted = :accepted, rejected = :rejected
                        where manifest_id = :manifest
                        """)
                .param("accepted", counts.get("accepted"))
                .param("rejected", counts.get("rejected"))
                .param("manifest", manifestId)
                .update();
        jdbc.sql("delete from manifest_row where manifest_id = :manifest")
                .param("manifest", manifestId)
                .update();
    }

    /** The manifests that a run began with and that are not dealt with yet. */
    public List<Long> reading(long runId) {
        return jdbc.sql(
                        "select manifest_id from manifest where run_id = :run and outcome = 'READING' order by manifest_id")
                .param("run", runId)
                .query(Long.class)
                .list();
    }

    /** What became of the manifests of a run, one row for each outcome that occurred. */
    public List<Outcome> outcomes(long runId) {
        return jdbc.sql("""
                        select outcome, sum(rows)::bigint as rows, sum(accepted)::bigint as accepted,
                               sum(rejected)::bigint as rejected
                        from manifest
                        where run_id = :run
                        group by outcome
                        """)
                .param("run", runId)
                .query((row, n) -> new Outcome(
                        row.getString("outcome"),
                        row.getLong("rows"),
                        row.getLong("accepted"),
                        row.getLong("rejected")))
                .list();
    }

    private void discard(long manifestId) {
        jdbc.sql("delete from manifest_row where manifest_id = :manifest")
                .param("manifest", manifestId)
                .update();
        jdbc.sql("delete from manifest_reject where manifest_id = :manifest")
                .param("manifest", manifestId)
                .update();
    }

    private static <T> String[] strings(List<T> rows, Function<T, String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }
}
