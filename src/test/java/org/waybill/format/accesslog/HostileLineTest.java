package org.waybill.format.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.format.accesslog.Logs.parsed;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers, crashes and other servers put into logs. */
class HostileLineTest {

    private static final String TIME = "[17/May/2015:10:05:03 +0000]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|EMPTY_LINE|0",
                "`\r`|EMPTY_LINE|0",
                "`\u0000\u0000\u0000192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1`|CONTROL_BYTE|0",
                "`192.0.2.7 - \u0001 [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1`|CONTROL_BYTE|12",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /\\\u0000 HTTP/1.1\" 200 1`|CONTROL_BYTE|50",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\r\" 200 1`|CONTROL_BYTE|58",
                "`192.0.2.7`|ENDS_EARLY|9",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000]`|ENDS_EARLY|42",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200`|ENDS_EARLY|63",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 `|ENDS_EARLY|64",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HT`|OPEN_QUOTE|43",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /a\"b HTTP/1.1\" 200 1`|STRAY_QUOTE|50",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 2000 1`|BAD_STATUS|60",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 2x0 1`|BAD_STATUS|60",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 -5`|BAD_NUMBER|64",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 9223372036854775808`|BAD_NUMBER|82",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"`|EXTRA_FIELDS|65",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 `|EXTRA_FIELDS|65",
                "` - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1`|UNEXPECTED_BYTE|0",
                "`192.0.2.7 - - [17/May/2015:10:05:03 +0000]  \"GET / HTTP/1.1\" 200 1`|BAD_TIME|44",
                "`192.0.2.7 - -[17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1`|BAD_TIME|42",
                "`\"192.0.2.7\" - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1`|UNEXPECTED_BYTE|0",
            })
    void haveAReasonAndAPlace(String line, LineFault fault, int offset) {
        assertThat(Logs.line(AccessLogFormat.COMMON, line)).isEqualTo(new LogLine.Unparseable(fault, offset));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31/Feb/2015:10:05:03 +0000", "29/Feb/2015:10:05:03 +0000", "00/May/2015:10:05:03 +0000",
                "17/Mai/2015:10:05:03 +0000", "17/May/1969:10:05:03 +0000", "17/May/2015:24:05:03 +0000",
                "17/May/2015:10:60:03 +0000", "17/May/2015:10:05:61 +0000", "17/May/2015:10:05:03 +1960",
                "17/May/2015:10:05:03 00000", "17-May-2015:10:05:03 +0000", "17/May/2015:10:05:03+00000",
                "17/May/2015 10:05:03 +0000", "17/May/2015:10.05.03 +0000", "1x/May/2015:10:05:03 +0000"
            })
    void timesThatAreNoneAreFaults(String time) {
        String line = "192.0.2.7 - - [" + time + "] \"GET / HTTP/1.1\" 200 1";
        assertThat(Logs.line(AccessLogFormat.COMMON, line)).isEqualTo(new LogLine.Unparseable(LineFault.BAD_TIME, 14));
    }

    @Test
    void proofThatSaysNothingOfTheEndIsAFault() {
        String line = "192.0.2.7 - - " + TIME + " \"GET / HTTP/1.1\" 200 1 2 ? 3 \"-\" \"-\" \"-\" \"-\"";
        assertThat(Logs.line(AccessLogFormat.PROOF, line))
                .isEqualTo(new LogLine.Unparseable(LineFault.BAD_COMPLETION, 68));
    }

    @Test
    void tooLongLinesAreNotLookedAt() {
        String line = "192.0.2.7 - - " + TIME + " \"GET /" + "a".repeat(1 << 20) + " HTTP/1.1\" 200 1";
        assertThat(Logs.line(AccessLogFormat.COMMON, line))
                .isEqualTo(new LogLine.Unparseable(LineFault.TOO_LONG, 256 * 1024));
        String longest = "192.0.2.7 - - " + TIME + " \"GET /" + "\\xff".repeat(60_000) + " HTTP/1.1\" 200 1";
        assertThat(parsed(AccessLogFormat.COMMON, longest).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "",
                "\\x16\\x03\\x01\\x02",
                "GET",
                "GET ",
                "hello",
                "\\\"",
                "GET /a b",
                "G\\xc3T / HTTP/1.1",
                " / HTTP/1.1",
                "G(T / HTTP/1.1"
            })
    void whatIsNoRequestIsALineWithoutOne(String request) {
        AccessLogLine line = parsed(AccessLogFormat.COMMON, "::1 - - " + TIME + " \"" + request + "\" 400 226");
        assertThat(line.method()).isEmpty();
        assertThat(line.target()).isEmpty();
        assertThat(line.path()).isEmpty();
        assertThat(line.protocol()).isEmpty();
        assertThat(line.status()).isEqualTo(400);
    }

    @Test
    void pathWithARawSpaceIsNotGuessed() {
        AccessLogLine line = parsed(AccessLogFormat.COMMON, "::1 - - " + TIME + " \"GET /a b HTTP/1.1\" 200 1");
        assertThat(line.method()).hasValue("GET");
        assertThat(line.target()).hasValue("/a b");
        assertThat(line.path()).isEmpty();
        assertThat(line.protocol()).hasValue("HTTP/1.1");
    }

    @Test
    void severalSpacesSeparateAsOne() {
        AccessLogLine line = parsed(AccessLogFormat.COMMON, "::1 - - " + TIME + " \"GET  /a  HTTP/1.1\" 200 1");
        assertThat(line.path()).hasValue("/a");
    }

    @Test
    void oldestRequestsHaveNoProtocol() {
        AccessLogLine line = parsed(AccessLogFormat.COMMON, "::1 - - " + TIME + " \"GET /a\" 200 1");
        assertThat(line.path()).hasValue("/a");
        assertThat(line.protocol()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "anna b c|anna b c",
                "x [01/Jan/2020:00:00:00 +0000]|x [01/Jan/2020:00:00:00 +0000]",
                "x [01/Jan/2020:00:00:00 +0000] \\\"GET / HTTP/1.1\\\" 200 5|x [01/Jan/2020:00:00:00 +0000] \"GET / HTTP/1.1\" 200 5",
                "- |- ",
                "\\\\|\\",
                "\\xc3\\xbc\\t.|ü\t.",
                "\\xff\\q\\x4|\uFFFD\\q\\x4",
                "\u00c3\u00bc|ü",
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void usersCanForgeNothing(String written, String user) {
        AccessLogLine line =
                parsed(AccessLogFormat.COMMON, "::1 - " + written + " " + TIME + " \"GET / HTTP/1.1\" 200 1");
        assertThat(line.user()).hasValue(user);
        assertThat(line.time()).hasToString("2015-05-17T10:05:03Z");
        assertThat(line.client()).hasValue("::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "\"\""})
    void noUserIsNone(String written) {
        AccessLogLine line =
                parsed(AccessLogFormat.COMMON, "::1 - " + written + " " + TIME + " \"GET / HTTP/1.1\" 200 1");
        assertThat(line.user()).isEmpty();
    }

    @Test
    void carriageReturnAtTheEndIsLeftAside() {
        assertThat(parsed(AccessLogFormat.COMBINED, Logs.COMBINED_LINE + "\r"))
                .isEqualTo(parsed(AccessLogFormat.COMBINED, Logs.COMBINED_LINE));
    }

    @Test
    void unknownClientIsAbsent() {
        AccessLogLine line = parsed(AccessLogFormat.COMMON, "- - - " + TIME + " \"GET / HTTP/1.1\" 200 1");
        assertThat(line.client()).isEqualTo(Optional.empty());
    }
}
