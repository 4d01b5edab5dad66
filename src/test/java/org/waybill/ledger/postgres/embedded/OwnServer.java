package org.waybill.ledger.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.waybill.House;
import org.waybill.ledger.WaybillHome;
import org.waybill.ledger.postgres.Database;

/** A server that is a test's alone, made of the embedded one's programs: many may connect, and it can be restarted. */
public final class OwnServer implements AutoCloseable {

    private static final Path BINARIES = House.SERVER_HOME.resolve("data/postgres"); // unpacked once for all
    private static final String EMPTY = "house_empty"; // the others are copies of it: the migrations take longer
    private static final String OPTIONS = " -c max_connections=300 -c shared_buffers=64MB -c jit=off"
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=";

    private final PostgresProgram program;
    private final Path cluster;
    private final String url;
    private final String password;
    private final AtomicInteger databases = new AtomicInteger();

    private OwnServer(PostgresProgram program, Path cluster, String url, String password) {
        this.program = program;
        this.cluster = cluster;
        this.url = url;
        this.password = password;
    }

    /** Starts a new one in an empty folder. */
    public static OwnServer in(Path folder) throws IOException {
        Files.createDirectories(BINARIES);
        PostgresProgram program = new PostgresProgram(PostgresBinaries.unpackedBelow(BINARIES, text -> {}), folder);
        PostgresCluster cluster = new PostgresCluster(folder);
        cluster.makeIfMissing(program, text -> {});
        int port = PostgresServer.freePort();
        OwnServer server = new OwnServer(
                program, cluster.folder(), "jdbc:postgresql://127.0.0.1:" + port + "/", cluster.password());
        server.control("start", "-l", folder.resolve("log").toString(), "-o", "-p " + port + OPTIONS);
        return server;
    }

    /** What a process must have in its environment to use a new database, whose tables are made and empty. */
    public synchronized Map<String, String> newDatabase() {
        if (databases.getAndIncrement() == 0) {
            Map<String, String> empty = newDatabase(EMPTY, "template1");
            Database.open(new WaybillHome(House.SERVER_HOME), empty, "waybill-empty", text -> {})
                    .close();
        }
        return newDatabase("house_" + databases.get(), EMPTY);
    }

    private Map<String, String> newDatabase(String name, String template) {
        try (Connection connection = DriverManager.getConnection(url + "postgres", PostgresCluster.USERNAME, password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Map.of(
                "WAYBILL_DATABASE_URL",
                url + name,
                "WAYBILL_DATABASE_USERNAME",
                PostgresCluster.USERNAME,
                "WAYBILL_DATABASE_PASSWORD",
                password);
    }

    /**
     * Restarts it with {@code pg_ctl}, and waits until it can be used.
     *
     * @param mode {@code fast}: sessions are cut and all is put in order; {@code immediate}: as after a crash
     */
    public void restart(String mode) throws IOException {
        control("restart", "-m", mode);
    }

    @Override
    public void close() throws IOException {
        control("stop", "-m", "immediate");
    }

    private void control(String verb, String... more) throws IOException {
        List<String> always = List.of(verb, "-w", "-s", "-D", cluster.toString());
        program.run("pg_ctl", Stream.concat(always.stream(), Stream.of(more)).toList());
    }
}
