package org.waybill.ledger.receipt;

import java.sql.Timestamp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.ledger.Stamp;

/** Acknowledgements that recipients wrote. */
@Repository
public class Acks {

    private final JdbcClient jdbc;

    public Acks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What came of an acknowledgement. */
    public enum Finding {
        PLACED,
        PLAINTEXT,
        WRONG_HASH,
        UNKNOWN_FILE,
        UNREADABLE
    }

    /**
     * An acknowledgement as a recipient wrote it.
     *
     * @param name its path in the recipient's folder
     * @param sha256 of its own bytes, in lower-case hex
     * @param placedAs what it is for, below the channel's folder
     * @param claimed the SHA-256 in it, in lower-case hex; empty if there is none
     */
    public record Ack(
            String route, String recipient, String name, String sha256, String placedAs, Optional<String> claimed) {}

    private record Match(long deliveryId, Finding finding) {}

    /** @param quarantined those that acknowledge nothing */
    public record Outcome(long found, long done, long quarantined) {}

    /** Records an acknowledgement, and the receipt if it is one; nothing if it is recorded already. */
    @Transactional
    public void add(Ack ack, Stamp stamp) {
        Optional<Match> match = ack.claimed().flatMap(sha256 -> match(ack, sha256));
        Finding finding =
                match.map(Match::finding).orElse(ack.claimed().isPresent() ? Finding.UNKNOWN_FILE : Finding.UNREADABLE);
        Optional<Long> added = jdbc.sql("""
                        insert into ack_file (route, recipient, name, sha256, finding, claimed, delivery_id, taken_at, run_id)
                        values (:route, :recipient, :name, :sha256, :finding, :claimed, :delivery, :at, :run)
                        on conflict do nothing
                        returning ack_id
                        """)
                .param("route", ack.route())
                .param("recipient", ack.recipient())
                .param("name", ack.name())
                .param("sha256", ack.sha256())
                .param("finding", finding.name())
                .param("claimed", ack.claimed().orElse(""))
                .param("delivery", nullable(match.map(Match::deliveryId)))
                .param("at", Timestamp.from(stamp.at()))
                .param("run", stamp.runId())
                .query(Long.class)
                .optional();
        if (added.isPresent() && (finding == Finding.PLACED || finding == Finding.PLAINTEXT)) {
            receipt(match.orElseThrow().deliveryId(), added.get(), stamp);
        }
    }

    /** The latest version with that hash that was placed there for the recipient; without one the latest at all. */
    private Optional<Match> match(Ack ack, String sha256) {
        return jdbc.sql("""
                        select d.delivery_id,
                               case when d.sha256 = :sha256 then 'PLACED'
                                    when f.plain_sha256 = :sha256 then 'PLAINTEXT'
                                    else 'WRONG_HASH' end as finding
                        from delivery d
                                 join data_file f using (file_id)
                        where d.route = :route and d.recipient = :recipient and d.placed_as = :placed
                          and d.delivered_at is not null
                        order by (d.sha256 = :sha256 or coalesce(f.plain_sha256 = :sha256, false)) desc, d.delivery_id desc
                        limit 1
                        """)
                .param("route", ack.route())
                .param("recipient", ack.recipient())
                .param("placed", ack.placedAs())
                .param("sha256", sha256)
                .query((row, n) -> new Match(row.getLong("delivery_id"), Finding.valueOf(row.getString("finding"))))
                .optional();
    }

    private void receipt(long deliveryId, long ackId, Stamp stamp) {
        jdbc.sql("""
                        insert into receipt (delivery_id, rung, at, ack_id, run_id)
                        values (:delivery, 'P3', :at, :ack, :run)
                        on conflict do nothing
                        """)
                .param("delivery", deliveryId)
                .param("at", Timestamp.from(stamp.at()))
                .param("ack", ackId)
                .param("run", stamp.runId())
                .update();
    }

    /** The number of an acknowledgement that is recorded. */
    public Optional<Long> idOf(String route, String recipient, String name, String sha256) {
        return jdbc.sql("""
                        select ack_id from ack_file
                        where route = :route and recipient = :recipient and name = :name and sha256 = :sha256
                        """)
                .param("route", route)
                .param("recipient", recipient)
                .param("name", name)
                .param("sha256", sha256)
                .query(Long.class)
                .optional();
    }

    /** What a run took, each number counted by itself. */
    public Outcome outcome(long runId) {
        return jdbc.sql("""
                        select count(*) as found,
                               count(*) filter (where finding in ('PLACED', 'PLAINTEXT')) as done,
                               count(*) filter (where finding in ('WRONG_HASH', 'UNKNOWN_FILE', 'UNREADABLE')) as quarantined
                        from ack_file
                        where run_id = :run
                        """).param("run", runId).query(Outcome.class).single();
    }

    private static @Nullable Long nullable(Optional<Long> number) {
        return number.orElse(null);
    }
}
