package org.waybill.ledger.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether a server keeps what it has committed, and is new enough. */
final class DurabilityCheck {

    private static final int OLDEST_VERSION = 14; // older ones get no corrections any more

    private DurabilityCheck() {}

    /** @throws DatabaseUnavailableException if it is too old, or a crash of its machine could lose commits */
    static void prove(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST_VERSION) {
            throw new DatabaseUnavailableException("Waybill needs PostgreSQL " + OLDEST_VERSION
                    + " or newer; the server is PostgreSQL " + version + ".");
        }
        refuseOff(connection, "fsync");
        refuseOff(connection, "synchronous_commit");
    }

    private static void refuseOff(Connection connection, String setting) throws SQLException {
        if (show(connection, setting).equals("off")) {
            throw new DatabaseUnavailableException("The PostgreSQL server runs with " + setting
                    + " = off: a crash of its machine would lose what was committed, and with it files. Set " + setting
                    + " = on in its configuration and reload it.");
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
