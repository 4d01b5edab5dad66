package org.waybill.ledger.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The server of an embedded folder, started by hand with {@code fsync = off}, as no code of ours starts it. */
public final class UnsafeServer implements AutoCloseable {

    private final PostgresServer server;

    public UnsafeServer(Path folder) throws IOException {
        Path real = folder.toRealPath();
        Path cluster = real.resolve("cluster");
        PostgresProgram program = new PostgresProgram(PostgresBinaries.unpackedBelow(real, progress -> {}), real);
        server = new PostgresServer(cluster, program);
        String settings = "-p " + PostgresServer.freePort()
                + " -c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
        program.run(
                "pg_ctl",
                List.of(
                        "start",
                        "-w",
                        "-D",
                        cluster.toString(),
                        "-l",
                        real.resolve("log").toString(),
                        "-o",
                        settings));
    }

    public int port() throws IOException {
        return server.runningPort().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        if (server.runningPort().isPresent()) {
            server.stop();
        }
    }
}
