package org.waybill.stage.processing.checks;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;
import org.waybill.route.checks.CheckCommand;

/** Has a program of the route judge contents. It gets nothing but the content and a PATH, and what it prints is thrown away. */
record Judgement(CheckCommand command) {

    private static final long LOOK_EVERY_MS = 20;
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    /**
     * The exit code, which is 0.
     *
     * @param meanwhile called while the program works; may throw to end it
     * @throws FileRejectedException if it exits otherwise, or takes too long
     * @throws IOException if it cannot be started, or this thread was interrupted
     */
    int of(byte[] content, Runnable meanwhile) throws IOException, FileRejectedException {
        Process process = start();
        Set<ProcessHandle> family = new HashSet<>();
        try {
            feed(process, content);
            long end = System.nanoTime() + command.timeLimit().toNanos();
            while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(family::add);
                meanwhile.run();
                if (System.nanoTime() - end > 0) {
                    throw new FileRejectedException(
                            Reason.CHECK_FAILED,
                            "expected an answer of the command within "
                                    + command.timeLimit().toMillis() + " ms, found none");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a command judged a content");
        } finally {
            process.descendants().forEach(family::add);
            process.toHandle().destroyForcibly(); // the process's own would wait for whoever still writes to it
            family.forEach(ProcessHandle::destroyForcibly);
        }
        int exit = process.exitValue();
        if (exit != 0) {
            throw new FileRejectedException(Reason.CHECK_FAILED, "expected exit code 0 of the command, found " + exit);
        }
        return exit;
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(new File("/"))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", USUAL_PATH);
        environment.clear();
        environment.put("PATH", path);
        return builder.start();
    }

    /** On a thread of its own: a program that reads nothing leaves it waiting until the program is gone. */
    private static void feed(Process process, byte[] content) {
        Thread feeder = new Thread(
                () -> {
                    try (OutputStream in = process.getOutputStream()) {
                        in.write(content);
                    } catch (IOException e) {
                        // it has heard enough; its exit code is what counts
                    }
                },
                "check");
        feeder.setDaemon(true);
        feeder.start();
    }
}
