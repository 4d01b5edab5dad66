package org.waybill.ledger.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedPostgresIT {

    @TempDir
    static Path home;

    private static Path folder;
    private static final List<String> PROGRESS = new ArrayList<>();

    @BeforeAll
    static void firstStartOfAll() throws Exception {
        folder = home.resolve("data/postgres");
        try (EmbeddedPostgres postgres = join();
                Connection connection = connect(postgres)) {
            execute(connection, "create table kept (number int)");
        }
    }

    @AfterEach
    void nobodyIsLeft() throws IOException {
        assertThat(server().runningPort())
                .as("a server that the test left running")
                .isEmpty();
    }

    @Test
    void firstStartTellsWhatItDoes() {
        assertThat(PROGRESS)
                .containsExactly(
                        "first start: unpacking PostgreSQL " + PostgresBinaries.VERSION,
                        "first start: making the database");
    }

    @Test
    void keepsWhatItCommits() throws Exception {
        try (EmbeddedPostgres postgres = join();
                Connection connection = connect(postgres)) {
            assertThat(ask(connection, "show fsync")).isEqualTo("on");
            assertThat(ask(connection, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(connection, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(connection, "show data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void isTheServerThatTheBinariesSayAndSpeaksUnicode() throws Exception {
        try (EmbeddedPostgres postgres = join();
                Connection connection = connect(postgres)) {
            assertThat(PostgresBinaries.VERSION).startsWith(ask(connection, "show server_version") + ".");
            assertThat(ask(connection, "show server_encoding")).isEqualTo("UTF8");
            assertThat(ask(connection, "select upper('ä')")).isEqualTo("Ä");
        }
    }

    @Test
    void refusesWhoDoesNotKnowThePassword() throws Exception {
        try (EmbeddedPostgres postgres = join()) {
            for (String password : List.of("", "waybill", "postgres")) {
                assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), postgres.username(), password))
                        .as("password <%s>", password)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password");
            }
        }
    }

    @Test
    void otherUsersSeeNeitherItsFilesNorASocket() throws Exception {
        try (EmbeddedPostgres postgres = join();
                Connection connection = connect(postgres)) {
            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(mode(folder.resolve("password"))).isEqualTo("rw-------");
            assertThat(ask(connection, "show unix_socket_directories")).isEmpty();
            assertThat(ask(connection, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void serverSeesNothingOfOurEnvironment() throws Exception {
        try (EmbeddedPostgres postgres = join()) {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(serverPid()), "environ"));
            assertThat(new String(environment, StandardCharsets.UTF_8).split("\0"))
                    .extracting(variable -> variable.replaceFirst("=.*", ""))
                    .isSubsetOf(
                            "PATH",
                            "LC_ALL",
                            "PGDATA",
                            "PG_GRANDPARENT_PID",
                            "PWD",
                            "OLDPWD",
                            "SHLVL",
                            "_",
                            "PGSYSCONFDIR",
                            "PGLOCALEDIR");
        }
    }

    @Test
    void isInASessionOfItsOwnSoThatInterruptsOfATerminalMissIt() throws Exception {
        try (EmbeddedPostgres postgres = join()) {
            String stat = Files.readString(Path.of("/proc", Long.toString(serverPid()), "stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // state, parent, group, session
            assertThat(Long.parseLong(afterName[3])).isEqualTo(serverPid());
        }
    }

    @Test
    void twoOfOneProcessShareItAndTheLastStopsIt() throws Exception {
        EmbeddedPostgres first = join();
        EmbeddedPostgres second = join();
        first.close();
        try (Connection connection = connect(second)) {
            assertThat(ask(connection, "select 1")).isEqualTo("1");
        }
        second.close();
        assertThat(server().runningPort()).isEmpty();
    }

    @Test
    void twoProcessesShareItAndTheLastStopsIt() throws Exception {
        try (AnotherProcess other = new AnotherProcess(folder)) {
            EmbeddedPostgres ours = join(); // both start in the same moment
            assertThat(other.url()).isEqualTo(ours.url());
            ours.close();
            assertThat(server().runningPort()).as("the other still uses it").isPresent();
            assertThat(other.leave()).isZero();
            assertThat(server().runningPort()).isEmpty();
        }
    }

    @Test
    void killedProcessLeavesTheServerToTheNextWhichStopsIt() throws Exception {
        try (AnotherProcess other = new AnotherProcess(folder)) {
            String url = other.url();
            try (EmbeddedPostgres postgres = join();
                    Connection connection = connect(postgres)) {
                assertThat(postgres.url()).isEqualTo(url);
                execute(connection, "insert into kept values (1)");
                other.kill();
                assertThat(ask(connection, "select count(*) from kept where number = 1"))
                        .isEqualTo("1");
            }
        }
        assertThat(server().runningPort()).as("the dead do not count as users").isEmpty();
    }

    @Test
    void killedServerIsStartedAgainOnItsPortWithAllThatWasCommitted() throws Exception {
        try (AnotherProcess other = new AnotherProcess(folder)) {
            String url = other.url();
            long pid = serverPid();
            try (Connection connection = DriverManager.getConnection(url, PostgresCluster.USERNAME, password())) {
                execute(connection, "insert into kept values (2)");
                execute(connection, "begin; insert into kept values (-2)");
                killServer();
            }
            try (EmbeddedPostgres postgres = join();
                    Connection connection = connect(postgres)) {
                assertThat(serverPid()).isNotEqualTo(pid);
                assertThat(postgres.url()).isEqualTo(url);
                assertThat(ask(connection, "select count(*) from kept where number = 2"))
                        .isEqualTo("1");
                assertThat(ask(connection, "select count(*) from kept where number = -2"))
                        .isEqualTo("0");
                assertThat(other.leave()).isZero();
            }
        }
    }

    @Test
    void childrenOfAKilledServerThatGoOnWorkingDoNotPreventTheStart() throws Exception {
        try (AnotherProcess other = new AnotherProcess(folder)) {
            try (Connection connection =
                    DriverManager.getConnection(other.url(), PostgresCluster.USERNAME, password())) {
                long backend = Long.parseLong(ask(connection, "select pg_backend_pid()"));
                Thread busy = new Thread(() -> busyFor(connection, Duration.ofMinutes(2)));
                busy.start();
                awaitBusy(backend);
                killServer();
                try (EmbeddedPostgres postgres = join();
                        Connection afterwards = connect(postgres)) {
                    assertThat(ask(afterwards, "select 1")).isEqualTo("1");
                    assertThat(processes().worksHere(backend)).isFalse();
                    assertThat(other.leave()).isZero();
                }
                busy.join();
            }
        }
    }

    @Test
    void fileOfADeadServerWhoseProcessIdIsAnothersDoesNotPreventTheStart() throws Exception {
        long ourOwn = ProcessHandle.current().pid();
        Files.writeString(
                PostmasterFile.in(folder.resolve("cluster")),
                ourOwn + "\n" + folder + "\n1\n5432\n\n127.0.0.1\n  1 1\nready   \n");
        try (EmbeddedPostgres postgres = join();
                Connection connection = connect(postgres)) {
            assertThat(ask(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void emptyFileOfADeadServerDoesNotPreventTheStart() throws Exception {
        Files.writeString(PostmasterFile.in(folder.resolve("cluster")), "");
        try (EmbeddedPostgres postgres = join();
                Connection connection = connect(postgres)) {
            assertThat(ask(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void warmStartAndConnectionAreQuick() throws Exception {
        long start = System.nanoTime();
        try (EmbeddedPostgres postgres = join();
                Connection connection = connect(postgres)) {
            assertThat(ask(connection, "select 1")).isEqualTo("1");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void logQuotesNoRows() throws Exception {
        try (EmbeddedPostgres postgres = join();
                Connection connection = connect(postgres)) {
            execute(connection, "create temporary table once (name text primary key)");
            execute(connection, "insert into once values ('subject-4711')");
            assertThatThrownBy(() -> execute(connection, "insert into once values ('subject-4711')"))
                    .hasMessageContaining("subject-4711");
        }
        assertThat(folder.resolve("log")).content().contains("ready to accept").doesNotContain("subject-4711");
    }

    @AfterAll
    static void stopWhatAFailedTestLeft() throws IOException {
        join().close();
    }

    private static EmbeddedPostgres join() throws IOException {
        return EmbeddedPostgres.join(folder, PROGRESS::add);
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.username(), postgres.password());
    }

    private static PostgresServer server() throws IOException {
        Path real = folder.toRealPath();
        return new PostgresServer(
                real.resolve("cluster"),
                new PostgresProgram(real.resolve("binaries-" + PostgresBinaries.VERSION), real));
    }

    private static ServerProcesses processes() throws IOException {
        return new ServerProcesses(folder.toRealPath().resolve("cluster"));
    }

    private static long serverPid() throws IOException {
        return PostmasterFile.read(folder.resolve("cluster")).orElseThrow().pid();
    }

    private static void killServer() throws IOException {
        long pid = serverPid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        while (processes().worksHere(pid)) {
            Thread.onSpinWait(); // bounded by the time limit of the class
        }
    }

    private static String password() throws IOException {
        return new PostgresCluster(folder).password();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** In PL/pgSQL it never waits, so it does not notice that its server is dead. */
    private static void busyFor(Connection connection, Duration duration) {
        try {
            execute(
                    connection,
                    "do $$ declare till timestamptz := clock_timestamp() + interval '%d s'; begin while clock_timestamp() < till loop end loop; end $$"
                            .formatted(duration.toSeconds()));
        } catch (SQLException e) {
            // its server was killed, and then it
        }
    }

    private static void awaitBusy(long backend) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + PostmasterFile.read(folder.resolve("cluster"))
                                .orElseThrow()
                                .port() + "/postgres",
                PostgresCluster.USERNAME,
                password())) {
            String state = "select count(*) from pg_stat_activity where state = 'active' and pid = " + backend;
            while (ask(connection, state).equals("0")) {
                Thread.onSpinWait(); // bounded by the time limit of the class
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
