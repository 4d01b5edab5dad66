package org.waybill.torture.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.waybill.torture.crash.CrashPoint.Place;

/** A strace that lists, holds, fails or kills at the system calls of a thread. */
final class Tracer {

    private final Process strace;
    private final Path listed;

    private Tracer(Process strace, Path listed) {
        this.strace = strace;
        this.listed = listed;
    }

    /**
     * Begins.
     *
     * @param thread its number; unless the place is of it alone, those of the whole process are traced
     * @param what the options that say which calls, and what is done with them
     * @param listed the file that gets a line for each call
     */
    static Tracer of(Place place, String thread, List<String> what, Path listed) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("strace", "-qq", "-e", "signal=none", "-o", listed.toString(), "-p", thread));
        if (!place.alone()) {
            command.add("-f");
        }
        command.addAll(what);
        Files.deleteIfExists(listed);
        Process strace = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Tracer(strace, listed);
    }

    /** Whether the thread has come to a call, and no further: strace ends the line of a call when that is over. */
    boolean isHeldBefore(CrashPoint point) {
        String text = text();
        return point.place().alone()
                && !text.endsWith("\n")
                && text.lines()
                                .filter(line -> line.startsWith(point.call() + "("))
                                .count()
                        == point.number();
    }

    private String text() {
        try {
            return Files.exists(listed) ? Files.readString(listed, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path listed() {
        return listed;
    }

    /** Traces no more: what it holds goes on, or dies, if it was killed before. */
    void letGo() {
        strace.destroyForcibly();
    }

    /** Waits until what it traces has ended. */
    void end() throws InterruptedException {
        strace.waitFor();
    }
}
