package org.waybill.ledger.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The processes of PostgreSQL that work in one cluster: those whose working folder it is. A process id in a file proves
 * nothing, for the process may be dead and its id another's.
 */
final class ServerProcesses {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path cluster;

    ServerProcesses(Path cluster) {
        this.cluster = cluster;
    }

    boolean worksHere(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(cluster)
                    && Files.readSymbolicLink(process.resolve("exe"))
                            .getFileName()
                            .toString()
                            .startsWith("postgres");
        } catch (IOException e) {
            return false; // it ended, or is another user's
        }
    }

    /**
     * Waits until nobody works in the cluster. When a server is killed its children end by themselves, but one in a long
     * statement only at the statement's end: those are killed after a while, which loses nothing that was committed.
     */
    void awaitNone(Duration patience) throws IOException {
        if (noneAfter(patience)) {
            return;
        }
        here().forEach(ProcessHandle::destroyForcibly);
        if (!noneAfter(patience)) {
            throw new IOException("processes of a dead PostgreSQL server do not end: "
                    + here().stream().map(ProcessHandle::pid).toList());
        }
    }

    private boolean noneAfter(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!here().isEmpty()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            SharedUse.pause(PAUSE);
        }
        return true;
    }

    private List<ProcessHandle> here() {
        return ProcessHandle.allProcesses()
                .filter(process -> worksHere(process.pid()))
                .toList();
    }
}
