package org.waybill.ledger.arrival;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Selection;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.arrival.Arrivals.ArrivalTerms;

/**
 * Declares files that nothing else declares, all in one transaction and set by set, however many they are. No set is joined with
 * another that the database cannot know the size of yet: it would take both for small.
 *
 * <ol>
 *   <li>A file is left where it is if an expected file could be it, or if another file of its path is on its way; if its
 *       name is one that intake would reject, or a twin of another one there or in the ledger.
 *   <li>All others that have arrived become files, {@link FileState#EXPECTED}, and belong to the dataset of their day or
 *       folder, which is made if it is not there. A file whose path was archived before is its next version.
 * </ol>
 */
@Repository
public class UndeclaredFiles {

    private static final int MANY = 1000; // so many new rows change how the database should join them
    private static final int KEYS_AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final Ledger ledger;

    UndeclaredFiles(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    /** A file of the ledger of which it is not known yet whose twin it is. */
    private record Keyless(long fileId, String path) {}

    /**
     * Declares the files of one look that have arrived, so that they can be claimed in the same transaction.
     *
     * @param byFolder whether the dataset is the first folder of the path; else, and for a file in no folder, it is the day
     *     of the stamp in UTC
     * @return how many there are
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int declare(
            String route, long look, ArrivalTerms terms, Selection selection, boolean byFolder, Stamp stamp) {
        ledger.declareAlone(route);
        completeTwinKeys(route);
        jdbc.sql("analyze observation").update(); // or a first look at many files is planned as if they were few
        Grouping grouping = new Grouping(
                byFolder, LocalDate.ofInstant(stamp.at(), ZoneOffset.UTC).toString());
        long[] files = makeFiles(route, look, terms, selection, grouping, stamp);
        if (files.length > 0) {
            makeDatasets(route, files, grouping, stamp);
            join(route, files, grouping, stamp);
        }
        if (files.length >= MANY) {
            jdbc.sql("analyze data_file, dataset_file").update();
        }
        return files.length;
    }

    /** Which dataset a file belongs to. */
    private record Grouping(boolean byFolder, String day) {}

    private long[] makeFiles(
            String route, long look, ArrivalTerms terms, Selection selection, Grouping grouping, Stamp stamp) {
        return jdbc
                .sql("""
                        with seen as (
                            select o.path, o.match_path, o.match_name, o.twin_key, o.name_fault, o.observations, o.done_file,
                                   count(*) over (partition by o.match_path)          as same_path,
                                   min(o.match_path) over (partition by o.twin_key) as first_twin,
                                   max(o.match_path) over (partition by o.twin_key) as last_twin
                            from observation o
                            where o.route = :route and o.look = :look and o.file_id is null and o.fault is null
                        )
                        insert into data_file (route, path, twin_key, state, version, expected_at)
                        select :route, s.match_path, s.twin_key, 'EXPECTED',
                               (select coalesce(max(v.version), 0) + 1
                                from data_file v
                                where v.route = :route and v.path = s.match_path),
                               :at::timestamptz
                        from seen s
                        where s.name_fault is null and s.same_path = 1 and s.first_twin = s.last_twin
                          and case :rule when 'RENAMED' then true
                                         when 'DONE_FILE' then s.done_file
                                         else s.observations >= :observations end
                          and (:paths::text[] is null or s.match_path = any (:paths) or s.path = any (:paths))
                          and (:dataset::text is null or :dataset = case
                              when :byFolder and s.match_path <> s.match_name then split_part(s.match_path, '/', 1)
                              else :day end)
                          and not exists (select
                                          from data_file f
                                          where f.route = :route and f.path = s.match_path and f.state <> 'ARCHIVED'
                                            and f.held_state is distinct from 'ARCHIVED')
                          and not exists (select
                                          from data_file b
                                                   join dataset_file df on df.file_id = b.file_id
                                          where b.route = :route and b.path = s.match_name and b.state = 'EXPECTED'
                                            and df.manifest_id is not null)
                          and not exists (select
                                          from data_file t
                                          where t.route = :route and t.twin_key = s.twin_key and t.path <> s.match_path)
                        order by s.match_path
                        on conflict (route, path) where state <> 'ARCHIVED' and held_state is distinct from 'ARCHIVED'
                            do nothing
                        returning file_id
                        """)
                .param("route", route)
                .param("look", look)
                .param("rule", terms.rule())
                .param("observations", terms.observations())
                .param("byFolder", grouping.byFolder())
                .param("day", grouping.day())
                .param("paths", selection.pathsOrNull())
                .param("dataset", selection.dataset())
                .param("at", Timestamp.from(stamp.at()))
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private void makeDatasets(String route, long[] files, Grouping grouping, Stamp stamp) {
        jdbc.sql("""
                        insert into dataset (route, name, requested_at)
                        select distinct :route,
                                        case when :byFolder and strpos(f.path, '/') > 0 then split_part(f.path, '/', 1)
                                             else :day end,
                                        :at::timestamptz
                        from unnest(:files::bigint[]) as made (file_id)
                                 join data_file f on f.file_id = made.file_id
                        on conflict (route, name) do nothing
                        """)
                .param("route", route)
                .param("files", files)
                .param("byFolder", grouping.byFolder())
                .param("day", grouping.day())
                .param("at", Timestamp.from(stamp.at()))
                .update();
    }

    private void join(String route, long[] files, Grouping grouping, Stamp stamp) {
        jdbc.sql("""
                        with member as (
                            select f.file_id, f.version, d.dataset_id, d.name
                            from unnest(:files::bigint[]) as made (file_id)
                                     join data_file f on f.file_id = made.file_id
                                     join dataset d on d.route = :route
                                         and d.name = case
                                             when :byFolder and strpos(f.path, '/') > 0 then split_part(f.path, '/', 1)
                                             else :day end
                        ), joined as (
                            insert into dataset_file (dataset_id, file_id)
                            select dataset_id, file_id
                            from member
                        )
                        insert into file_event (file_id, at, from_state, to_state, reason, detail, run_id, actor)
                        select file_id, :at::timestamptz, null, 'EXPECTED', 'UNDECLARED',
                               'dataset ' || name || case when version > 1 then ', version ' || version else '' end, :run, :actor
                        from member
                        """)
                .param("route", route)
                .param("files", files)
                .param("byFolder", grouping.byFolder())
                .param("day", grouping.day())
                .param("at", Timestamp.from(stamp.at()))
                .param("run", stamp.runId())
                .param("actor", stamp.actor())
                .update();
    }

    /** Files from before twins were looked for among all of a route get their keys: once, when they are asked for first. */
    private void completeTwinKeys(String route) {
        for (List<Keyless> some = keyless(route); !some.isEmpty(); some = keyless(route)) {
            jdbc.sql("""
                            update data_file f
                            set twin_key = k.twin_key
                            from unnest(:files::bigint[], :keys::text[]) as k (file_id, twin_key)
                            where f.file_id = k.file_id
                            """)
                    .param("files", some.stream().mapToLong(Keyless::fileId).toArray())
                    .param(
                            "keys",
                            some.stream()
                                    .map(file -> ObservedName.twinKey(file.path()))
                                    .toArray(String[]::new))
                    .update();
        }
    }

    private List<Keyless> keyless(String route) {
        return jdbc.sql("""
                        select file_id, path
                        from data_file
                        where route = :route and twin_key is null
                        limit :limit
                        """)
                .param("route", route)
                .param("limit", KEYS_AT_ONCE)
                .query(Keyless.class)
                .list();
    }
}
