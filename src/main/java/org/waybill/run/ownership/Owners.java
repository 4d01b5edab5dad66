package org.waybill.run.ownership;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.waybill.ledger.postgres.Database;

/**
 * Gives out ownership of stages. The proof of life is a session advisory lock on a connection of its own: PostgreSQL
 * frees it when the owner's process is gone, and not before.
 */
@Component
public class Owners {

    private final Database database;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    public Owners(Database database, JdbcClient jdbc, InstantSource clock) {
        this.database = database;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Takes the ownership of a stage. Connections that a dead owner left behind are cut first, so that none of its
     * statements commits afterwards.
     *
     * @throws AnotherRunAliveException if a living process has it
     */
    public Ownership take(String route, String stage) {
        try {
            Connection lock = database.openConnection();
            try {
                if (!tryLock(lock, route, stage)) {
                    throw new AnotherRunAliveException(route, stage, holder(route, stage));
                }
                cutOff(holder(route, stage));
                return new Ownership(jdbc, lock, route, stage, raiseFence(route, stage));
            } catch (SQLException | RuntimeException e) {
                giveUp(lock, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the ownership of " + route + "." + stage + " cannot be taken", e);
        }
    }

    /** Closing the connection alone would free the lock some time after we have gone on. */
    private static void giveUp(Connection lock, Exception reason) {
        try (lock;
                Statement statement = lock.createStatement()) {
            statement.execute("select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private static boolean tryLock(Connection connection, String route, String stage) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
            statement.setString(1, "waybill:" + route + "." + stage);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private String holder(String route, String stage) {
        return jdbc.sql("""
                        select holder
                        from ownership
                        where route = :route and stage = :stage
                        """)
                .param("route", route)
                .param("stage", stage)
                .query(String.class)
                .optional()
                .orElse("just starting");
    }

    private void cutOff(String holder) {
        if (!holder.isEmpty() && !holder.equals(database.applicationName())) {
            jdbc.sql("""
                            select count(pg_terminate_backend(pid))
                            from pg_stat_activity
                            where application_name = :holder and datname = current_database()
                            """).param("holder", holder).query(Long.class).single();
        }
    }

    private long raiseFence(String route, String stage) {
        return jdbc.sql("""
                        insert into ownership as o (route, stage, fence, holder, taken_at)
                        values (:route, :stage, 1, :holder, :now)
                        on conflict (route, stage) do update
                            set fence = o.fence + 1, holder = excluded.holder, taken_at = excluded.taken_at
                        returning fence
                        """)
                .param("route", route)
                .param("stage", stage)
                .param("holder", database.applicationName())
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
    }
}
