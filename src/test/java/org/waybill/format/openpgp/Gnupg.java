package org.waybill.format.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real {@code gpg}, with a home of its own, whose path is short because its agent's socket lies in it. */
public final class Gnupg implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 120;

    private final Path home;

    private Gnupg(Path home) {
        this.home = home;
    }

    /** Skips the test where there is no gpg, but not on the build machine. */
    public static Gnupg start() throws IOException {
        boolean present = Files.isExecutable(Path.of("/usr/bin/gpg"));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("gpg on the build machine").isTrue();
        }
        assumeTrue(present, "no gpg: install Debian's gnupg (apt install gnupg)");
        return new Gnupg(Files.createTempDirectory(Path.of("/tmp"), "gpg"));
    }

    /** Runs gpg without a terminal, as nobody's passphrase but the one given. */
    public String run(String passphrase, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "gpg",
                "--batch",
                "--no-tty",
                "--yes",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--trust-model",
                "always",
                "--passphrase",
                passphrase));
        command.addAll(List.of(arguments));
        Answer answer = execute(command);
        assertThat(answer.status())
                .as("gpg %s: %s", List.of(arguments), answer.output())
                .isZero();
        return answer.output();
    }

    /** The fingerprints of all keys of that user, the primary key's first. */
    public List<String> fingerprints(String user) throws Exception {
        return run("", "--list-keys", "--with-colons", "--with-fingerprint", "--with-fingerprint", user)
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .map(line -> line.split(":", -1)[9])
                .toList();
    }

    public Path exportSecret(String passphrase, Path file, String... keys) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--output", file.toString(), "--armor"));
        arguments.add("--export-secret-keys");
        arguments.addAll(List.of(keys));
        run(passphrase, arguments.toArray(String[]::new));
        return file;
    }

    private record Answer(int status, String output) {}

    private Answer execute(List<String> command) throws Exception {
        Path output = home.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("GNUPGHOME", home.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Answer(process.waitFor(), Files.readString(output));
    }

    @Override
    public void close() throws Exception {
        execute(List.of("gpgconf", "--kill", "all"));
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
