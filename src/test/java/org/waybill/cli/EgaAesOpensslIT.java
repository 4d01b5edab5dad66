package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we write as EGA AES, the real {@code openssl} decrypts, and derives the same key of the password. */
@Tag("oracle")
class EgaAesOpensslIT {

    private static final int IV_BYTES = 16;
    private static final Pattern KEY = Pattern.compile("(?m)^key=([0-9A-F]+)$");

    @TempDir
    private Path folder;

    @BeforeAll
    static void requireOpenssl() {
        boolean present = Files.isExecutable(Path.of("/usr/bin/openssl"));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("openssl on the build machine").isTrue();
        }
        assumeTrue(present, "no openssl: install Debian's openssl (apt install openssl)");
    }

    @ParameterizedTest
    @CsvSource({
        "128, 5661a4a28472834700044f97b753239b, 200000",
        "256, 5661a4a28472834700044f97b753239b6799f6517b7a383ef4190d2a292755e6, 200000",
        "256, 5661a4a28472834700044f97b753239b6799f6517b7a383ef4190d2a292755e6, 1",
        "256, 5661a4a28472834700044f97b753239b6799f6517b7a383ef4190d2a292755e6, 65537"
    })
    void opensslDecryptsWhatWeWrite(int bits, String key, int length) throws Exception {
        byte[] content = new byte[length];
        new Random(11).nextBytes(content);
        Path plain = Files.write(folder.resolve("a.bam"), content);
        Path cip = folder.resolve("a.bam.cip");
        String password = "file:" + Called.secretFile(folder, "aeskey");
        Called written = Called.with(
                "crypt", "encrypt", "--format", "ega-aes", "--password", password, "--bits", bits, plain, cip);
        assertThat(written.code()).as(written.err()).isEqualTo(ExitCode.DONE);
        byte[] file = Files.readAllBytes(cip);
        Path body = Files.write(folder.resolve("body"), Arrays.copyOfRange(file, IV_BYTES, file.length));
        String iv = HexFormat.of().formatHex(file, 0, IV_BYTES);

        Path out = folder.resolve("out");
        openssl("-d", "-aes-" + bits + "-ctr", "-K", key, "-iv", iv, "-in", body.toString(), "-out", out.toString());

        assertThat(Files.readAllBytes(out)).isEqualTo(content);
        assertThat(derived(bits)).isEqualTo(key);
    }

    /** EGA's salt and rounds, as openssl itself makes a key of them. */
    private String derived(int bits) throws Exception {
        String answer = openssl(
                "-aes-" + bits + "-ctr",
                "-pbkdf2",
                "-iter",
                "1024",
                "-md",
                "sha1",
                "-S",
                "F42201009EDF4E15",
                "-pass",
                "pass:aeskey",
                "-P");
        Matcher key = KEY.matcher(answer);
        assertThat(key.find()).as(answer).isTrue();
        return key.group(1).toLowerCase(Locale.ROOT);
    }

    private String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl", "enc"));
        command.addAll(List.of(arguments));
        Path answer = folder.resolve("answer");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(answer.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(answer)).isZero();
        return Files.readString(answer);
    }
}
