package org.waybill.ledger.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Tells the faults of a connection from those of a statement. */
public final class ConnectionLoss {

    /** Class 08 of PostgreSQL's error codes (appendix A): connection exceptions. */
    private static final String CONNECTION_EXCEPTION = "08";

    /** Shut down by an administrator, crashed, not accepting connections now, too many connections. */
    private static final Set<String> NOT_SERVING = Set.of("57P01", "57P02", "57P03", "53300");

    private ConnectionLoss() {}

    /** Whether a fault came of a server that could not be reached, or that went away. */
    public static boolean isBehind(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException fault && isConnectionFault(fault));
    }

    private static boolean isConnectionFault(SQLException fault) {
        String state = Objects.requireNonNullElse(fault.getSQLState(), "");
        return fault instanceof SQLTransientConnectionException
                || state.startsWith(CONNECTION_EXCEPTION)
                || NOT_SERVING.contains(state);
    }
}
