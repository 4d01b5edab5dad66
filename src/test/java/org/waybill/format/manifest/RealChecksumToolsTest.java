package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.Side;
import org.waybill.format.manifest.ManifestRow.Declared;
import org.waybill.format.manifest.ManifestRow.Rejected;

/** What the coreutils of this machine write is read back exactly. */
class RealChecksumToolsTest {

    private static final List<String> READABLE = List.of(
            "plain.bam",
            "with space.bam",
            " leading",
            "trailing ",
            "back\\slash",
            "ends\\",
            "\\n not a break",
            "*star",
            "quote\"'`",
            ") = (",
            "a (b) = c",
            "#hash",
            "ärger",
            "日本語",
            "😀",
            "e\u0301",
            "-",
            "--tag",
            "$HOME",
            "x.gpg",
            "y.C4GH",
            "a,b;c",
            "d41d8cd98f00b204e9800998ecf8427e  x");
    private static final List<String> WITH_CONTROL_CHARACTERS =
            List.of("line\nbreak", "cr\rhere", "ends\r", "tab\there");

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name : READABLE) {
            Files.writeString(folder.resolve(name), "content of " + name);
        }
        for (String name : WITH_CONTROL_CHARACTERS) {
            Files.writeString(folder.resolve(name), name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "md5sum",
                "md5sum -b",
                "md5sum --tag",
                "md5sum -z",
                "md5sum -z --tag",
                "sha1sum",
                "sha256sum -z",
                "sha512sum --tag",
                "sha512sum"
            })
    void everyNameAndChecksumIsReadBack(String command) throws Exception {
        ChecksumAlgorithm algorithm = ChecksumAlgorithm.named(command.substring(0, command.indexOf("sum")))
                .orElseThrow();
        Map<String, Checksum> expected = new HashMap<>();
        for (String name : READABLE) {
            byte[] digest = algorithm.newDigest().digest(("content of " + name).getBytes(UTF_8));
            expected.put(name, Checksum.of(algorithm, digest));
        }

        List<ManifestRow> rows = Manifests.rows("list", output(command), Map.of());

        Map<String, Checksum> read = new HashMap<>();
        List<RowFault> faults = new ArrayList<>();
        for (ManifestRow row : rows) {
            if (row instanceof Declared declared) {
                String name = declared.name().value();
                read.put(name, declared.of(Side.ofName(name)).checksums().get(0));
            } else if (row instanceof Rejected rejected) {
                faults.add(rejected.fault());
            }
        }
        assertThat(read).isEqualTo(expected);
        assertThat(faults).hasSameSizeAs(WITH_CONTROL_CHARACTERS).containsOnly(RowFault.CONTROL_CHARACTER);
    }

    private byte[] output(String command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("sh", "-c", "LC_ALL=C.UTF-8 exec \"$0\" \"$@\""));
        arguments.addAll(List.of(command.split(" ")));
        arguments.add("--");
        List<String> names = new ArrayList<>(READABLE);
        names.addAll(WITH_CONTROL_CHARACTERS);
        names.forEach(name -> arguments.add(name.equals("-") ? "./-" : name));
        Process process = new ProcessBuilder(arguments)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output;
    }
}
