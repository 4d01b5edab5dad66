package org.waybill.format.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.format.accesslog.Logs.parsed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.format.accesslog.AccessLogLine.Completion;

class AccessLogFormatTest {

    private static final String START =
            "192.0.2.7 - anna [17/May/2015:10:05:03 +0200] \"GET /clinic/a.pdf?x=1 HTTP/1.1\"";
    private static final AccessLogLine EXPECTED = new AccessLogLine(
            Optional.of("192.0.2.7"),
            Optional.of("anna"),
            Instant.parse("2015-05-17T08:05:03Z"),
            Optional.of("GET"),
            Optional.of("/clinic/a.pdf?x=1"),
            Optional.of("/clinic/a.pdf"),
            Optional.of("HTTP/1.1"),
            200,
            OptionalLong.of(2326),
            OptionalLong.empty(),
            Completion.UNKNOWN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @Test
    void commonIsRead() {
        assertThat(parsed(AccessLogFormat.COMMON, START + " 200 2326")).isEqualTo(EXPECTED);
    }

    @Test
    void combinedIsReadAndSoIsThatOfNginx() {
        AccessLogLine expected =
                with(EXPECTED, OptionalLong.of(2326), OptionalLong.empty(), Completion.UNKNOWN, "curl");
        assertThat(parsed(AccessLogFormat.COMBINED, START + " 200 2326 \"-\" \"curl\""))
                .isEqualTo(expected);
        assertThat(parsed(AccessLogFormat.NGINX, START + " 200 2326 \"-\" \"curl\""))
                .isEqualTo(expected);
    }

    @Test
    void ofDebiansFormatsTheSizeIsWhatWentOut() {
        OptionalLong none = OptionalLong.empty();
        assertThat(parsed(AccessLogFormat.DEBIAN_COMBINED, START + " 200 2326 \"-\" \"curl\""))
                .isEqualTo(with(EXPECTED, none, OptionalLong.of(2326), Completion.UNKNOWN, "curl"));
        assertThat(parsed(AccessLogFormat.DEBIAN_COMMON, START + " 200 2326").responseBytes())
                .isEmpty();
    }

    @Test
    void ourOwnFormatIsRead() {
        AccessLogLine line = parsed(
                AccessLogFormat.PROOF,
                START.replace("200 ", "206 ")
                        + " 206 500 773 + 988 \"bytes=0-499\" \"bytes 0-499/1234\" \"\\\"186a0-66\\\"\" \"curl\"");
        assertThat(line.status()).isEqualTo(206);
        assertThat(line.responseBytes()).hasValue(500);
        assertThat(line.sentBytes()).hasValue(773);
        assertThat(line.completion()).isEqualTo(Completion.COMPLETED);
        assertThat(line.range()).hasValue("bytes=0-499");
        assertThat(line.contentRange()).hasValue("bytes 0-499/1234");
        assertThat(line.etag()).hasValue("\"186a0-66\"");
        assertThat(line.agent()).hasValue("curl");
    }

    @ParameterizedTest
    @CsvSource({"+, COMPLETED", "-, COMPLETED", "X, ABORTED"})
    void apacheTellsHowTheConnectionEnded(String written, Completion completion) {
        String line = START + " 200 500 773 " + written + " 988 \"-\" \"-\" \"-\" \"curl\"";
        assertThat(parsed(AccessLogFormat.PROOF, line).completion()).isEqualTo(completion);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "200, ' OK', COMPLETED",
                "200, ' \"OK\"', COMPLETED",
                "200, ' ', ABORTED",
                "200, ' \"\"', ABORTED",
                "499, ' ', ABORTED"
            })
    void nginxTellsWhetherTheRequestWasCompleted(String status, String end, Completion completion) {
        String line = START + " " + status + " 500 \"-\" \"curl\"" + end;
        assertThat(parsed(AccessLogFormat.NGINX_COMPLETION, line).completion()).isEqualTo(completion);
    }

    @Test
    void nginxHasAStatusForClientsThatLeft() {
        assertThat(parsed(AccessLogFormat.NGINX, START + " 499 0 \"-\" \"curl\"")
                        .completion())
                .isEqualTo(Completion.ABORTED);
        assertThat(parsed(AccessLogFormat.COMBINED, START + " 499 0 \"-\" \"curl\"")
                        .completion())
                .isEqualTo(Completion.UNKNOWN);
    }

    @Test
    void noSizeIsZeroAndNoStatusIsZero() {
        AccessLogLine line = parsed(AccessLogFormat.COMMON, START + " - -");
        assertThat(line.responseBytes()).hasValue(0);
        assertThat(line.status()).isZero();
    }

    @Test
    void formatsHaveNames() {
        assertThat(AccessLogFormat.names())
                .containsExactly(
                        "common", "combined", "debian-common", "debian-combined", "proof", "nginx", "nginx-completion");
        assertThat(AccessLogFormat.names())
                .allSatisfy(name ->
                        assertThat(AccessLogFormat.named(name).orElseThrow()).hasToString(name));
        assertThat(AccessLogFormat.named("iis")).isEmpty();
    }

    /** Each of its neighbours must not be remembered for it. */
    @Test
    void oneParserReadsDifferentLines() {
        LogLine.Parser parser = AccessLogFormat.COMMON.newParser();
        for (String user : List.of("a", "-", "b\\\"", "b\\x22", "a", "\"\"", "ab", "\"\"", "a")) {
            for (String second : List.of("03", "03", "04")) {
                String text = START.replace("anna", user).replace(":03 ", ":" + second + " ") + " 200 1";
                byte[] line = Logs.bytes(text);
                assertThat(parser.parse(line, 0, line.length)).isEqualTo(parsed(AccessLogFormat.COMMON, text));
            }
        }
    }

    private static AccessLogLine with(
            AccessLogLine line, OptionalLong response, OptionalLong sent, Completion completion, String agent) {
        return new AccessLogLine(
                line.client(),
                line.user(),
                line.time(),
                line.method(),
                line.target(),
                line.path(),
                line.protocol(),
                line.status(),
                response,
                sent,
                completion,
                line.range(),
                line.contentRange(),
                line.etag(),
                Optional.of(agent));
    }
}
