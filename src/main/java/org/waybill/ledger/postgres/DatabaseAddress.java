package org.waybill.ledger.postgres;

import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

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
     * Makes connections to it. What the URL says beyond the server and the database goes beside it, since everybody who is
     * told the URL of a connection reads all of it.
     *
     * @param applicationName by which the server's own lists show them
     * @throws InvalidDatabaseSettingException if the driver does not understand the URL
     */
    DataSource connections(String applicationName) {
        Properties properties = Driver.parseURL(url, null);
        if (properties == null) {
            throw new InvalidDatabaseSettingException(DatabaseEnvironment.URL + " is nothing that PostgreSQL's driver"
                    + " understands: look at its port and at what follows its question mark");
        }
        username.ifPresent(name -> PGProperty.USER.set(properties, name));
        password.ifPresent(secret -> PGProperty.PASSWORD.set(properties, secret));
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.REWRITE_BATCHED_INSERTS.set(properties, true);
        return new Connections(shownUrl(), properties);
    }

    /** Pools ask how long a login may take, and are answered what the driver was told. */
    private static final class Connections extends SimpleDriverDataSource {

        Connections(String url, Properties properties) {
            super(new Driver(), url, properties);
        }

        @Override
        public int getLoginTimeout() {
            return CONNECT_SECONDS;
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // the driver was told
        }
    }

    /** Where the server is; what follows the question mark are all parameters of the driver. */
    String shownUrl() {
        return url.replaceFirst("\\?.*", "");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url;
    }
}
