package org.waybill.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.waybill.ledger.postgres.ConnectionLoss;
import org.waybill.ledger.postgres.DatabaseUnavailableException;
import org.waybill.ledger.postgres.InvalidDatabaseSettingException;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.run.ownership.AnotherRunAliveException;
import org.waybill.run.pulse.RunStoppedException;

/**
 * What an exception means to whoever called the program: the one place that says so.
 *
 * @param message what happened, and what to do
 */
public record Failure(ExitCode code, String message) {

    /** The meaning of an exception, or of the innermost of its causes that has one. */
    public static Failure of(Throwable thrown) {
        return causes(thrown)
                .map(Failure::known)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> unreachable(thrown))
                .orElseGet(() -> unknown(innermost(thrown)));
    }

    private static Optional<Failure> known(Throwable cause) {
        if (cause instanceof CommandFailedException failed) {
            return Optional.of(new Failure(failed.code(), message(failed)));
        }
        if (cause instanceof InvalidRouteException || cause instanceof InvalidDatabaseSettingException) {
            return Optional.of(new Failure(ExitCode.CONFIGURATION, message(cause)));
        }
        if (cause instanceof AnotherRunAliveException) {
            return Optional.of(new Failure(ExitCode.REFUSED, message(cause)));
        }
        if (cause instanceof DatabaseUnavailableException) {
            return Optional.of(new Failure(ExitCode.DATABASE_UNREACHABLE, message(cause)));
        }
        if (cause instanceof RunStoppedException) {
            return Optional.of(new Failure(ExitCode.STOPPED, message(cause)));
        }
        return Optional.empty();
    }

    private static Optional<Failure> unreachable(Throwable thrown) {
        return ConnectionLoss.isBehind(thrown)
                ? Optional.of(new Failure(
                        ExitCode.DATABASE_UNREACHABLE,
                        "the database cannot be reached, or was lost (" + message(innermost(thrown))
                                + "); see that it runs, and run this again"))
                : Optional.empty();
    }

    private static Failure unknown(Throwable cause) {
        String what = cause.getClass().getSimpleName() + ": " + message(cause);
        return cause instanceof IOException
                ? new Failure(ExitCode.FAILED, what + "; see to it, and run this again")
                : new Failure(
                        ExitCode.FAILED,
                        "a fault of the program: " + what + "; run it with --verbose to see where, and report it");
    }

    private static Throwable innermost(Throwable thrown) {
        return causes(thrown).reduce(thrown, (outer, inner) -> inner);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    private static String message(Throwable thrown) {
        String message =
                Objects.requireNonNullElse(thrown.getMessage(), "no message").strip();
        return thrown instanceof InvalidRouteException ? message : message.replaceAll("\\s*\\R\\s*", " ");
    }
}
