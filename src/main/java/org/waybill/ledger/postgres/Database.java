package org.waybill.ledger.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.waybill.ledger.WaybillHome;
import org.waybill.ledger.postgres.embedded.EmbeddedPostgres;

/** The database of this process: the server that the environment names, or else the embedded one. */
public final class Database implements AutoCloseable {

    private static final int POOL_SIZE = 8; // a run's parts, its steps and its progress at once
    private static final Duration POOL_PATIENCE = Duration.ofSeconds(10);
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String CANNOT_CONNECT_NOW = "57P03"; // it is starting, or recovering from a crash

    private static final String OWN_SERVER =
            "To use a PostgreSQL server of your own (14 or newer), set " + DatabaseEnvironment.URL + ", "
                    + DatabaseEnvironment.USERNAME + " and " + DatabaseEnvironment.PASSWORD + ".";

    private final DataSource connections;
    private final String shownUrl;
    private final String applicationName;
    private final Optional<EmbeddedPostgres> embedded;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Database(DatabaseAddress address, String applicationName, Optional<EmbeddedPostgres> embedded) {
        this.connections = address.connections(applicationName);
        this.shownUrl = address.shownUrl();
        this.applicationName = applicationName;
        this.embedded = embedded;
    }

    /**
     * Connects, proves that the server keeps what it commits, and makes the tables what this program needs.
     *
     * @param applicationName by which the server's own lists show our connections; at most 63 bytes
     * @param progress told what the first start of the embedded server does
     * @throws DatabaseUnavailableException if no server is reached, or it does not keep what it commits
     * @throws InvalidDatabaseSettingException if an environment variable cannot be meant
     */
    public static Database open(
            WaybillHome home, Map<String, String> environment, String applicationName, Consumer<String> progress) {
        Optional<DatabaseAddress> named = DatabaseEnvironment.read(environment, home);
        Database database = named.isPresent()
                ? new Database(named.get(), applicationName, Optional.empty())
                : embedded(home.path().resolve("data/postgres"), applicationName, progress);
        try {
            database.prove();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** By which the server's own lists show our connections. */
    public String applicationName() {
        return applicationName;
    }

    /** A connection outside of every pool, for who must know that it is theirs alone: as long as they live, not longer. */
    public Connection openConnection() throws SQLException {
        return connections.getConnection();
    }

    /** A new pool of connections, made when they are needed. To be closed before this. */
    public HikariDataSource newPool() {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("waybill");
        pool.setDataSource(connections);
        pool.setMaximumPoolSize(POOL_SIZE);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(POOL_PATIENCE.toMillis());
        pool.setInitializationFailTimeout(-1); // proved already
        return new PatientPool(pool);
    }

    /** Leaves the embedded server, which stops if nobody else uses it. */
    @Override
    public void close() {
        if (embedded.isPresent() && closed.compareAndSet(false, true)) {
            try {
                embedded.get().close();
            } catch (IOException e) {
                throw new DatabaseUnavailableException(
                        "The embedded PostgreSQL was left, but not stopped: " + e.getMessage()
                                + ". Nothing is lost; the next command uses it.",
                        e);
            }
        }
    }

    private static Database embedded(Path folder, String applicationName, Consumer<String> progress) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.join(folder, progress);
            DatabaseAddress address =
                    new DatabaseAddress(server.url(), Optional.of(server.username()), Optional.of(server.password()));
            return new Database(address, applicationName, Optional.of(server));
        } catch (IOException e) {
            throw new DatabaseUnavailableException(
                    "The embedded PostgreSQL in " + folder + " could not be used: " + e.getMessage() + ". "
                            + OWN_SERVER,
                    e);
        }
    }

    private void prove() {
        try (Connection connection = firstConnection()) {
            DurabilityCheck.prove(connection);
            Schema.bringUpToDate(connection, connections);
        } catch (SQLException e) {
            String way = embedded.isPresent()
                    ? OWN_SERVER
                    : "Look whether the server runs, and whether " + DatabaseEnvironment.URL + ", "
                            + DatabaseEnvironment.USERNAME + " and " + DatabaseEnvironment.PASSWORD + " are right.";
            throw new DatabaseUnavailableException(
                    "No connection to " + shownUrl + ": " + e.getMessage() + " " + way, e);
        }
    }

    private Connection firstConnection() throws SQLException {
        long deadline = System.nanoTime() + RECOVERY_PATIENCE.toNanos();
        while (true) {
            try {
                return openConnection();
            } catch (SQLException e) {
                if (!CANNOT_CONNECT_NOW.equals(e.getSQLState()) || System.nanoTime() >= deadline) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(SQLException reason) throws SQLException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}
