package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waybill.format.manifest.Manifests.MD5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.MalformedInputException;

class ManifestFormatTest {

    static Stream<Arguments> manifests() {
        return Stream.of(
                Arguments.of("any.json", MD5 + "  a", ManifestFormat.CHECKSUM_LIST),
                Arguments.of("any.csv", "# comment\nMD5 (a) = " + MD5, ManifestFormat.CHECKSUM_LIST),
                Arguments.of("any", "\\" + MD5 + "  a\\nb", ManifestFormat.CHECKSUM_LIST),
                Arguments.of("any", MD5 + "  x;filename,md5", ManifestFormat.CHECKSUM_LIST),
                Arguments.of("any", "broken first line\n" + MD5 + "  a", ManifestFormat.CHECKSUM_LIST),
                Arguments.of("SHA256SUMS", "all broken", ManifestFormat.CHECKSUM_LIST),
                Arguments.of("x.bam.md5", "all broken", ManifestFormat.CHECKSUM_LIST),
                Arguments.of("EGAD1.txt", "a.bam\t" + MD5 + "\n", ManifestFormat.LEGA_MIRRORING),
                Arguments.of("EGAD1.txt", "[a].bam\t" + MD5 + "\n", ManifestFormat.LEGA_MIRRORING),
                Arguments.of("EGAD1.txt", "file\tmd5\na.bam\t" + MD5 + "\n", ManifestFormat.TABLE),
                Arguments.of("any", "\"File name\";\"MD5\"\n", ManifestFormat.TABLE),
                Arguments.of("any.csv", "unknown header\n", ManifestFormat.TABLE),
                Arguments.of("any.txt", " \n[{}]", ManifestFormat.JSON),
                Arguments.of("any.csv", "{\"a\":1}", ManifestFormat.JSON));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void theContentTellsAndTheNameBreaksTies(String name, String content, ManifestFormat format) {
        assertThat(ManifestFormat.recognise(content.getBytes(UTF_8), name, Map.of()))
                .isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><title>502</title>",
                "\n <html>",
                "<?xml version='1.0'?>",
                "hello",
                "a\tb",
                "PK\3\4"
            })
    void whatIsNoManifestIsMalformedAndToldWhatWasExpected(String content) {
        assertThatThrownBy(() -> Manifests.rows("m.txt", content))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("md5sum")
                .hasMessageContaining("JSON")
                .hasMessageContaining("header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.md5", "m.csv", "m.json"})
    void anErrorPageIsNoManifestWhateverItsName(String name) {
        assertThatThrownBy(() -> Manifests.rows(name, "<html>"))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("HTML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF", "  ", "# only a comment\n"})
    void anEmptyManifestIsMalformed(String content) {
        for (String name : new String[] {"m.md5", "m.txt", "m.csv", "m.json"}) {
            assertThatThrownBy(() -> Manifests.rows(name, content)).isInstanceOf(MalformedInputException.class);
        }
    }

    @Test
    void utf16IsToldSo() {
        assertThatThrownBy(() -> Manifests.rows("m", ("\uFEFF" + MD5 + "  a").getBytes(UTF_16LE), Map.of()))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("UTF-16");
    }

    @Test
    void theInputIsClosedWhenOpeningFails() {
        AtomicBoolean closed = new AtomicBoolean();
        ByteArrayInputStream in = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() throws IOException {
                closed.set(true);
            }
        };
        assertThatThrownBy(() -> ManifestReader.open(in, "m", Map.of())).isInstanceOf(MalformedInputException.class);
        assertThat(closed).isTrue();
    }
}
