package org.waybill.report;

import java.util.List;
import org.waybill.House;

/** The views over which reports are made, as the database describes them. */
final class Views {

    /**
     * What {@code V009__report_views.sql}, {@code V017__delivery_views.sql}, {@code V018__logs.sql} and {@code
     * V020__open_log_gaps.sql} declare stable, and what the queries read beside it.
     */
    private static final List<String> STABLE = List.of(
            "ack_history",
            "dataset_member",
            "dataset_publication",
            "delivery_failure",
            "delivery_history",
            "file_history",
            "file_move",
            "file_verification",
            "known_file",
            "log_gap_failure",
            "log_gap_history",
            "log_reading_history",
            "manifest_fault",
            "receipt_history",
            "run_history",
            "schedule_history",
            "unexpected_file");

    private Views() {}

    /** Each column: the view, its name, its type, and what it means. */
    static List<String> columns(House house) {
        return house.jdbc().sql("""
                        select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ': '
                                   || coalesce(col_description(c.oid, a.attnum), '')
                        from pg_class c
                                 join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                        where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and c.relname in (:stable)
                        order by c.relname, a.attnum
                        """).param("stable", STABLE).query(String.class).list();
    }
}
