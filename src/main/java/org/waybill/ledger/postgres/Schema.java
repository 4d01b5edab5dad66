package org.waybill.ledger.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of the database, as this program needs them. */
final class Schema {

    private static final String MIGRATIONS = "classpath:sql/migration";

    /** Version of the last migration; {@code SchemaTest} compares it with the files. */
    static final String NEWEST = "022";

    private Schema() {}

    /**
     * Makes the tables what they should be. If they are that already, as for nearly every command, Flyway is not asked: it takes
     * longer to start than all else that concerns the database.
     *
     * @param connections for Flyway
     * @throws DatabaseUnavailableException if a migration fails; it leaves the tables as they were
     */
    static void bringUpToDate(Connection connection, DataSource connections) throws SQLException {
        if (!isCurrent(connection)) {
            try {
                Flyway.configure()
                        .dataSource(connections)
                        .locations(MIGRATIONS)
                        .load()
                        .migrate();
            } catch (FlywayException e) {
                throw new DatabaseUnavailableException(
                        "The tables of the database could not be made what this program needs: " + words(e)
                                + ". Its user must own them, and may need: grant create on schema public to that user.",
                        e);
            }
        }
    }

    /** What the server said, if it did, in one line. */
    private static String words(Throwable fault) {
        Throwable innermost = fault;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage()).strip().replaceAll("\\s+", " ");
    }

    private static boolean isCurrent(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet history = statement.executeQuery("select to_regclass('flyway_schema_history') is not null")) {
            if (!history.next() || !history.getBoolean(1)) {
                return false;
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "select bool_and(success) and max(version) = ? from flyway_schema_history")) {
            statement.setString(1, NEWEST);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
