package org.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks run, within the heap that Waybill has; how fast they are is no test. */
class BenchmarksIT {

    private static final List<String> OURS = List.of(
            "crypt4ghDecrypt",
            "crypt4ghEncrypt",
            "crypt4ghDecryptEncrypt",
            "egaAesDecrypt",
            "openPgpDecrypt",
            "accessLogCombined",
            "digest MD5",
            "digest SHA1",
            "digest SHA256",
            "digest SHA512");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyBenchmarkGivesANumberAndARatio() throws Exception {
        Path table = folder.resolve("table");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Benchmarks.class.getName(),
                        "quick")
                .redirectErrorStream(true)
                .redirectOutput(table.toFile())
                .start();

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();

        String printed = Files.readString(table);
        assertThat(process.exitValue()).as(printed).isZero();
        for (String name : OURS) {
            assertThat(printed)
                    .containsPattern("(?m)^" + Pattern.quote(name)
                            + " +[1-9]\\d* +\\d+\\.\\d\\d of primitive.* \\([1-9]\\d*\\)$");
        }
        assertThat(printed)
                .containsPattern("(?m)^logparser +[1-9]\\d* +\\d+\\.\\d\\d of accessLogCombined$")
                .containsPattern("(?m)^accessLogCombined reads [1-9]\\d* lines a second$");
        for (OtherProgram program : OtherProgram.ALL) {
            String measured = "[1-9]\\d* +\\d+\\.\\d\\d of ";
            assertThat(printed)
                    .containsPattern("(?m)^" + Pattern.quote(program.name()) + " +"
                            + (program.isInstalled() ? measured : "-   not installed"));
        }
    }
}
