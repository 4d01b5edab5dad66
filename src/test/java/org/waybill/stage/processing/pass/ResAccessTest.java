package org.waybill.stage.processing.pass;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.DataFormat;
import org.waybill.remote.res.FakeRes;
import org.waybill.remote.res.ResAddress;
import org.waybill.remote.res.ResClient;
import org.waybill.remote.res.ResFormat;
import org.waybill.remote.res.ResSide;

class ResAccessTest {

    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    @Test
    void asksForTheReceivedFileByItsNameThere() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.file(CONTENT));
                ResAccess access = access(res, null, false);
                InputStream in = access.open(17, DataFormat.EGA_AES, CONTENT.length + 16, CONTENT.length)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            assertThat(res.targets())
                    .singleElement()
                    .asString()
                    .contains("filePath=%2Fthere%2F17&fileSize=23&")
                    .endsWith("&destinationFormat=plain");
        }
    }

    /** A run has hundreds of files: each would wait for as long again. */
    @Test
    void whatIsGivenUpIsNotAskedForAgainInThisRun() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.status(404));
                ResAccess access = access(res, null, false)) {
            for (long file = 1; file <= 3; file++) {
                long id = file;
                assertThatThrownBy(() -> access.open(id, DataFormat.EGA_AES, 23, 7))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("status 404");
            }
            assertThat(res.targets()).hasSize(1);
        }
    }

    @Test
    void takesWhatTheRouteSaysAndTheServiceCanRead() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.file(CONTENT));
                ResSide archive = ResSide.of(ResFormat.AES128, "password".toCharArray());
                ResAccess decrypts = access(res, null, true);
                ResAccess encrypts = access(res, archive, false);
                ResAccess encryptsPlain = access(res, archive, true)) {
            assertThat(DataFormat.values()).filteredOn(decrypts::takes).containsExactly(DataFormat.EGA_AES);
            assertThat(DataFormat.values()).filteredOn(encrypts::takes).containsExactly(DataFormat.EGA_AES);
            assertThat(DataFormat.values())
                    .filteredOn(encryptsPlain::takes)
                    .containsExactly(DataFormat.EGA_AES, DataFormat.PLAIN);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 8, 1_000})
    void anotherLengthIsNeverTheEnd(int expected) {
        InputStream in = new ExactlySoLong(new ByteArrayInputStream(CONTENT), expected);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected " + expected + " bytes of the re-encryption service, found "
                            + (expected < CONTENT.length ? "more" : "its end after 7"));
        }
    }

    @Test
    void theRightLengthIsReadByteByByte() throws IOException {
        InputStream in = new ExactlySoLong(new ByteArrayInputStream(CONTENT), CONTENT.length);

        for (byte expected : CONTENT) {
            assertThat(in.read()).isEqualTo(expected);
        }
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(-1);
    }

    private static ResAccess access(
            FakeRes res, @org.jspecify.annotations.Nullable ResSide archive, boolean acceptsPlaintext) {
        return new ResAccess(
                new ResClient(new ResAddress(res.url(), false)),
                "/there",
                ResSide.of(ResFormat.AES256, "password".toCharArray()),
                archive,
                acceptsPlaintext);
    }
}
