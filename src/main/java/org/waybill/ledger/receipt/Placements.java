package org.waybill.ledger.receipt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was placed for recipients, and when it stood there. */
@Repository
public class Placements {

    private final JdbcClient jdbc;

    public Placements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of one channel, by their ids. A later version may stand there from when it was decided on, before it is recorded. */
    public List<Placement> of(String route, String channel) {
        return jdbc.sql("""
                        select d.delivery_id, d.recipient, d.placed_as, d.delivered_at, d.size_bytes,
                               case when d.state = 'DELIVERED' then null
                                    else coalesce((select min(e.at) from delivery_event e
                                                   where e.delivery_id = d.delivery_id and e.to_state <> 'DELIVERED'
                                                     and e.event_id > (select max(p.event_id) from delivery_event p
                                                                       where p.delivery_id = d.delivery_id
                                                                         and p.to_state = 'DELIVERED')),
                                                  d.delivered_at)
                                   end as until,
                               (select min(o.decided_at) from delivery o
                                where o.route = d.route and o.channel = d.channel and o.placed_as = d.placed_as
                                  and o.delivery_id > d.delivery_id
                                  and (o.size_bytes is null or o.size_bytes = d.size_bytes)) as sure_until,
                               exists (select from delivery o
                                       where o.route = d.route and o.channel = d.channel and o.placed_as = d.placed_as
                                         and o.delivery_id <> d.delivery_id and o.delivered_at <= d.delivered_at
                                         and o.size_bytes = d.size_bytes) as follows
                        from delivery d
                        where d.route = :route and d.channel = :channel and d.delivered_at is not null
                        order by d.delivery_id
                        """)
                .param("route", route)
                .param("channel", channel)
                .query((row, n) -> new Placement(
                        row.getLong("delivery_id"),
                        row.getString("recipient"),
                        row.getString("placed_as"),
                        row.getTimestamp("delivered_at").toInstant(),
                        instant(row, "until"),
                        instant(row, "sure_until"),
                        row.getBoolean("follows"),
                        row.getLong("size_bytes")))
                .list();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
