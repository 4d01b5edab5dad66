package org.waybill.bench;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A program of others that does the same to the same bytes.
 *
 * @param name as the table has it
 * @param rival the benchmark of ours that does the same
 * @param input what it reads
 * @param command without the file, which comes last
 */
record OtherProgram(String name, String rival, Input input, List<String> command) {

    /** What a program reads. */
    enum Input {
        PLAIN,
        /** The same bytes as an OpenPGP message. */
        OPENPGP,
        /** A log as {@link AccessLogBenchmark} reads it. */
        ACCESS_LOG
    }

    /** The key is of no importance for the speed; it stands here because it protects nothing. */
    private static final List<String> OPENSSL =
            List.of("openssl", "enc", "-d", "-aes-256-ctr", "-K", "00".repeat(32), "-iv", "00".repeat(16), "-in");

    /** Asks nobody, and starts no agent: the password stands here, because it protects nothing. */
    private static final List<String> GPG = List.of(
            "gpg",
            "--batch",
            "--no-tty",
            "--no-options",
            "--no-autostart",
            "--pinentry-mode",
            "loopback",
            "--passphrase",
            OpenPgpMessage.PASSWORD,
            "--decrypt");

    /** Counts, too, and prints nothing. */
    private static final List<String> GOACCESS = List.of(
            "goaccess", "--no-global-config", "--no-progress", "--log-format=COMBINED", "--process-and-exit", "-f");

    static final List<OtherProgram> ALL = List.of(
            new OtherProgram("md5sum", "digest MD5", Input.PLAIN, List.of("md5sum")),
            new OtherProgram("sha1sum", "digest SHA1", Input.PLAIN, List.of("sha1sum")),
            new OtherProgram("sha256sum", "digest SHA256", Input.PLAIN, List.of("sha256sum")),
            new OtherProgram("sha512sum", "digest SHA512", Input.PLAIN, List.of("sha512sum")),
            new OtherProgram("openssl enc -d -aes-256-ctr", "egaAesDecrypt", Input.PLAIN, OPENSSL),
            new OtherProgram("gpg --decrypt", "openPgpDecrypt", Input.OPENPGP, GPG),
            new OtherProgram("goaccess", "accessLogCombined", Input.ACCESS_LOG, GOACCESS));

    boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command.get(0))));
    }

    /** Files with the same bytes often enough that starting a program counts for little. */
    static Map<Input, Path> write(byte[] plain, int times, Path folder) throws IOException {
        Path file = folder.resolve("plain");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < times; i++) {
                out.write(plain);
            }
        }
        Path message = folder.resolve("message");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(message))) {
            OpenPgpMessage.write(out, plain, times);
        }
        Path log = Files.write(folder.resolve("log"), AccessLogBenchmark.log(plain.length));
        return Map.of(Input.PLAIN, file, Input.OPENPGP, message, Input.ACCESS_LOG, log);
    }

    /** The best of some runs in bytes a second; nothing if the program fails. */
    OptionalDouble bytesPerSecond(Path file, int runs) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.add(file.toString());
        long best = Long.MAX_VALUE;
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            ProcessBuilder builder = new ProcessBuilder(whole)
                    .redirectInput(new File("/dev/null")) // else goaccess reads from us
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("GNUPGHOME", String.valueOf(file.getParent())); // not the user's
            int status = builder.start().waitFor();
            if (status != 0) {
                return OptionalDouble.empty();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return OptionalDouble.of(Files.size(file) * 1e9 / best);
    }
}
