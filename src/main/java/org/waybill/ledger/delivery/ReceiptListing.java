package org.waybill.ledger.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists for people what is proved of deliveries: who has what, and by what evidence. */
@Repository
public class ReceiptListing {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    public ReceiptListing(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param overdue only deliveries that are not acknowledged in time
     * @param since only those of which something was proved, or that were placed, at this time or later; null: all
     */
    public record Filter(
            @Nullable String route,
            @Nullable String recipient,
            boolean overdue,
            @Nullable Instant since) {}

    /**
     * The highest rung that is proved of a delivery that was placed. As JSON its shape is an interface.
     *
     * @param rung P0: placed only; P1: the recipient asked for it; P2: it was sent in full; P3: the recipient returned its SHA-256
     * @param since time of the evidence
     * @param evidence the line of a log, or the acknowledgement
     * @param acknowledgeBy when less than P2 is overdue; null: never
     * @param waitingSeconds for how long it has been waiting for P2; null if it has it, or is no longer at the recipient
     */
    public record Row(
            long deliveryId,
            String route,
            String recipient,
            long fileId,
            String path,
            String placedAs,
            DeliveryState state,
            Instant deliveredAt,
            String rung,
            Instant since,
            String evidence,
            @Nullable Instant acknowledgeBy,
            boolean overdue,
            @Nullable Double waitingSeconds) {}

    /** By recipient, in the order in which they were placed. */
    public List<Row> list(Filter filter) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        select *
                        from receipt_overview
                        where (route = :route or :route::text is null)
                          and (recipient = :recipient or :recipient::text is null)
                          and (overdue or not :overdue)
                          and (since >= :since or :since::timestamptz is null)
                        order by route, recipient, delivered_at, delivery_id
                        """)
                .param("route", filter.route())
                .param("recipient", filter.recipient())
                .param("overdue", filter.overdue())
                .param("since", filter.since() == null ? null : Timestamp.from(filter.since()))
                .query((row, n) -> row(row, now))
                .list();
    }

    private static Row row(ResultSet row, Instant now) throws SQLException {
        DeliveryState state = DeliveryState.valueOf(row.getString("state"));
        Instant deliveredAt = row.getTimestamp("delivered_at").toInstant();
        Timestamp acknowledgeBy = row.getTimestamp("acknowledge_by");
        boolean waiting =
                state == DeliveryState.DELIVERED && row.getString("rung").compareTo("P2") < 0;
        return new Row(
                row.getLong("delivery_id"),
                row.getString("route"),
                row.getString("recipient"),
                row.getLong("file_id"),
                row.getString("path"),
                row.getString("placed_as"),
                state,
                deliveredAt,
                row.getString("rung"),
                row.getTimestamp("since").toInstant(),
                row.getString("evidence"),
                acknowledgeBy == null ? null : acknowledgeBy.toInstant(),
                row.getBoolean("overdue"),
                waiting ? Duration.between(deliveredAt, now).toMillis() / 1000.0 : null);
    }
}
