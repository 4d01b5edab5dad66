package org.waybill.ledger.listing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Reason;
import org.waybill.ledger.listing.FileSheet.Archived;
import org.waybill.ledger.listing.FileSheet.Arrived;
import org.waybill.ledger.listing.FileSheet.Checked;
import org.waybill.ledger.listing.FileSheet.Declared;
import org.waybill.ledger.listing.FileSheet.DeclaredChecksum;
import org.waybill.ledger.listing.FileSheet.Delivery;
import org.waybill.ledger.listing.FileSheet.Event;
import org.waybill.ledger.listing.FileSheet.InDataset;
import org.waybill.ledger.listing.FileSheet.Processed;
import org.waybill.ledger.listing.FileSheet.Quarantine;
import org.waybill.ledger.listing.FileSheet.Version;

/** Gives the waybills of files. */
@Repository
public class FileSheets {

    private final JdbcClient jdbc;

    public FileSheets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All that is known of one file; empty if there is none with this ledger id. */
    public Optional<FileSheet> of(long fileId) {
        return jdbc.sql("""
                        select f.*, c.mime_type, c.name_rule, c.page, c.position, c.command_exit
                        from data_file f
                                 left join checked_content c on c.file_id = f.file_id
                        where f.file_id = :file
                        """)
                .param("file", fileId)
                .query((row, n) -> new FileSheet(
                        fileId,
                        row.getString("route"),
                        row.getString("path"),
                        row.getInt("version"),
                        row.getObject("duplicate_of", Long.class),
                        FileState.valueOf(row.getString("state")),
                        quarantine(row),
                        new Declared(
                                at(row, "expected_at"),
                                row.getObject("declared_size_plain", Long.class),
                                row.getObject("declared_size_encrypted", Long.class),
                                declaredChecksums(fileId)),
                        arrived(row),
                        processed(row),
                        archived(row),
                        datasets(fileId),
                        otherVersions(fileId),
                        events(fileId),
                        deliveries(fileId)))
                .optional();
    }

    private List<DeclaredChecksum> declaredChecksums(long fileId) {
        return jdbc.sql("""
                        select c.side, c.algorithm, c.value, m.name as manifest
                        from declared_checksum c
                                 join manifest m on m.manifest_id = c.manifest_id
                        where c.file_id = :file
                        order by c.side, c.algorithm
                        """)
                .param("file", fileId)
                .query((row, n) -> new DeclaredChecksum(
                        row.getString("side"),
                        row.getString("algorithm"),
                        row.getString("value"),
                        row.getString("manifest")))
                .list();
    }

    private List<InDataset> datasets(long fileId) {
        return jdbc.sql("""
                        select d.name, m.name as manifest, df.line, df.archived_as
                        from dataset_file df
                                 join dataset d on d.dataset_id = df.dataset_id
                                 left join manifest m on m.manifest_id = df.manifest_id
                        where df.file_id = :file
                        order by d.name
                        """)
                .param("file", fileId)
                .query((row, n) -> new InDataset(
                        row.getString("name"),
                        row.getString("manifest"),
                        row.getObject("line", Long.class),
                        row.getString("archived_as")))
                .list();
    }

    private List<Version> otherVersions(long fileId) {
        return jdbc.sql("""
                        select o.file_id, o.version, o.state, o.duplicate_of
                        from data_file f
                                 join data_file o on o.route = f.route and o.path = f.path and o.file_id <> f.file_id
                        where f.file_id = :file
                        order by o.version, o.file_id
                        """)
                .param("file", fileId)
                .query((row, n) -> new Version(
                        row.getLong("file_id"),
                        row.getInt("version"),
                        FileState.valueOf(row.getString("state")),
                        row.getObject("duplicate_of", Long.class)))
                .list();
    }

    private List<Event> events(long fileId) {
        return jdbc.sql("""
                        select at, from_state, to_state, reason, detail, run_id, actor
                        from file_event
                        where file_id = :file
                        order by event_id
                        """)
                .param("file", fileId)
                .query((row, n) -> new Event(
                        at(row, "at"),
                        row.getString("from_state"),
                        row.getString("to_state"),
                        row.getString("reason"),
                        row.getString("detail"),
                        row.getObject("run_id", Long.class),
                        row.getString("actor")))
                .list();
    }

    private List<Delivery> deliveries(long fileId) {
        return jdbc.sql("""
                        select d.delivery_id, d.recipient, d.channel, d.placed_as, d.state, d.reason, d.delivered_at,
                               d.acknowledge_by, r.rung
                        from delivery d
                                 left join receipt_overview r on r.delivery_id = d.delivery_id
                        where d.file_id = :file
                        order by d.recipient
                        """)
                .param("file", fileId)
                .query((row, n) -> new Delivery(
                        row.getLong("delivery_id"),
                        row.getString("recipient"),
                        row.getString("channel"),
                        row.getString("placed_as"),
                        row.getString("state"),
                        row.getString("reason"),
                        row.getObject("delivered_at") == null ? null : at(row, "delivered_at"),
                        row.getObject("acknowledge_by") == null ? null : at(row, "acknowledge_by"),
                        row.getString("rung")))
                .list();
    }

    private static @Nullable Quarantine quarantine(ResultSet row) throws SQLException {
        if (row.getString("held_state") == null) {
            return null;
        }
        Reason reason = Reason.valueOf(row.getString("reason"));
        return new Quarantine(
                reason.name(), reason.cause(), reason.cure(), FileState.valueOf(row.getString("held_state")));
    }

    private static @Nullable Arrived arrived(ResultSet row) throws SQLException {
        return row.getObject("arrived_at") == null
                ? null
                : new Arrived(
                        at(row, "arrived_at"),
                        row.getString("arrived_as"),
                        row.getString("arrival_rule"),
                        row.getLong("received_size"));
    }

    private static @Nullable Processed processed(ResultSet row) throws SQLException {
        return row.getObject("processed_at") == null
                ? null
                : new Processed(
                        at(row, "processed_at"),
                        row.getString("received_format"),
                        row.getLong("plain_size"),
                        row.getString("plain_md5"),
                        row.getString("plain_sha256"),
                        row.getString("complete_by"),
                        checked(row));
    }

    private static @Nullable Checked checked(ResultSet row) throws SQLException {
        return row.getString("mime_type") == null
                ? null
                : new Checked(
                        row.getString("mime_type"),
                        row.getString("name_rule"),
                        row.getObject("page", Integer.class),
                        row.getObject("position", Integer.class),
                        row.getObject("command_exit", Integer.class));
    }

    private static @Nullable Archived archived(ResultSet row) throws SQLException {
        if (row.getObject("archived_sha256") == null) {
            return null;
        }
        return new Archived(
                row.getObject("archived_at") == null ? null : at(row, "archived_at"),
                row.getLong("archived_size"),
                row.getString("archived_md5"),
                row.getString("archived_sha256"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
