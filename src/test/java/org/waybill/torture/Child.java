package org.waybill.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link ChildRun}, seen by the one who started it. */
public final class Child {

    private static final long PATIENCE_SECONDS = 180;

    private final Process process;
    private final BufferedReader output;

    private Child(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    public static Child start(Path home, Map<String, String> environment, String... more) throws IOException {
        return start(ChildJvm.shared().command(ChildRun.class), home, environment, more);
    }

    static Child start(List<String> java, Path home, Map<String, String> environment, String... more)
            throws IOException {
        List<String> command = new ArrayList<>(java);
        command.add(home.toString());
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Child(builder.start());
    }

    /** Waits until it could begin with its work. */
    public Child ready() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(ChildRun.READY)) {
                return this;
            }
        }
        throw new IOException("the child ended before it was ready");
    }

    /** Lets it begin. */
    public Child go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return this;
    }

    /** Kills it with SIGKILL that many ns from now, unless it ends before. */
    boolean killAfter(long nanos) throws InterruptedException {
        boolean ended = process.waitFor(nanos, TimeUnit.NANOSECONDS);
        process.destroyForcibly();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return !ended;
    }

    /** Freezes it with SIGSTOP that many ns from now, unless it ends before. */
    boolean freezeAfter(long nanos) throws IOException, InterruptedException {
        return !process.waitFor(nanos, TimeUnit.NANOSECONDS) && signal("STOP");
    }

    /** Lets it go on. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private boolean signal(String name) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Kills it with SIGKILL as soon as something is seen to be so, unless it ends before. */
    boolean killOnce(BooleanSupplier seen) throws InterruptedException {
        awaitOrEnd(seen);
        return killAfter(0);
    }

    /** Waits until something is seen to be so, unless it ends before. */
    public void awaitOrEnd(BooleanSupplier seen) {
        while (process.isAlive() && !seen.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /** Waits until one of the two has ended; whether it is this one. */
    boolean endsBefore(Child other) {
        CompletableFuture.anyOf(process.onExit(), other.process.onExit())
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        return !process.isAlive();
    }

    /** Its exit code, and what it said. */
    public record End(int exitCode, String said) {}

    /**
     * Waits until it ends.
     *
     * @throws IOException if it does not, with where its threads were
     */
    public End end() throws IOException, InterruptedException {
        CompletableFuture<String> said = CompletableFuture.supplyAsync(
                () -> String.join("\n", output.lines().toList()));
        boolean ends = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ends) {
            signal("QUIT"); // Java answers with its threads
            TimeUnit.SECONDS.sleep(1);
            process.destroyForcibly().waitFor();
        }
        End end = new End(process.exitValue(), said.join());
        if (!ends) {
            throw new IOException("the child did not end: " + workingThreads(end.said()));
        }
        return end;
    }

    /** Those of a dump for which Java does not end, where they are in Java. */
    private static String workingThreads(String said) {
        return Stream.of(said.split("\n\n"))
                .filter(part -> part.startsWith("\"") && part.contains("\tat ") && !part.contains(" daemon "))
                .collect(Collectors.joining("\n\n"));
    }
}
