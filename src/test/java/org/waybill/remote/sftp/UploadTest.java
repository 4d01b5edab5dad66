package org.waybill.remote.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {

    private static final Bytes CONTENT = new Bytes(new byte[0]);

    @ParameterizedTest
    @CsvSource({
        "/in/file.pdf, /in/.file.pdf.42.part",
        "in/file.pdf, in/.file.pdf.42.part",
        "file.pdf, .file.pdf.42.part",
        "/file.pdf, /.file.pdf.42.part"
    })
    void theTemporaryNameIsHiddenInTheSameFolder(String path, String part) {
        assertThat(Upload.of(path, CONTENT, "42").partPath()).isEqualTo(part);
    }

    @Test
    void theTemporaryNameOfALongNameFitsToo() {
        String part =
                Upload.of("in/" + "ä".repeat(127), CONTENT, "4".repeat(64)).partPath();
        assertThat(part.substring(3).getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
        assertThat(part)
                .isNotEqualTo(Upload.of("in/" + "ö".repeat(127), CONTENT, "4".repeat(64))
                        .partPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "in/", "/in//file", "../file", "in/./file", "in/..", "a\0b"})
    void aPathThatIsNoneOfAFileIsRefused(String path) {
        assertThatThrownBy(() -> Upload.of(path, CONTENT, "42")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a.b", "*", "a b"})
    void aTokenThatCannotBeInANameIsRefused(String token) {
        assertThatThrownBy(() -> Upload.of("file", CONTENT, token)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aModeHasPermissionBitsOnly() {
        assertThatThrownBy(() -> Upload.of("file", CONTENT, "42").withMode(0100640))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
