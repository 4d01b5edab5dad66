package org.waybill.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class PatientPoolTest {

    private static final long PATIENCE_MILLIS = 300;

    private final Server server = new Server();

    /** Refuses connections while it is down. What the pool's own threads attempt does not count. */
    private static final class Server extends AbstractDataSource {
        private final Thread user = Thread.currentThread();
        private final AtomicInteger attempts = new AtomicInteger();
        private volatile boolean isDown;

        @Override
        public Connection getConnection() throws SQLException {
            if (Thread.currentThread() == user) {
                attempts.incrementAndGet();
            }
            if (isDown) {
                throw new SQLException("refused", "08001");
            }
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, Server::answer);
        }

        private static @Nullable Object answer(Object connection, Method asked, Object @Nullable [] arguments) {
            Class<?> type = asked.getReturnType();
            if (type == boolean.class) {
                return true; // it is valid, and commits by itself
            }
            return type == int.class ? 0 : null;
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }

    @Test
    void waitsOnceForAServerThatIsGone() throws SQLException {
        server.isDown = true;
        try (PatientPool pool = pool()) {
            assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            assertThat(server.attempts).as("it was the pool that tried").hasValue(0);

            for (int use = 1; use <= 3; use++) {
                assertThatThrownBy(pool::getConnection)
                        .isNotInstanceOf(SQLTransientConnectionException.class)
                        .hasMessage("refused")
                        .satisfies(thrown ->
                                assertThat(ConnectionLoss.isBehind(thrown)).isTrue());
                assertThat(server.attempts).hasValue(use);
            }
        }
    }

    @Test
    void isPatientAgainOnceTheServerIsBack() throws SQLException {
        server.isDown = true;
        try (PatientPool pool = pool()) {
            assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            server.isDown = false;
            pool.getConnection().close();
            assertThat(server.attempts).hasValue(1);

            pool.getConnection().close();
            assertThat(server.attempts).as("no attempt beside the pool").hasValue(1);
        }
    }

    private PatientPool pool() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(server);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setInitializationFailTimeout(-1);
        return new PatientPool(config);
    }
}
