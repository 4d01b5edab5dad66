package org.waybill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.waybill.ledger.WaybillHome;
import org.waybill.ledger.postgres.Database;

/**
 * What the first command in a home does: PostgreSQL is unpacked, and an empty database made. It takes seconds, so it is done
 * once in each process of the tests; homes get copies, as if a command that found nothing to do had been called in them.
 */
public final class FirstStart {

    private static final String SERVER = "data/postgres";

    private static @Nullable Path done;

    private FirstStart() {}

    /** Has it done in a home that has no database yet. */
    public static void in(Path home) throws IOException {
        Path server = Files.createDirectories(home.resolve(SERVER));
        try (Stream<Path> files = Files.list(once())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("binaries-")) {
                    Files.createSymbolicLink(server.resolve(name), file);
                } else if (name.equals("cluster") || name.equals("password")) {
                    copy(file, server);
                }
            }
        }
    }

    /** Starts the server of a home, and keeps it up until it is closed, as a run would that goes on: commands find it there. */
    public static Database keepUp(Path home) {
        return Database.open(new WaybillHome(home), Map.of(), "kept-up", text -> {});
    }

    private static synchronized Path once() throws IOException {
        Path made = done;
        if (made == null) {
            Path home = House.SERVER_HOME.resolve("first-start");
            FileSystemUtils.deleteRecursively(home);
            Database.open(new WaybillHome(home), Map.of(), "first-start", text -> {})
                    .close();
            made = home.resolve(SERVER);
            done = made;
        }
        return made;
    }

    private static void copy(Path file, Path into) throws IOException {
        Process copying = new ProcessBuilder(List.of("cp", "--archive", file.toString(), into.toString()))
                .inheritIO()
                .start();
        try {
            if (copying.waitFor() != 0) {
                throw new IOException(file + " was not copied to " + into);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
