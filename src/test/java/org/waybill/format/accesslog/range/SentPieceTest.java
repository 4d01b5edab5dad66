package org.waybill.format.accesslog.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.accesslog.AccessLogFormat;
import org.waybill.format.accesslog.Logs;
import org.waybill.format.accesslog.range.SentPiece.Version;

class SentPieceTest {

    private static final String START = "192.0.2.7 - - [17/May/2015:10:05:03 +0000] ";
    private static final String ETAG = "\"\\\"e\\\"\"";
    private static final Version VERSION = new Version(100, Optional.of("\"e\""));

    @Test
    void wholeFileIsOne() {
        assertThat(piece("\"GET /a HTTP/1.1\" 200 100 350 + 9 \"-\" \"-\" " + ETAG))
                .hasValue(new SentPiece(VERSION, 0, 100));
        assertThat(piece("\"GET /a HTTP/1.1\" 200 - 350 + 9 \"-\" \"-\" " + ETAG))
                .hasValue(new SentPiece(new Version(0, VERSION.etag()), 0, 0));
    }

    @Test
    void rangeIsOne() {
        assertThat(piece("\"GET /a HTTP/1.1\" 206 10 350 - 9 \"bytes=5-14\" \"bytes 5-14/100\" " + ETAG))
                .hasValue(new SentPiece(VERSION, 5, 15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"HEAD /a HTTP/1.1\" 200 100 350 + 9 \"-\" \"-\" ", // no body
                "\"POST /a HTTP/1.1\" 200 100 350 + 9 \"-\" \"-\" ",
                "\"GET /a HTTP/1.1\" 200 100 350 X 9 \"-\" \"-\" ", // aborted
                "\"GET /a HTTP/1.1\" 206 10 350 X 9 \"bytes=5-14\" \"bytes 5-14/100\" ",
                "\"GET /a HTTP/1.1\" 206 10 350 + 9 \"bytes=5-14\" \"bytes 5-14/*\" ", // of which whole?
                "\"GET /a HTTP/1.1\" 206 9 350 + 9 \"bytes=5-14\" \"bytes 5-14/100\" ", // one byte less
                "\"GET /a HTTP/1.1\" 206 224 350 + 9 \"bytes=0-9,20-29\" \"-\" ", // multipart/byteranges
                "\"GET /a HTTP/1.1\" 304 - 350 + 9 \"-\" \"-\" ",
                "\"GET /a HTTP/1.1\" 404 100 350 + 9 \"-\" \"-\" ",
                "\"GET /a HTTP/1.1\" 416 100 350 + 9 \"bytes=100-\" \"bytes */100\" ",
                "\"GET /a HTTP/1.1\" 500 100 350 + 9 \"-\" \"-\" ",
                "\"-\" 200 100 350 + 9 \"-\" \"-\" "
            })
    void nothingElseIs(String line) {
        assertThat(piece(line + ETAG)).isEmpty();
    }

    @Test
    void formatThatDoesNotTellTheEndGivesNone() {
        String line = START + "\"GET /a HTTP/1.1\" 200 100 \"-\" \"curl\"";
        assertThat(SentPiece.of(Logs.parsed(AccessLogFormat.COMBINED, line))).isEmpty();
        assertThat(SentPiece.of(Logs.parsed(AccessLogFormat.NGINX_COMPLETION, line + " OK")))
                .hasValue(new SentPiece(new Version(100, Optional.empty()), 0, 100));
    }

    @Test
    void versionsDifferBySizeAndTag() {
        assertThat(VERSION)
                .isNotEqualTo(new Version(101, VERSION.etag()))
                .isNotEqualTo(new Version(100, Optional.of("\"f\"")))
                .isNotEqualTo(new Version(100, Optional.of("W/\"e\"")))
                .isNotEqualTo(new Version(100, Optional.empty()));
        assertThat(VERSION.isStrong()).isTrue();
        assertThat(new Version(100, Optional.of("W/\"e\"")).isStrong()).isFalse();
        assertThat(new Version(100, Optional.empty()).isStrong()).isFalse();
    }

    @Test
    void liesWithinItsVersion() {
        assertThatThrownBy(() -> new SentPiece(VERSION, 5, 101)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<SentPiece> piece(String rest) {
        return SentPiece.of(Logs.parsed(AccessLogFormat.PROOF, START + rest + " \"curl\""));
    }
}
