package org.waybill.ledger.listing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists datasets, with how far they have come. */
@Repository
public class DatasetListing {

    private final JdbcClient jdbc;

    public DatasetListing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A dataset with the counts of its files and its four dates. Files are counted by how far they have come: an archived one
     * has arrived and was processed.
     *
     * @param missing files that have not arrived
     * @param plainBytes measured plaintext bytes of its processed files
     * @param processingEndedAt null while a file is missing, waiting or in quarantine
     */
    public record DatasetRow(
            long id,
            String route,
            String name,
            long files,
            long arrived,
            long processed,
            long archived,
            long quarantined,
            long missing,
            long plainBytes,
            Instant requestedAt,
            @Nullable Instant firstArrivalAt,
            @Nullable Instant lastArrivalAt,
            @Nullable Instant processingEndedAt) {}

    /** Datasets in the order of their requests, oldest first. @param route only those of this route; null: all */
    public List<DatasetRow> list(@Nullable String route) {
        return jdbc.sql("""
                        select *
                        from dataset_overview
                        where route = :route or :route::text is null
                        order by requested_at, dataset_id
                        """)
                .param("route", route)
                .query(DatasetListing::datasetRow)
                .list();
    }

    /** The datasets of this name, one in each route that has it; or the one with this id. */
    public List<DatasetRow> named(String idOrName) {
        return jdbc.sql("""
                        select *
                        from dataset_overview
                        where name = :name
                           or dataset_id::text = :name and not exists (select from dataset where name = :name)
                        order by dataset_id
                        """)
                .param("name", idOrName)
                .query(DatasetListing::datasetRow)
                .list();
    }

    private static DatasetRow datasetRow(ResultSet row, int number) throws SQLException {
        return new DatasetRow(
                row.getLong("dataset_id"),
                row.getString("route"),
                row.getString("name"),
                row.getLong("files"),
                row.getLong("arrived"),
                row.getLong("processed"),
                row.getLong("archived"),
                row.getLong("quarantined"),
                row.getLong("missing"),
                row.getLong("plain_bytes"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                instantOrNull(row, "first_arrival_at"),
                instantOrNull(row, "last_arrival_at"),
                instantOrNull(row, "processing_ended_at"));
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
