package org.waybill.ledger.postgres.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the programs that come with PostgreSQL. They see nothing of our environment: it may hold secrets, which a server
 * would keep as long as it lives, and variables that would change what PostgreSQL does.
 */
final class PostgresProgram {

    private static final Duration PATIENCE = Duration.ofMinutes(5); // initdb on a slow, busy disk

    private final Path binaries;
    private final Path workingFolder;

    PostgresProgram(Path binaries, Path workingFolder) {
        this.binaries = binaries;
        this.workingFolder = workingFolder;
    }

    /**
     * Runs a program to its end. What it prints stands in {@code NAME.log} in the working folder until it runs again.
     *
     * @throws IOException if it fails; with what it printed
     */
    void run(String name, List<String> arguments) throws IOException {
        Path printed = workingFolder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command(name, arguments))
                .directory(workingFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "LC_ALL", "C"));
        int exitCode = await(builder.start(), name);
        if (exitCode != 0) {
            String hint = isRoot() ? " (run through \"unshare -U\", because PostgreSQL refuses to run as root)" : "";
            throw new IOException(name + " ended with code " + exitCode + hint + ": " + lastLines(printed, 0));
        }
    }

    /** The last lines of a log from a byte on, in one line. */
    static String lastLines(Path log, long fromByte) throws IOException {
        byte[] all = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
        int from = (int) Math.min(fromByte, all.length);
        List<String> lines = new String(all, from, all.length - from, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
    }

    private List<String> command(String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // In a user namespace of its own it does not look like root, while its files stay ours.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve("bin").resolve(name).toString());
        command.addAll(arguments);
        return command;
    }

    private static int await(Process process, String name) throws IOException {
        try {
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException(name + " did not end within " + PATIENCE.toMinutes() + " minutes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + name + " ran");
        }
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
}
