package org.waybill.format.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;

/** Our side-car files, checked by the tools that people check them with. */
@Tag("oracle")
class CoreutilsOracleIT {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"plain.bam", "with  spaces", "back\\slash", "line\nfeed", "carriage\rreturn", "*star"})
    void acceptOurSidecars(String name) throws Exception {
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(name), content);
        Digests digests = new Digests(EnumSet.allOf(ChecksumAlgorithm.class));
        digests.update(content, 0, content.length);
        for (Checksum checksum : digests.finish()) {
            Path sidecar = folder.resolve("sidecar." + checksum.algorithm().label());
            Files.writeString(sidecar, new SidecarLine(checksum, name).text());

            assertThat(check(checksum.algorithm().label() + "sum", sidecar)).isZero();
            Files.writeString(folder.resolve(name), "changed");
            assertThat(check(checksum.algorithm().label() + "sum", sidecar)).isEqualTo(1);
            Files.write(folder.resolve(name), content);
        }
    }

    private int check(String tool, Path sidecar) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(tool, "--check", "--strict", sidecar.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
