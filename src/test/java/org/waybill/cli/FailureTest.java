package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.ledger.postgres.DatabaseUnavailableException;
import org.waybill.ledger.postgres.InvalidDatabaseSettingException;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.ownership.AnotherRunAliveException;
import org.waybill.run.pulse.RunStoppedException;

/** Each exception has its exit code, however deep it was thrown. */
class FailureTest {

    @Test
    void numbersAreAnInterface() {
        assertThat(ExitCode.meanings().keySet()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
        assertThat(ExitCode.DONE.number()).isZero();
        assertThat(ExitCode.FAILED.number()).isEqualTo(1);
        assertThat(ExitCode.WRONG_USAGE.number()).isEqualTo(2);
        assertThat(ExitCode.QUARANTINED.number()).isEqualTo(3);
        assertThat(ExitCode.REFUSED.number()).isEqualTo(4);
        assertThat(ExitCode.CONFIGURATION.number()).isEqualTo(5);
        assertThat(ExitCode.DATABASE_UNREACHABLE.number()).isEqualTo(6);
        assertThat(ExitCode.STOPPED.number()).isEqualTo(7);
    }

    @Test
    void problemsOfRoutesKeepALineEach() {
        RouteProblem one = new RouteProblem("jobs/a.yaml", 1, "route", "is wrong", "mend it");
        RouteProblem other = new RouteProblem("jobs/a.yaml", 2, "folders", "are wrong", "mend them");

        Failure failure = Failure.of(wrapped(new InvalidRouteException(List.of(one, other))));

        assertThat(failure.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(failure.message()).isEqualTo(one + "\n" + other);
    }

    @Test
    void databaseSettingsAreConfiguration() {
        assertThat(Failure.of(wrapped(new InvalidDatabaseSettingException("no such thing"))))
                .isEqualTo(new Failure(ExitCode.CONFIGURATION, "no such thing"));
    }

    @Test
    void unavailableDatabaseIsUnreachable() {
        assertThat(Failure.of(wrapped(new DatabaseUnavailableException("is away"))))
                .isEqualTo(new Failure(ExitCode.DATABASE_UNREACHABLE, "is away"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P02", "57P03", "53300"})
    void connectionThatIsLostIsUnreachable(String sqlState) {
        assertThat(Failure.of(wrapped(new SQLException("gone", sqlState))).code())
                .isEqualTo(ExitCode.DATABASE_UNREACHABLE);
    }

    @Test
    void poolThatWaitedInVainIsUnreachable() {
        assertThat(Failure.of(wrapped(new SQLTransientConnectionException("timed out")))
                        .code())
                .isEqualTo(ExitCode.DATABASE_UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "23505", "40001"})
    void statementThatFailsIsAFaultOfTheProgram(String sqlState) {
        Failure failure = Failure.of(wrapped(new SQLException("syntax", sqlState)));

        assertThat(failure.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failure.message())
                .startsWith("a fault of the program: SQLException: syntax")
                .contains("--verbose");
    }

    @Test
    void runThatIsRefusedOrStoppedSaysSo() throws ReflectiveOperationException {
        assertThat(Failure.of(wrapped(made(AnotherRunAliveException.class, "ega", "intake", "pid 7")))
                        .code())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(Failure.of(wrapped(made(RunStoppedException.class))).code()).isEqualTo(ExitCode.STOPPED);
    }

    @Test
    void inputAndOutputAreTheWorlds() {
        Failure failure = Failure.of(wrapped(new NoSuchFileException("/no/such/folder")));

        assertThat(failure.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failure.message()).contains("/no/such/folder").doesNotContain("fault of the program");
    }

    @Test
    void messageIsOneLine() {
        assertThat(Failure.of(new IllegalStateException("one\n  two\r\nthree")).message())
                .contains("one two three")
                .doesNotContain("\n");
    }

    @Test
    void exceptionWithoutMessageIsToldToo() {
        assertThat(Failure.of(new IllegalStateException()).message()).contains("IllegalStateException: no message");
    }

    private static Exception wrapped(Exception innermost) {
        return new IllegalStateException("outer", new IOException("middle", innermost));
    }

    private static <T> T made(Class<T> type, Object... arguments) throws ReflectiveOperationException {
        @SuppressWarnings("unchecked")
        Constructor<T> constructor = (Constructor<T>) type.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }
}
