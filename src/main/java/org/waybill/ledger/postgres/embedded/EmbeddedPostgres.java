package org.waybill.ledger.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One process's use of the embedded server. Those in one process share it; the last one to close it leaves. */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Duration JOIN_PATIENCE = Duration.ofMinutes(5); // the first start of another, on a slow disk
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(10);

    private static final Map<Path, EmbeddedPostgres> OF_THIS_PROCESS = new HashMap<>();

    private final Path folder;
    private final SharedUse use;
    private final PostgresServer server;
    private final int port;
    private final String password;
    private int openHere;

    private EmbeddedPostgres(Path folder, SharedUse use, PostgresServer server, int port, String password) {
        this.folder = folder;
        this.use = use;
        this.server = server;
        this.port = port;
        this.password = password;
    }

    /**
     * Uses the server of a folder, and starts it if nobody has. It stays up until everybody has left.
     *
     * @param folder made if missing; only its owner may look into it
     * @param progress told what takes longer than a second: what the first start of all does
     * @throws IOException if it does not start; says what was tried, with the last lines of its log
     */
    public static EmbeddedPostgres join(Path folder, Consumer<String> progress) throws IOException {
        synchronized (OF_THIS_PROCESS) {
            Path real = privateFolder(folder);
            EmbeddedPostgres joined = OF_THIS_PROCESS.get(real);
            if (joined == null) {
                joined = enter(real, progress);
                OF_THIS_PROCESS.put(real, joined);
            }
            joined.openHere++;
            return joined;
        }
    }

    /** For {@code java.sql}; without the password. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String username() {
        return PostgresCluster.USERNAME;
    }

    public String password() {
        return password;
    }

    /**
     * Leaves; the last of all stops the server.
     *
     * @throws IOException if the server does not stop: it is then left to the next process that joins
     */
    @Override
    public void close() throws IOException {
        synchronized (OF_THIS_PROCESS) {
            openHere--;
            if (openHere == 0) {
                OF_THIS_PROCESS.remove(folder);
                leave();
            }
        }
    }

    private static EmbeddedPostgres enter(Path folder, Consumer<String> progress) throws IOException {
        SharedUse use = new SharedUse(folder);
        try (SharedUse.Turn turn = use.awaitTurn(JOIN_PATIENCE)
                .orElseThrow(() -> new IOException("another process has been starting or stopping it for "
                        + JOIN_PATIENCE.toMinutes() + " minutes"))) {
            Path binaries = PostgresBinaries.unpackedBelow(folder, progress);
            PostgresProgram program = new PostgresProgram(binaries, folder);
            PostgresCluster cluster = new PostgresCluster(folder);
            cluster.makeIfMissing(program, progress);
            String password = cluster.password();
            PostgresServer server = new PostgresServer(cluster.folder(), program);
            use.join();
            Optional<Integer> running = server.runningPort();
            int port = running.isPresent() ? running.get() : server.start();
            return new EmbeddedPostgres(folder, use, server, port, password);
        } catch (IOException | RuntimeException e) {
            use.close();
            throw e;
        }
    }

    private void leave() throws IOException {
        try (use) {
            Optional<SharedUse.Turn> turn = use.awaitTurn(LEAVE_PATIENCE);
            if (turn.isPresent()) {
                try (SharedUse.Turn ours = turn.get()) {
                    if (use.leave() && server.runningPort().isPresent()) {
                        server.stop();
                    }
                }
            }
        }
    }

    private static Path privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder.toRealPath();
    }
}
