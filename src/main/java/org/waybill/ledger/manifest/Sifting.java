package org.waybill.ledger.manifest;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares the rows of one manifest with each other.
 *
 * <ol>
 *   <li>Rows that declare different sizes or checksums of the same side of a file contradict each other: all are rejected.
 *   <li>Names that differ only in case or in Unicode normal form are twins: all are rejected.
 *   <li>Of rows that say the same the first stays, and the others are rejected as duplicates.
 *   <li>Rows that complete each other, such as one of {@code x} and one of {@code x.gpg}, become one.
 * </ol>
 */
@Component
class Sifting {

    private final JdbcClient jdbc;

    Sifting(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void sift(long manifestId) {
        rejectContradictions(manifestId);
        rejectTwins(manifestId);
        rejectDuplicates(manifestId);
        mergeWhatIsLeft(manifestId);
    }

    private void rejectContradictions(long manifestId) {
        on(manifestId, """
                        with several as (
                            select path, count(distinct size_plain) > 1 or count(distinct size_encrypted) > 1 as sizes_differ
                            from manifest_row
                            where manifest_id = :manifest
                            group by path
                            having count(*) > 1
                        ), contradictory as (
                            select path from several where sizes_differ
                            union
                            select r.path
                            from several s
                                     join manifest_row r on r.manifest_id = :manifest and r.path = s.path
                                     cross join unnest(r.checksums) as c (text)
                            group by r.path, split_part(c.text, ':', 1), split_part(c.text, ':', 2)
                            having count(distinct c.text) > 1
                        ), rejected as (
                            delete from manifest_row r using contradictory c
                            where r.manifest_id = :manifest and r.path = c.path
                            returning r.line, r.path
                        )
                        insert into manifest_reject (manifest_id, line, fault, detail)
                        select :manifest, line, 'CONFLICTING_DECLARATION',
                               path || ' is declared on several lines, and not the same; leave only the right one'
                        from rejected
                        """).update();
    }

    private void rejectTwins(long manifestId) {
        on(manifestId, """
                        with twins as (
                            select twin_key, count(distinct normalize(path, NFC)) = 1 as same_but_for_form
                            from manifest_row
                            where manifest_id = :manifest
                            group by twin_key
                            having count(distinct path) > 1
                        ), rejected as (
                            delete from manifest_row r using twins t
                            where r.manifest_id = :manifest and r.twin_key = t.twin_key
                            returning r.line, r.path, t.same_but_for_form
                        )
                        insert into manifest_reject (manifest_id, line, fault, detail)
                        select :manifest, line, case when same_but_for_form then 'UNICODE_TWIN' else 'CASE_TWIN' end,
                               path || ' differs from another name of the manifest only in '
                                   || case when same_but_for_form then 'its Unicode normal form' else 'upper and lower case' end
                                   || '; rename one of them'
                        from rejected
                        """).update();
    }

    private void rejectDuplicates(long manifestId) {
        on(manifestId, """
                        with numbered as (
                            select ctid, min(line) over same as first_line, row_number() over (same order by line, ctid) as n
                            from manifest_row
                            where manifest_id = :manifest
                            window same as (partition by dataset, path, size_plain, size_encrypted, checksums)
                        ), rejected as (
                            delete from manifest_row r using numbered n
                            where r.ctid = n.ctid and n.n > 1
                            returning r.line, r.path, n.first_line
                        )
                        insert into manifest_reject (manifest_id, line, fault, detail)
                        select :manifest, line, 'DUPLICATE_NAME',
                               path || ' stands on line ' || first_line || ' already; remove one of the lines'
                        from rejected
                        """).update();
    }

    private void mergeWhatIsLeft(long manifestId) {
        on(manifestId, """
                        with several as (
                            select dataset, path, max(size_plain) as size_plain, max(size_encrypted) as size_encrypted
                            from manifest_row
                            where manifest_id = :manifest
                            group by dataset, path
                            having count(*) > 1
                        ), pieces as (
                            select r.ctid as row_id, s.*, r.checksums,
                                   row_number() over (partition by r.dataset, r.path order by r.line, r.ctid) as n
                            from several s
                                     join manifest_row r on r.manifest_id = :manifest and r.dataset = s.dataset
                                         and r.path = s.path
                        ), completed as (
                            update manifest_row r
                            set size_plain     = p.size_plain,
                                size_encrypted = p.size_encrypted,
                                checksums      = array(select distinct c.text
                                                       from pieces q
                                                                cross join unnest(q.checksums) as c (text)
                                                       where q.dataset = p.dataset and q.path = p.path
                                                       order by c.text)
                            from pieces p
                            where r.ctid = p.row_id and p.n = 1
                        ), merged as (
                            delete from manifest_row r using pieces p
                            where r.ctid = p.row_id and p.n > 1
                            returning r.line
                        )
                        update manifest
                        set merged = (select count(*) from merged)
                        where manifest_id = :manifest
                        """).update();
    }

    private JdbcClient.StatementSpec on(long manifestId, String sql) {
        return jdbc.sql(sql).param("manifest", manifestId);
    }
}
