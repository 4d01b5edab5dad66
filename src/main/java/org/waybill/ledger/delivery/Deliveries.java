package org.waybill.ledger.delivery;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.format.Checksum;
import org.waybill.ledger.Stamp;

/** Moves deliveries from state to state: compare and set, and the event in the same statement. */
@Repository
public class Deliveries {

    private final JdbcClient jdbc;

    public Deliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A move that is wanted.
     *
     * @param reason code: of {@link HoldReason} when it leads to {@link DeliveryState#HELD}, otherwise a word in capitals
     * @param detail what was expected and what was found; may be empty
     */
    public record Move(long deliveryId, DeliveryState from, DeliveryState to, String reason, String detail) {}

    /**
     * What was placed at a recipient.
     *
     * @param verifiedBy {@code READ_BACK} or {@code SERVER_HASH}
     * @param forced whether the other side forced it to its disk
     */
    public record Placed(long deliveryId, long sizeBytes, Checksum sha256, String verifiedBy, boolean forced) {}

    /**
     * Moves many deliveries.
     *
     * @return the ids of those that moved; the others were not, or no longer, in the state they should move from
     * @throws IllegalArgumentException if the stage may not move a delivery so
     */
    @Transactional
    public Set<Long> move(List<Move> moves, Stamp stamp) {
        for (Move move : moves) {
            if (!move.from().leadsTo(move.to())) {
                throw new IllegalArgumentException(
                        "no stage moves a delivery from " + move.from() + " to " + move.to());
            }
        }
        return compareAndSet(moves, stamp);
    }

    /**
     * Moves one delivery by hand.
     *
     * @return false if it was not, or no longer, in the state it should move from
     * @throws IllegalArgumentException if a person may not set it so
     */
    @Transactional
    public boolean set(long deliveryId, DeliveryState from, DeliveryState to, String reason, String why, Stamp stamp) {
        if (!from.canBeSetTo(to)) {
            throw new IllegalArgumentException("a delivery that is " + from + " cannot become " + to);
        }
        return !compareAndSet(List.of(new Move(deliveryId, from, to, reason, why)), stamp)
                .isEmpty();
    }

    /**
     * Records what was placed, and makes it DELIVERED. What stood under the same name before is REPLACED in the same
     * transaction.
     *
     * @param overdue how long an acknowledgement may take; empty: none is awaited
     */
    @Transactional
    public void delivered(List<Placed> placed, Optional<Duration> overdue, Stamp stamp) {
        if (placed.isEmpty()) {
            return;
        }
        long[] ids = placed.stream().mapToLong(Placed::deliveryId).toArray();
        List<Move> replaced = jdbc.sql("""
                        select old.delivery_id
                        from delivery new
                                 join delivery old on old.route = new.route and old.channel = new.channel
                            and old.placed_as = new.placed_as and old.delivery_id <> new.delivery_id
                        where new.delivery_id = any (:ids) and old.state = 'DELIVERED'
                        """).param("ids", ids).query(Long.class).list().stream()
                .map(id -> new Move(
                        id,
                        DeliveryState.DELIVERED,
                        DeliveryState.REPLACED,
                        "REPLACED",
                        "a later version stands in its place"))
                .toList();
        move(replaced, stamp);
        record(placed, ids, overdue, stamp.at());
        move(
                placed.stream()
                        .map(each -> new Move(
                                each.deliveryId(),
                                DeliveryState.PENDING,
                                DeliveryState.DELIVERED,
                                "DELIVERED",
                                each.sizeBytes() + " bytes, " + each.sha256() + ", compared by " + each.verifiedBy()
                                        + (each.forced() ? ", forced to disk" : "")))
                        .toList(),
                stamp);
    }

    private void record(List<Placed> placed, long[] ids, Optional<Duration> overdue, Instant at) {
        jdbc.sql("""
                        update delivery d
                        set delivered_at = :at, size_bytes = p.size_bytes, sha256 = p.sha256, verified_by = p.verified_by,
                            forced = p.forced, acknowledge_by = :overdue::timestamptz
                        from unnest(:ids::bigint[], :sizes::bigint[], :sha256s::text[], :verified::text[], :forced::boolean[])
                                 as p (delivery_id, size_bytes, sha256, verified_by, forced)
                        where d.delivery_id = p.delivery_id and d.state = 'PENDING'
                        """)
                .param("at", Timestamp.from(at))
                .param("ids", ids)
                .param("sizes", placed.stream().mapToLong(Placed::sizeBytes).toArray())
                .param("sha256s", strings(placed, each -> each.sha256().hex()))
                .param("verified", strings(placed, Placed::verifiedBy))
                .param("forced", placed.stream().map(Placed::forced).toArray(Boolean[]::new))
                .param(
                        "overdue",
                        overdue.map(after -> at.plus(after).toString()).orElse(null))
                .update();
    }

    /**
     * Fixes the header under which a recipient gets a file, before anything of it is sent.
     *
     * @return the header that counts: this one, or the one that was fixed before
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW) // in force whatever becomes of the batch
    public byte[] fixHeader(long deliveryId, byte[] header) {
        return jdbc.sql("""
                        update delivery
                        set header = coalesce(header, :header)
                        where delivery_id = :id
                        returning header
                        """)
                .param("header", header)
                .param("id", deliveryId)
                .query(byte[].class)
                .single();
    }

    /** What is pending and would be replaced at once by a later version of the same name is never sent. */
    @Transactional
    public int skipReplaced(String route, Stamp stamp) {
        List<Move> skipped = jdbc.sql("""
                        select old.delivery_id, old.state
                        from delivery old
                                 join data_file f on f.file_id = old.file_id
                        where old.route = :route and old.state in ('PENDING', 'HELD')
                          and exists (select
                                      from delivery new
                                               join data_file nf on nf.file_id = new.file_id and nf.path = f.path
                                      where new.route = old.route and new.channel = old.channel
                                        and new.placed_as = old.placed_as and new.recipient = old.recipient
                                        and new.delivery_id > old.delivery_id and new.state in ('PENDING', 'DELIVERED'))
                        """)
                .param("route", route)
                .query((row, n) -> new Move(
                        row.getLong("delivery_id"),
                        DeliveryState.valueOf(row.getString("state")),
                        DeliveryState.REPLACED,
                        "NEWER_VERSION",
                        "a later version has its place"))
                .list();
        return move(skipped, stamp).size();
    }

    /** Two files, or two recipients, may not have one place: the later delivery is held. */
    @Transactional
    public int holdCollisions(String route, Stamp stamp) {
        List<Move> held = jdbc.sql("""
                        select d.delivery_id, other.delivery_id as other_id
                        from delivery d
                                 join data_file f on f.file_id = d.file_id
                                 join lateral (select o.delivery_id
                                               from delivery o
                                                        join data_file of on of.file_id = o.file_id
                                               where o.route = d.route and o.channel = d.channel and o.placed_as = d.placed_as
                                                 and o.delivery_id < d.delivery_id
                                                 and o.state in ('PENDING', 'DELIVERED', 'RECALLING')
                                                 and (of.path <> f.path or o.recipient <> d.recipient)
                                               limit 1) other on true
                        where d.route = :route and d.state = 'PENDING'
                        """)
                .param("route", route)
                .query((row, n) -> new Move(
                        row.getLong("delivery_id"),
                        DeliveryState.PENDING,
                        DeliveryState.HELD,
                        HoldReason.PLACE_TAKEN.name(),
                        "expected a place of its own, found that of delivery " + row.getLong("other_id")))
                .list();
        return move(held, stamp).size();
    }

    private Set<Long> compareAndSet(List<Move> moves, Stamp stamp) {
        if (moves.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                        with wanted as (
                            select *
                            from unnest(:ids::bigint[], :froms::text[], :tos::text[], :reasons::text[], :details::text[])
                                     as w (delivery_id, from_state, to_state, reason, detail)
                        ), locked as (
                            select w.*
                            from wanted w
                                     join delivery d on d.delivery_id = w.delivery_id and d.state = w.from_state
                            order by d.delivery_id
                            for no key update of d
                        ), moved as (
                            update delivery d
                            set state  = w.to_state,
                                reason = case when w.to_state = 'HELD' then w.reason end
                            from locked w
                            where d.delivery_id = w.delivery_id and d.state = w.from_state
                            returning w.*, d.acknowledge_by
                        ), noted as (
                            insert into delivery_event (delivery_id, at, from_state, to_state, reason, detail, run_id, actor,
                                                        acknowledge_by)
                            select delivery_id, :at, from_state, to_state, reason, detail, :run, :actor,
                                   case when from_state = 'PENDING' and to_state = 'DELIVERED' then acknowledge_by end
                            from moved
                        )
                        select delivery_id from moved
                        """)
                .param("ids", moves.stream().mapToLong(Move::deliveryId).toArray())
                .param("froms", strings(moves, move -> move.from().name()))
                .param("tos", strings(moves, move -> move.to().name()))
                .param("reasons", strings(moves, Move::reason))
                .param("details", strings(moves, Move::detail))
                .param("at", Timestamp.from(stamp.at()))
                .param("run", stamp.runId())
                .param("actor", stamp.actor())
                .query(Long.class)
                .list());
    }

    private static <T> @Nullable String[] strings(List<T> rows, Function<T, @Nullable String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }
}
