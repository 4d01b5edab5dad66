package org.waybill.ledger.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server process of one cluster. Whoever starts or stops it has the turn. */
final class PostgresServer {

    private static final Duration START_PATIENCE = Duration.ofSeconds(120); // with recovery after a crash
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ORPHANS_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int PORTS_TRIED = 3;
    private static final long LOG_BYTES = 1_000_000; // about 2,000 starts; kept twice

    /** Given at each start, so that they win over whatever stands in the cluster's own files. */
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=50",
            "shared_buffers=64MB",
            "io_method=sync", // three processes fewer
            "jit=off",
            "tcp_keepalives_idle=30",
            "tcp_keepalives_interval=10",
            "tcp_keepalives_count=3",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_min_messages=log", // not ERROR, and below not DETAIL: both quote rows, with names of files
            "log_error_verbosity=terse",
            "log_min_error_statement=panic",
            "log_checkpoints=off");

    private final Path cluster;
    private final Path log;
    private final PostgresProgram program;
    private final ServerProcesses processes;

    PostgresServer(Path cluster, PostgresProgram program) {
        this.cluster = cluster;
        this.log = cluster.resolveSibling("log");
        this.program = program;
        this.processes = new ServerProcesses(cluster);
    }

    /** The port of the living server; one that is just starting or stopping is waited for. */
    Optional<Integer> runningPort() throws IOException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (true) {
            Optional<PostmasterFile> file =
                    PostmasterFile.read(cluster).filter(said -> processes.worksHere(said.pid()));
            if (file.isEmpty() || file.get().ready()) {
                return file.map(PostmasterFile::port);
            }
            if (System.nanoTime() >= deadline) {
                throw new IOException("the server does not become ready: " + PostgresProgram.lastLines(log, 0));
            }
            SharedUse.pause(PAUSE);
        }
    }

    /** Starts the server, in a session of its own; its port. */
    int start() throws IOException {
        Optional<Integer> portBefore = PostmasterFile.read(cluster).map(PostmasterFile::port);
        processes.awaitNone(ORPHANS_PATIENCE);
        // Nobody works here, so it is a dead server's. PostgreSQL would refuse it if it is empty, after a power cut, or
        // if its process id is meanwhile that of another process.
        Files.deleteIfExists(PostmasterFile.in(cluster));
        turnLogOver();
        // The same port again, so that connection pools that outlived a killed server find the new one.
        int port = portBefore.filter(PostgresServer::isFree).orElseGet(PostgresServer::freePort);
        for (int attempt = 1; ; attempt++) {
            long logBefore = Files.exists(log) ? Files.size(log) : 0;
            try {
                program.run("pg_ctl", control("start", START_PATIENCE, "-l", log.toString(), "-o", options(port)));
                return port;
            } catch (IOException e) {
                Optional<Integer> startedByAnother = runningPort();
                if (startedByAnother.isPresent()) {
                    return startedByAnother.get();
                }
                if (isFree(port) || attempt == PORTS_TRIED) {
                    throw new IOException(
                            e.getMessage() + "; its log ends with: " + PostgresProgram.lastLines(log, logBefore), e);
                }
                port = freePort();
            }
        }
    }

    /** Stops the server; sessions that are still open are rolled back. */
    void stop() throws IOException {
        program.run("pg_ctl", control("stop", STOP_PATIENCE, "-m", "fast"));
    }

    private List<String> control(String verb, Duration patience, String... more) {
        List<String> always = List.of(verb, "-w", "-s", "-t", Long.toString(patience.toSeconds()));
        return Stream.of(always.stream(), Stream.of("-D", cluster.toString()), Stream.of(more))
                .flatMap(part -> part)
                .toList();
    }

    private static String options(int port) {
        return SETTINGS.stream()
                .map(setting -> "-c " + setting)
                .collect(Collectors.joining(" ", "-p " + port + " ", ""));
    }

    private void turnLogOver() throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, log.resolveSibling("log.old"), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port of 127.0.0.1 is free", e);
        }
    }
}
