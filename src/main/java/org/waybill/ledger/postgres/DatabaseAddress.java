package org.waybill.ledger.postgres;

import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Which server, which database and as whom.
 *
 * @param url {@code jdbc:postgresql://…}, without a password
 * @param username empty: what the URL or the driver says
 * @param password empty: the server asks for none, or the driver finds it in the user's {@code .pgpass}
 */
record DatabaseAddress(String url, Optional<String> username, Optional<String> password) {

    private static final int CONNECT_SECONDS = 10;

    /**
     * Makes connections to it.
     *
     * @param applicationName by which the server's own lists show them
     */
    PGSimpleDataSource connections(String applicationName) {
        PGSimpleDataSource connections = new PGSimpleDataSource();
        connections.setURL(url);
        username.ifPresent(connections::setUser);
        password.ifPresent(connections::setPassword);
        connections.setApplicationName(applicationName);
        connections.setConnectTimeout(CONNECT_SECONDS);
        connections.setTcpKeepAlive(true);
        connections.setReWriteBatchedInserts(true);
        return connections;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url;
    }
}
