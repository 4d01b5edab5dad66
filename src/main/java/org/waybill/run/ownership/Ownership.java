package org.waybill.run.ownership;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The right to work on one stage of one route, held from {@link Owners#take} until it is closed. */
public final class Ownership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private final JdbcClient jdbc;
    private final JdbcClient onLock;
    private final Connection lock;
    private final String route;
    private final String stage;
    private final long fence;

    Ownership(JdbcClient jdbc, Connection lock, String route, String stage, long fence) {
        this.jdbc = jdbc;
        this.onLock = JdbcClient.create(new SingleConnectionDataSource(lock, true));
        this.lock = lock;
        this.route = route;
        this.stage = stage;
        this.fence = fence;
    }

    /** The fencing number: raised by each new owner. */
    public long fence() {
        return fence;
    }

    /**
     * Confirms that nobody has taken over, before something is published. Asks on the connection that holds the lock: where
     * that is lost, the ownership is.
     *
     * @throws FencedException if somebody has
     */
    public synchronized void confirm() {
        confirm(onLock, """
                select fence
                from ownership
                where route = :route and stage = :stage
                """);
    }

    /**
     * Confirms that nobody has taken over, and that nobody can until the present transaction has ended. To be called
     * last in the transaction.
     *
     * @throws FencedException if somebody has
     */
    public void confirmUntilCommit() {
        confirm(jdbc, """
                select fence
                from ownership
                where route = :route and stage = :stage
                for share
                """);
    }

    private void confirm(JdbcClient client, String sql) {
        long current = client.sql(sql)
                .param("route", route)
                .param("stage", stage)
                .query(Long.class)
                .single();
        if (current != fence) {
            throw new FencedException(route, stage, fence, current);
        }
    }

    /**
     * Gives it back: says first that no connection of ours belongs to this stage any more, then frees the lock. Closing its
     * connection would do that too, but some time after we have gone on.
     */
    @Override
    public void close() throws SQLException {
        try (lock) {
            try {
                jdbc.sql("""
                            update ownership
                            set holder = ''
                            where route = :route and stage = :stage and fence = :fence
                            """)
                        .param("route", route)
                        .param("stage", stage)
                        .param("fence", fence)
                        .update();
            } finally {
                onLock.sql("select pg_advisory_unlock_all()")
                        .query((row, n) -> n)
                        .list();
            }
        }
    }
}
