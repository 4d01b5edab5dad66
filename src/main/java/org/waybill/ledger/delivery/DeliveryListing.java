package org.waybill.ledger.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists deliveries for people. */
@Repository
public class DeliveryListing {

    private final JdbcClient jdbc;

    public DeliveryListing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param find text in the path, or in the name that the recipient sees; null: any */
    public record Filter(
            @Nullable String route,
            @Nullable DeliveryState state,
            @Nullable String recipient,
            @Nullable String find,
            @Nullable Integer limit) {}

    /** A delivery in a list. As JSON its shape is an interface. */
    public record Row(
            long id,
            String route,
            long fileId,
            String path,
            int version,
            String recipient,
            String placedAs,
            DeliveryState state,
            @Nullable String reason,
            Instant since,
            @Nullable Instant acknowledgeBy) {}

    /** Deliveries in the order of their ids. */
    public List<Row> list(Filter filter) {
        return jdbc.sql("""
                        select d.delivery_id, d.route, d.file_id, f.path, f.version, d.recipient, d.placed_as, d.state, d.reason,
                               d.acknowledge_by,
                               (select coalesce(max(e.at), d.decided_at)
                                from delivery_event e
                                where e.delivery_id = d.delivery_id) as since
                        from delivery d
                                 join data_file f on f.file_id = d.file_id
                        where (d.route = :route or :route::text is null)
                          and (d.state = :state or :state::text is null)
                          and (d.recipient = :recipient or :recipient::text is null)
                          and (strpos(lower(f.path), lower(:find)) > 0 or strpos(lower(d.placed_as), lower(:find)) > 0
                              or :find::text is null)
                        order by d.delivery_id
                        limit :limit::bigint
                        """)
                .param("route", filter.route())
                .param("state", filter.state() == null ? null : filter.state().name())
                .param("recipient", filter.recipient())
                .param("find", filter.find())
                .param("limit", filter.limit())
                .query((row, n) -> new Row(
                        row.getLong("delivery_id"),
                        row.getString("route"),
                        row.getLong("file_id"),
                        row.getString("path"),
                        row.getInt("version"),
                        row.getString("recipient"),
                        row.getString("placed_as"),
                        DeliveryState.valueOf(row.getString("state")),
                        row.getString("reason"),
                        row.getTimestamp("since").toInstant(),
                        instant(row, "acknowledge_by")))
                .list();
    }

    /** All that is known of one delivery. */
    public Optional<DeliverySheet> sheet(long deliveryId) {
        List<DeliverySheet.Event> events = jdbc.sql("""
                        select at, from_state, to_state, reason, detail, run_id, actor
                        from delivery_event
                        where delivery_id = :id
                        order by event_id
                        """)
                .param("id", deliveryId)
                .query((row, n) -> new DeliverySheet.Event(
                        row.getTimestamp("at").toInstant(),
                        row.getString("from_state"),
                        row.getString("to_state"),
                        row.getString("reason"),
                        row.getString("detail"),
                        row.getObject("run_id", Long.class),
                        row.getString("actor")))
                .list();
        List<DeliverySheet.Receipt> receipts = jdbc.sql("""
                        select rung, at, evidence
                        from receipt_history
                        where delivery_id = :id
                        order by rung
                        """)
                .param("id", deliveryId)
                .query((row, n) -> new DeliverySheet.Receipt(
                        row.getString("rung"), row.getTimestamp("at").toInstant(), row.getString("evidence")))
                .list();
        return jdbc.sql("""
                        select d.*, f.path, f.version
                        from delivery d
                                 join data_file f on f.file_id = d.file_id
                        where d.delivery_id = :id
                        """)
                .param("id", deliveryId)
                .query((row, n) -> sheet(row, events, receipts))
                .optional();
    }

    private static DeliverySheet sheet(
            ResultSet row, List<DeliverySheet.Event> events, List<DeliverySheet.Receipt> receipts) throws SQLException {
        String reason = row.getString("reason");
        HoldReason held = reason == null ? null : HoldReason.valueOf(reason);
        return new DeliverySheet(
                row.getLong("delivery_id"),
                row.getString("route"),
                row.getLong("file_id"),
                row.getString("path"),
                row.getInt("version"),
                row.getString("recipient"),
                row.getString("label"),
                row.getString("rule"),
                row.getString("channel"),
                row.getString("placed_as"),
                row.getString("form"),
                DeliveryState.valueOf(row.getString("state")),
                reason,
                held == null ? null : held.cause(),
                held == null ? null : held.cure(),
                row.getTimestamp("decided_at").toInstant(),
                instant(row, "delivered_at"),
                row.getObject("size_bytes", Long.class),
                row.getString("sha256"),
                row.getString("verified_by"),
                row.getObject("forced", Boolean.class),
                instant(row, "acknowledge_by"),
                events,
                receipts);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
