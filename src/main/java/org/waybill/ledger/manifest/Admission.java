package org.waybill.ledger.manifest;

import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Stamp;

/**
 * Admits the rows of a manifest to the ledger, all in one transaction and set by set, however many they are.
 *
 * <ol>
 *   <li>A manifest that declares a dataset which another manifest declared before is in conflict: nothing is taken.
 *   <li>Its rows are compared with each other, as {@link Sifting} says.
 *   <li>A row that contradicts a file that is on its way is rejected, also by what was measured of it. A row that agrees
 *       with a known file is that file, and what it declares beyond is declared of it.
 *   <li>All other rows become new files, {@link FileState#EXPECTED}. One whose path was archived before is its next version.
 * </ol>
 */
@Repository
public class Admission {

    /** So many new rows change how the database should join them; it would only notice by itself minutes later. */
    private static final int MANY_ROWS = 1000;

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Sifting sifting;
    private final Manifests manifests;

    Admission(JdbcClient jdbc, Ledger ledger, Sifting sifting, Manifests manifests) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.sifting = sifting;
        this.manifests = manifests;
    }

    /** Takes what can be taken of a manifest that was read to its end. */
    @Transactional
    public void admit(String route, long manifestId, Stamp stamp) {
        ledger.declareAlone(route);
        List<String> known = knownDatasets(route, manifestId);
        if (!known.isEmpty()) {
            manifests.refuse(
                    manifestId,
                    "CONFLICT",
                    "another manifest declared this dataset before: " + String.join(", ", known)
                            + "; nothing of this one was taken. If it is right, give the dataset another id",
                    rowsRead(manifestId));
            return;
        }
        jdbc.sql("analyze manifest_row").update();
        sifting.sift(manifestId);
        rejectContradictionsOfKnownFiles(route, manifestId);
        makeDatasets(route, manifestId, stamp);
        makeFiles(route, manifestId, stamp);
        manifests.taken(manifestId);
        if (rowsRead(manifestId) >= MANY_ROWS) {
            jdbc.sql("analyze data_file, dataset_file").update();
        }
    }

    private long rowsRead(long manifestId) {
        return on(manifestId, "select rows from manifest where manifest_id = :manifest")
                .query(Long.class)
                .single();
    }

    private List<String> knownDatasets(String route, long manifestId) {
        return on(manifestId, """
                        select d.name
                        from dataset d
                        where d.route = :route
                          and d.name in (select distinct r.dataset from manifest_row r where r.manifest_id = :manifest)
                        order by d.name
                        limit 5
                        """).param("route", route).query(String.class).list();
    }

    private void rejectContradictionsOfKnownFiles(String route, long manifestId) {
        on(manifestId, """
                        with contradictory as (
                            select r.ctid as row_id, f.file_id
                            from manifest_row r
                                     join data_file f on f.route = :route and f.path = r.path and f.state <> 'ARCHIVED'
                            where r.manifest_id = :manifest
                              and (r.size_plain <> case when f.state = 'PROCESSED' then f.plain_size
                                                       else f.declared_size_plain end
                                or r.size_encrypted <> f.declared_size_encrypted
                                or exists (select
                                           from known_checksum c
                                                    join unnest(r.checksums) as declared (text)
                                                         on declared.text like c.side || ':' || c.algorithm || ':%'
                                           where c.file_id = f.file_id
                                             and declared.text <> c.side || ':' || c.algorithm || ':' || c.value))
                        ), rejected as (
                            delete from manifest_row r using contradictory c
                            where r.ctid = c.row_id
                            returning r.line, r.path, c.file_id
                        )
                        insert into manifest_reject (manifest_id, line, fault, detail)
                        select :manifest, line, 'CONFLICTING_DECLARATION',
                               path || ' is on its way as file ' || file_id
                                   || ' with another size or checksum; look at it with: waybill files show ' || file_id
                        from rejected
                        """).param("route", route).update();
    }

    private void makeDatasets(String route, long manifestId, Stamp stamp) {
        on(manifestId, """
                        insert into dataset (route, name, requested_at)
                        select distinct :route, dataset, :at::timestamptz
                        from manifest_row
                        where manifest_id = :manifest
                        """)
                .param("route", route)
                .param("at", Timestamp.from(stamp.at()))
                .update();
    }

    private void makeFiles(String route, long manifestId, Stamp stamp) {
        on(manifestId, """
                        with known as (
                            select distinct on (r.path) r.path, f.file_id, f.state
                            from manifest_row r
                                     join data_file f on f.route = :route and f.path = r.path
                            where r.manifest_id = :manifest
                              and (f.state <> 'ARCHIVED' or (
                                (r.size_plain is null or r.size_plain = f.plain_size)
                                    and exists (select
                                                from known_checksum c
                                                where c.file_id = f.file_id
                                                  and c.side || ':' || c.algorithm || ':' || c.value = any (r.checksums))
                                    and not exists (select
                                                    from known_checksum c
                                                             join unnest(r.checksums) as declared (text)
                                                                  on declared.text like c.side || ':' || c.algorithm || ':%'
                                                    where c.file_id = f.file_id
                                                      and declared.text <> c.side || ':' || c.algorithm || ':' || c.value)))
                            order by r.path, f.state = 'ARCHIVED', f.file_id desc
                        ), earlier as (
                            select f.path, max(f.version) as version
                            from manifest_row r
                                     join data_file f on f.route = :route and f.path = r.path
                            where r.manifest_id = :manifest
                            group by f.path
                        ), made as (
                            insert into data_file (route, path, twin_key, state, version, declared_size_plain,
                                                   declared_size_encrypted, expected_at)
                            select :route, r.path, min(r.twin_key), 'EXPECTED', coalesce(max(e.version), 0) + 1,
                                   max(r.size_plain), max(r.size_encrypted), :at::timestamptz
                            from manifest_row r
                                     left join earlier e on e.path = r.path
                            where r.manifest_id = :manifest and not exists (select from known k where k.path = r.path)
                            group by r.path
                            order by min(r.line), r.path
                            returning file_id, path, state
                        ), all_files as (
                            select path, file_id, state, true as is_known from known
                            union all
                            select path, file_id, state, false from made
                        ), sized as (
                            update data_file f
                            set declared_size_plain     = coalesce(f.declared_size_plain, s.size_plain),
                                declared_size_encrypted = coalesce(f.declared_size_encrypted, s.size_encrypted)
                            from (select k.file_id, max(r.size_plain) as size_plain, max(r.size_encrypted) as size_encrypted
                                  from known k
                                           join manifest_row r on r.manifest_id = :manifest and r.path = k.path
                                  where k.state <> 'ARCHIVED'
                                  group by k.file_id) s
                            where f.file_id = s.file_id
                              and (f.declared_size_plain is null and s.size_plain is not null
                                or f.declared_size_encrypted is null and s.size_encrypted is not null)
                        ), linked as (
                            insert into dataset_file (dataset_id, file_id, manifest_id, line)
                            select d.dataset_id, a.file_id, :manifest, r.line
                            from manifest_row r
                                     join all_files a on a.path = r.path
                                     join dataset d on d.route = :route and d.name = r.dataset
                            where r.manifest_id = :manifest
                        ), declared as (
                            insert into declared_checksum (file_id, side, algorithm, value, manifest_id)
                            select distinct a.file_id, split_part(c.text, ':', 1), split_part(c.text, ':', 2),
                                            split_part(c.text, ':', 3), :manifest
                            from manifest_row r
                                     join all_files a on a.path = r.path
                                     cross join unnest(r.checksums) as c (text)
                            where r.manifest_id = :manifest
                            on conflict do nothing
                        )
                        insert into file_event (file_id, at, from_state, to_state, reason, detail, run_id, actor)
                        select a.file_id, :at::timestamptz, case when a.is_known then a.state end, a.state,
                               case when a.is_known then 'DECLARED_AGAIN' else 'DECLARED' end,
                               'dataset ' || r.dataset || ', line ' || r.line, :run, :actor
                        from manifest_row r
                                 join all_files a on a.path = r.path
                        where r.manifest_id = :manifest
                        """)
                .param("route", route)
                .param("at", Timestamp.from(stamp.at()))
                .param("run", stamp.runId())
                .param("actor", stamp.actor())
                .update();
    }

    private JdbcClient.StatementSpec on(long manifestId, String sql) {
        return jdbc.sql(sql).param("manifest", manifestId);
    }
}
