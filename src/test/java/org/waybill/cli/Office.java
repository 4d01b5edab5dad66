package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.waybill.FirstStart;
import org.waybill.stage.Uploads;
import tools.jackson.databind.JsonNode;

/** Where an operator sits: a home with a route, commands at hand, and processes that a scheduler has started. */
final class Office implements AutoCloseable {

    private static final Path LAUNCHER = Path.of("waybill").toAbsolutePath();
    private static final long LARGE_BYTES = 2L << 30; // takes seconds to process

    private final List<Process> processes = new ArrayList<>();
    private final Path home;
    private final Uploads uploads;

    Office(Path home) throws IOException {
        this.home = home;
        this.uploads = Uploads.in(home, "  rule: renamed", 128, "accept");
        FirstStart.in(home);
    }

    Uploads uploads() {
        return uploads;
    }

    /** What a command says, which is called within this JVM. */
    Called waybill(Object... arguments) {
        return Called.with(
                Stream.concat(Stream.of("--home", home), Stream.of(arguments)).toArray());
    }

    /** A command in a process of its own, as a scheduler starts it, which ends with this if not before. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "--home", home.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    /** A file of zeros that takes seconds to process, and will be quarantined for its checksum. */
    void large() throws IOException {
        try (RandomAccessFile large =
                new RandomAccessFile(home.resolve("incoming/large.bin").toFile(), "rw")) {
            large.setLength(LARGE_BYTES);
        }
        uploads.manifest("D1.md5", "0".repeat(32) + "  large.bin\n");
    }

    /** @return the id of the run, as soon as it processes */
    long awaitProcessing() {
        List<JsonNode> found = new ArrayList<>();
        await(() -> {
            waybill("runs", "--route", "ega.processing", "--status", "started", "--json")
                    .json()
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0).get("id").asLong();
    }

    static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(giveUp);
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
