package org.waybill.ledger.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;

/**
 * A pool that waits only once for a database that is gone. What comes after that makes one attempt each, until one succeeds:
 * a run that ends uses its database many times, and each would wait anew.
 */
final class PatientPool extends HikariDataSource {

    private volatile boolean isGone;

    PatientPool(HikariConfig config) {
        super(config);
    }

    /**
     * {@inheritDoc}
     *
     * @throws SQLTransientConnectionException if there was none within the pool's time
     * @throws SQLException of the single attempt, if there was none the last time
     */
    @Override
    public Connection getConnection() throws SQLException {
        if (isGone) {
            Objects.requireNonNull(getDataSource()).getConnection().close();
        }
        try {
            Connection connection = super.getConnection();
            isGone = false;
            return connection;
        } catch (SQLTransientConnectionException e) {
            isGone = true;
            throw e;
        }
    }
}
