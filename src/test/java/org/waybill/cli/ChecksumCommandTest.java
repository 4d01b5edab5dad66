package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checksums of files, judged by the programs that others will judge them with. */
class ChecksumCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha1", "sha256", "sha512"})
    void isReadByTheCommandOfThatName(String algorithm) throws Exception {
        List<Path> files = awkwardFiles();
        Called called = Called.with("checksum", "--algorithm", algorithm, files.get(0), files.get(1), files.get(2));
        assertThat(called.code()).isEqualTo(ExitCode.DONE);
        assertThat(check(algorithm, called.out())).isZero();
        Files.writeString(files.get(1), "changed");
        assertThat(check(algorithm, called.out())).isNotZero();
    }

    @Test
    void givesMd5AndSha256UnlessAskedOtherwise() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        assertThat(Called.with("checksum", file).out())
                .isEqualTo("900150983cd24fb0d6963f7d28e17f72  " + file + "\n"
                        + "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  " + file + "\n");
    }

    @Test
    void printsOneArray() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        Called called = Called.with("checksum", "--json", "--algorithm", "SHA1,md5", file);
        assertThat(called.json().size()).isEqualTo(1);
        assertThat(called.json().at("/0/file").asString()).isEqualTo(file.toString());
        assertThat(called.json().at("/0/size").asInt()).isEqualTo(3);
        assertThat(called.json().at("/0/sha1").asString()).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(called.json().at("/0/sha256").isMissingNode()).isTrue();
    }

    @Test
    void goesOnAfterAFileThatCannotBeRead() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        Called called = Called.with("checksum", folder.resolve("nothing"), file);
        assertThat(called.code()).isEqualTo(ExitCode.FAILED);
        assertThat(called.err()).contains("nothing: there is no such file");
        assertThat(called.out()).contains("900150983cd24fb0d6963f7d28e17f72");
    }

    @Test
    void refusesAnAlgorithmThatItDoesNotKnow() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        assertThat(Called.with("checksum", "--algorithm", "crc32", file).code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(Called.with("checksum").code()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    private List<Path> awkwardFiles() throws IOException {
        return List.of(
                Files.writeString(folder.resolve("plain"), "plain"),
                Files.writeString(folder.resolve("two\nlines \\ and a backslash"), "awkward"),
                Files.writeString(folder.resolve(" *star ä"), ""));
    }

    /** The exit code of, for example, {@code md5sum -c}. */
    private static int check(String algorithm, String list) throws Exception {
        Process process = new ProcessBuilder(algorithm + "sum", "--check", "--strict", "--quiet")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(list.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return process.waitFor();
    }
}
