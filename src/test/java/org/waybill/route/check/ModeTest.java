package org.waybill.route.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read a secret. */
class ModeTest {

    @Test
    void lettingTheGroupReadIsAFaultOfOnesOwnFile(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--r-----"));

        assertThat(Mode.of(secret)).isEqualTo(new Mode(0440, false));
        assertThat(Mode.of(secret).isOpenToOthers()).isTrue();
    }

    /** What systemd (since 254) makes of LoadCredential, and Kubernetes of a secret for a pod with an fsGroup. */
    @Test
    void isNoneOfAFileThatRootHandsOver() {
        assertThat(new Mode(0440, true).isOpenToOthers()).isFalse();
        assertThat(new Mode(0400, true).isOpenToOthers()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0444, 0404, 0442, 0460, 0640 | 0004})
    void whatAllCanReadOrTheGroupCanWriteIsOpenWhoeverOwnsIt(int bits) {
        assertThat(new Mode(bits, true).isOpenToOthers()).isTrue();
        assertThat(new Mode(bits, false).isOpenToOthers()).isTrue();
    }
}
