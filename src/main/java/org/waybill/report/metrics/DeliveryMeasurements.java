package org.waybill.report.metrics;

import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/** What is measured of the deliveries of a route. Recipients, of whom there may be many, are counted and not named. */
final class DeliveryMeasurements {

    private final NamedParameterJdbcOperations jdbc;

    DeliveryMeasurements(NamedParameterJdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    void add(Families families, String route) {
        jdbc.query("""
                        select s.state, count(d.delivery_id) as deliveries
                        from (values ('PENDING'), ('DELIVERED'), ('HELD'), ('REPLACED'), ('RECALLING'), ('RECALLED')) s (state)
                                 left join delivery d on d.route = :route and d.state = s.state
                        group by s.state
                        order by s.state
                        """, Map.of("route", route), (row, number) -> {
            families.gauge(
                    "waybill_deliveries",
                    "Deliveries by where they are",
                    row.getLong("deliveries"),
                    "state",
                    row.getString("state"));
            return number;
        });
        jdbc.query("""
                        select count(*) as deliveries, count(distinct recipient) as recipients
                        from receipt_overview
                        where route = :route and overdue
                        """, Map.of("route", route), (row, number) -> {
            families.gauge(
                    "waybill_overdue_deliveries",
                    "Deliveries that are not acknowledged in time",
                    row.getLong("deliveries"));
            families.gauge(
                    "waybill_overdue_recipients",
                    "Recipients who have not acknowledged a delivery in time",
                    row.getLong("recipients"));
            return number;
        });
    }
}
