package org.waybill.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.waybill.ledger.WaybillHome;
import org.waybill.ledger.postgres.embedded.UnsafeServer;

@Timeout(60)
class DatabaseIT {

    @TempDir
    static Path home;

    @Test
    void isTheEmbeddedOneIfTheEnvironmentNamesNone() throws SQLException {
        try (Database database = open(Map.of());
                Connection connection = database.openConnection()) {
            assertThat(ask(connection, "show data_directory"))
                    .isEqualTo(home.resolve("data/postgres/cluster").toString());
            assertThat(ask(connection, "show application_name")).isEqualTo("DatabaseIT");
        }
    }

    @Test
    void poolMakesConnectionsOnlyWhenTheyAreNeeded() throws SQLException {
        try (Database database = open(Map.of());
                HikariDataSource pool = database.newPool()) {
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isZero();
            try (Connection connection = pool.getConnection()) {
                assertThat(ask(connection, "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void closedTwiceIsLeftOnce() throws SQLException {
        try (Database other = open(Map.of())) {
            Database twice = open(Map.of());
            twice.close();
            twice.close();
            try (Connection connection = other.openConnection()) {
                assertThat(ask(connection, "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void refusesAServerThatDoesNotForceCommitsToDisk() throws IOException {
        open(Map.of()).close();
        Path folder = home.resolve("data/postgres");
        try (UnsafeServer server = new UnsafeServer(folder)) {
            Map<String, String> foreign = Map.of(
                    "WAYBILL_DATABASE_URL",
                    "postgresql://waybill@127.0.0.1:" + server.port() + "/postgres",
                    "WAYBILL_DATABASE_PASSWORD",
                    "file:data/postgres/password");
            assertThatThrownBy(() -> open(foreign))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining("fsync = off");
            assertThatThrownBy(() -> open(Map.of()))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining("fsync = off");
        }
    }

    @Test
    void refusesAUserWhoseCommitsAreNotAwaited() throws SQLException {
        try (Database database = open(Map.of());
                Connection connection = database.openConnection()) {
            execute(connection, "alter role waybill set synchronous_commit = off");
            try {
                assertThatThrownBy(() -> open(Map.of()))
                        .isInstanceOf(DatabaseUnavailableException.class)
                        .hasMessageContaining("synchronous_commit = off");
            } finally {
                execute(connection, "alter role waybill reset synchronous_commit");
            }
        }
    }

    @Test
    void saysWhichServerItDidNotReach() {
        Map<String, String> nobodyThere = Map.of(
                "WAYBILL_DATABASE_URL", "postgresql://archivist@127.0.0.1:1/waybill",
                "WAYBILL_DATABASE_PASSWORD", "s3cret");
        assertThatThrownBy(() -> open(nobodyThere))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContainingAll("127.0.0.1:1/waybill", "refused", "WAYBILL_DATABASE_URL")
                .hasMessageNotContainingAny("s3cret", "tcpKeepAlive");
    }

    @Test
    void saysWhyTheEmbeddedOneCannotBeMadeAndWhatToDo(@TempDir Path otherHome) throws IOException {
        Path programs = Files.createDirectories(otherHome.resolve("data/postgres/binaries-18.6.0/bin"));
        Path initdb = Files.writeString(
                programs.resolve("initdb"), "#!/bin/sh\necho 'initdb: error: No space left on device' >&2\nexit 1\n");
        Files.setPosixFilePermissions(initdb, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> Database.open(new WaybillHome(otherHome), Map.of(), "DatabaseIT", progress -> {}))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContainingAll("initdb", "No space left on device", "WAYBILL_DATABASE_URL")
                .message()
                .doesNotContain("\n");
        assertThat(otherHome.resolve("data/postgres/cluster")).doesNotExist();
    }

    @Test
    void saysWhatAUserNeedsWhoMayNotMakeTheTables() throws SQLException {
        try (Database database = open(Map.of());
                Connection connection = database.openConnection()) {
            execute(connection, "create role reader login password 'secret'");
            execute(connection, "create database others");
            String url = connection.getMetaData().getURL().replaceFirst("/[^/?]*(\\?.*)?$", "/others");
            assertThatThrownBy(() -> open(Map.of(
                            DatabaseEnvironment.URL, url,
                            DatabaseEnvironment.USERNAME, "reader",
                            DatabaseEnvironment.PASSWORD, "secret")))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContainingAll("permission denied", "grant create on schema")
                    .message()
                    .doesNotContain("\n", "secret");
        }
    }

    @Test
    void worksWithTransactionsAndLeavesTheServerLast() throws IOException {
        try (ConfigurableApplicationContext context = context()) {
            assertThat(context.getBean(WaybillHome.class).path()).isEqualTo(home);
            assertThat(context.getBean(Database.class).applicationName()).isEqualTo("DatabaseIT-spring");
            JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
            PlatformTransactionManager transactions = context.getBean(PlatformTransactionManager.class);
            assertThat(transactions).isInstanceOf(JdbcTransactionManager.class);
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                jdbc.update(
                        "insert into launch (route, stage, launched_at, launched_by) values ('a', 'intake', now(), 'b')");
                status.setRollbackOnly();
            });
            assertThat(jdbc.queryForObject("select count(*) from launch", Integer.class))
                    .isZero();
        }
        assertThat(home.resolve("data/postgres/cluster/postmaster.pid")).doesNotExist();
    }

    private static ConfigurableApplicationContext context() {
        SpringApplication application = new SpringApplicationBuilder(Connected.class)
                .web(WebApplicationType.NONE)
                .initializers(new DatabaseOpening(new WaybillHome(home), "DatabaseIT-spring"))
                .properties(Map.of("spring.main.banner-mode", "off"))
                .build();
        String found = System.clearProperty(AotDetector.AOT_ENABLED); // of this application the build knows nothing
        try {
            return application.run();
        } finally {
            if (found != null) {
                System.setProperty(AotDetector.AOT_ENABLED, found);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(DatabaseConfiguration.class)
    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class})
    static class Connected {}

    private static Database open(Map<String, String> environment) {
        return Database.open(new WaybillHome(home), environment, "DatabaseIT", progress -> {});
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
