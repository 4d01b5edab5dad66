package org.waybill.ledger.delivery;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.ledger.Selection;
import org.waybill.ledger.Stamp;

/** Which archived files nobody has decided on yet, and what is decided: who gets them. */
@Repository
public class Addressees {

    private final JdbcClient jdbc;

    public Addressees(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An archived file of which nobody has decided who gets it.
     *
     * @param type MIME type of its content, where processing looked at it
     * @param datasets the names of its datasets, sorted
     */
    public record Undecided(
            long fileId, String path, int version, @Nullable String type, List<String> datasets, Instant archivedAt) {

        public Undecided {
            datasets = List.copyOf(datasets);
        }
    }

    /** One recipient of one file. */
    public record Decided(
            long fileId, String recipient, String label, String rule, String channel, String placedAs, String form) {}

    /** Archived files without a decision, in the order of their ids. */
    public List<Undecided> undecided(String route, Selection selection, long afterId, int limit) {
        return jdbc.sql("""
                        select f.file_id, f.path, f.version, f.archived_at,
                               (select c.mime_type from checked_content c where c.file_id = f.file_id) as type,
                               (select array_agg(d.name order by d.name)
                                from dataset_file df
                                         join dataset d on d.dataset_id = df.dataset_id
                                where df.file_id = f.file_id and df.archived_as is not null) as datasets
                        from data_file f
                        where f.route = :route and f.file_id > :after and f.state = 'ARCHIVED' and f.duplicate_of is null
                          and not exists (select from delivery where delivery.file_id = f.file_id)
                          and (:paths::text[] is null or f.path = any (:paths) or f.arrived_as = any (:paths))
                          and exists (select
                                      from dataset_file df
                                               join dataset d on d.dataset_id = df.dataset_id
                                      where df.file_id = f.file_id and df.archived_as is not null
                                        and (:dataset::text is null or d.name = :dataset))
                        order by f.file_id
                        limit :limit
                        """)
                .param("route", route)
                .param("after", afterId)
                .param("paths", selection.pathsOrNull())
                .param("dataset", selection.dataset())
                .param("limit", limit)
                .query(Addressees::undecided)
                .list();
    }

    /** Records who gets what, with an event for each. What is decided already stays as it is. */
    @Transactional
    public void decide(String route, List<Decided> decided, Stamp stamp) {
        if (decided.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        with made as (
                            insert into delivery (route, file_id, recipient, label, rule, channel, placed_as, form, state, decided_at)
                            select :route, w.file_id, w.recipient, w.label, w.rule, w.channel, w.placed_as, w.form, 'PENDING', :at
                            from unnest(:files::bigint[], :recipients::text[], :labels::text[], :rules::text[],
                                        :channels::text[], :places::text[], :forms::text[])
                                     as w (file_id, recipient, label, rule, channel, placed_as, form)
                            order by w.file_id, w.recipient
                            on conflict (file_id, recipient) do nothing
                            returning delivery_id, rule
                        )
                        insert into delivery_event (delivery_id, at, to_state, reason, detail, run_id, actor)
                        select delivery_id, :at, 'PENDING', 'ADDRESSED', 'by rule ' || rule, :run, :actor
                        from made
                        """)
                .param("route", route)
                .param("files", decided.stream().mapToLong(Decided::fileId).toArray())
                .param("recipients", strings(decided, Decided::recipient))
                .param("labels", strings(decided, Decided::label))
                .param("rules", strings(decided, Decided::rule))
                .param("channels", strings(decided, Decided::channel))
                .param("places", strings(decided, Decided::placedAs))
                .param("forms", strings(decided, Decided::form))
                .param("at", Timestamp.from(stamp.at()))
                .param("run", stamp.runId())
                .param("actor", stamp.actor())
                .update();
    }

    private static Undecided undecided(ResultSet row, int number) throws SQLException {
        Array datasets = row.getArray("datasets");
        return new Undecided(
                row.getLong("file_id"),
                row.getString("path"),
                row.getInt("version"),
                row.getString("type"),
                datasets == null ? List.of() : Arrays.asList((String[]) datasets.getArray()),
                row.getTimestamp("archived_at").toInstant());
    }

    private static String[] strings(List<Decided> decided, Function<Decided, String> field) {
        return decided.stream().map(field).toArray(String[]::new);
    }
}
