package org.waybill.ledger.rewrap;

import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.ledger.Stamp;

/** Changes of headers: kept before a file is touched, and what came of them. */
@Repository
public class HeaderChanges {

    /** The file has another header now. */
    public static final String REWRAPPED = "REWRAPPED";

    /** The old key does not open the file, and so is not needed for it. */
    public static final String NOT_FOR_THE_KEY = "NOT_FOR_OLD_KEY";

    /** The file is not what the ledger says, and was left alone. */
    public static final String LEFT_ALONE = "NOT_REWRAPPED";

    private final JdbcClient jdbc;

    public HeaderChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps changes that are to be made, in a transaction of its own: when this returns, a file may be touched. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void intend(String route, Collection<HeaderChange> changes, Stamp stamp) {
        for (HeaderChange change : changes) {
            jdbc.sql("""
                            insert into header_change (route, old_sha256, old_header, new_header, new_size, new_md5, new_sha256,
                                                       new_for, modified_ns, run_id, intended_at)
                            values (:route, :oldSha256, :oldHeader, :newHeader, :size, :md5, :sha256, :readers, :modified,
                                    :run, :at)
                            """)
                    .param("route", route)
                    .param("oldSha256", change.oldSha256().hex())
                    .param("oldHeader", change.oldHeader())
                    .param("newHeader", change.newHeader())
                    .param("size", change.newSizeBytes())
                    .param("md5", change.newMd5().hex())
                    .param("sha256", change.newSha256().hex())
                    .param("readers", change.readers().array())
                    .param("modified", change.modifiedNs())
                    .param("run", stamp.runId())
                    .param("at", Timestamp.from(stamp.at()))
                    .update();
        }
    }

    /** The SHA-256, in hexadecimal, of the old bytes of all files of a route whose change is kept. */
    public Set<String> intended(String route) {
        return new HashSet<>(jdbc.sql("select old_sha256 from header_change where route = :route")
                .param("route", route)
                .query(String.class)
                .list());
    }

    /** Forgets the changes of files that a person has set back since: they are not in the archive any more. */
    @Transactional
    public void forgetLost(String route) {
        jdbc.sql("""
                        delete from header_change h
                        where h.route = :route
                          and not exists (
                              select
                              from data_file f
                              where f.route = h.route and f.archived_sha256 = h.old_sha256
                                and coalesce(f.held_state, f.state) = 'ARCHIVED')
                        """).param("route", route).update();
    }

    /** Records that a change was made, for all files with these bytes. A file that a person has set back is left out. */
    @Transactional
    public void made(String route, HeaderChange change, Stamp stamp) {
        jdbc.sql("""
                        with changed as (
                            update data_file f
                            set archived_size = :size, archived_md5 = :md5, archived_sha256 = :sha256,
                                archived_for = :readers, archived_not_for = '{}'
                            where f.route = :route and f.archived_sha256 = :old
                              and coalesce(f.held_state, f.state) = 'ARCHIVED'
                            returning f.file_id, f.state
                        ), noted as (
                            insert into file_event (file_id, at, from_state, to_state, reason, detail, run_id, actor)
                            select file_id, :at, state, state, :reason, :detail, :run, :actor
                            from changed
                        )
                        delete from header_change where route = :route and old_sha256 = :old
                        """)
                .param("size", change.newSizeBytes())
                .param("md5", change.newMd5().hex())
                .param("sha256", change.newSha256().hex())
                .param("readers", change.readers().array())
                .param("route", route)
                .param("old", change.oldSha256().hex())
                .param("reason", REWRAPPED)
                .param("detail", "for " + change.readers())
                .param("at", Timestamp.from(stamp.at()))
                .param("run", stamp.runId())
                .param("actor", stamp.actor())
                .update();
    }

    /** Records that a key does not open files, which are as the ledger says. */
    @Transactional
    public void notFor(String route, ArchivedContent content, String key, Stamp stamp) {
        jdbc.sql("""
                        update data_file
                        set archived_not_for = array_append(archived_not_for, :key)
                        where route = :route and archived_sha256 = :sha256 and archived_for is null
                          and :key <> all (archived_not_for)
                        """)
                .param("route", route)
                .param("sha256", content.sha256().hex())
                .param("key", key)
                .update();
        note(route, content, NOT_FOR_THE_KEY, "the old key " + key + " does not open it", stamp);
    }

    /** Records that files were left alone. */
    @Transactional
    public void leftAlone(String route, ArchivedContent content, String why, Stamp stamp) {
        note(route, content, LEFT_ALONE, why, stamp);
    }

    private void note(String route, ArchivedContent content, String reason, String detail, Stamp stamp) {
        jdbc.sql("""
                        insert into file_event (file_id, at, from_state, to_state, reason, detail, run_id, actor)
                        select file_id, :at, state, state, :reason, :detail, :run, :actor
                        from data_file
                        where route = :route and archived_sha256 = :sha256 and coalesce(held_state, state) = 'ARCHIVED'
                        """)
                .param("route", route)
                .param("sha256", content.sha256().hex())
                .param("reason", reason)
                .param("detail", detail)
                .param("at", Timestamp.from(stamp.at()))
                .param("run", stamp.runId())
                .param("actor", stamp.actor())
                .update();
    }
}
