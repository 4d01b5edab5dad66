package org.waybill.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A program of others that does the same to the same bytes.
 *
 * @param name as the table has it
 * @param rival the benchmark of ours that does the same
 * @param command without the file, which comes last
 */
record OtherProgram(String name, String rival, List<String> command) {

    /** The key is of no importance for the speed; it stands here because it protects nothing. */
    private static final List<String> OPENSSL =
            List.of("openssl", "enc", "-d", "-aes-256-ctr", "-K", "00".repeat(32), "-iv", "00".repeat(16), "-in");

    static final List<OtherProgram> ALL = List.of(
            new OtherProgram("md5sum", "digest MD5", List.of("md5sum")),
            new OtherProgram("sha1sum", "digest SHA1", List.of("sha1sum")),
            new OtherProgram("sha256sum", "digest SHA256", List.of("sha256sum")),
            new OtherProgram("sha512sum", "digest SHA512", List.of("sha512sum")),
            new OtherProgram("openssl enc -d -aes-256-ctr", "egaAesDecrypt", OPENSSL));

    boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command.get(0))));
    }

    /** The same bytes often enough that starting a program counts for little. */
    static Path file(byte[] plain, int times) throws IOException {
        Path file = Files.createTempFile("waybill-bench-", "");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < times; i++) {
                out.write(plain);
            }
        }
        return file;
    }

    /** The best of some runs in bytes a second; nothing if the program fails. */
    OptionalDouble bytesPerSecond(Path file, int runs) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.add(file.toString());
        long best = Long.MAX_VALUE;
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            int status = new ProcessBuilder(whole)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                return OptionalDouble.empty();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return OptionalDouble.of(Files.size(file) * 1e9 / best);
    }
}
