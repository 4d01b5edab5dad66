package org.waybill.format.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waybill.format.accesslog.Logs.parsed;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.accesslog.AccessLogLine.Completion;

class PatternFormatTest {

    private static final String COMBINED =
            "(?<host>[^ ]+) [^ ]+ (?<user>[^ ]+) \\[(?<time>[^\\]]+)\\] \"(?<method>[A-Z]+)"
                    + " (?<path>[^ ]+) (?<protocol>[^ \"]+)\" (?<status>[0-9]{3}) (?<bytes>[0-9]+|-) \"[^\"]*\""
                    + " \"(?<agent>(?:[^\"\\\\]|\\\\.)*+)\"";
    private static final String SIMPLE = "(?<host>.*?) (?<time>.*?) (?<method>.*?) (?<path>.*?) (?<status>.*?)";

    @Test
    void readsWhatTheScannerReads() {
        AccessLogFormat format = AccessLogFormat.ofPattern(COMBINED);
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            String line = Logs.combined(random);
            assertThat(parsed(format, line)).isEqualTo(parsed(AccessLogFormat.COMBINED, line));
        }
    }

    @Test
    void everyGroupIsAField() {
        AccessLogFormat format = AccessLogFormat.ofPattern(SIMPLE
                + " (?<user>.*?) (?<protocol>.*?) (?<bytes>.*?) (?<sent>.*?) (?<completion>.*?) (?<range>.*?)"
                + " (?<contentRange>.*?) (?<etag>.*?) (?<agent>.*)");
        AccessLogLine line = parsed(format, "h 1431857103.5 GET /a%20b 206 u HTTP/2 5 9 + r c e a\\x41");
        assertThat(line.client()).hasValue("h");
        assertThat(line.time()).isEqualTo("2015-05-17T10:05:03.500Z");
        assertThat(line.path()).hasValue("/a b");
        assertThat(line.status()).isEqualTo(206);
        assertThat(line.user()).hasValue("u");
        assertThat(line.protocol()).hasValue("HTTP/2");
        assertThat(line.responseBytes()).hasValue(5);
        assertThat(line.sentBytes()).hasValue(9);
        assertThat(line.completion()).isEqualTo(Completion.COMPLETED);
        assertThat(List.of(line.range(), line.contentRange(), line.etag(), line.agent()))
                .extracting(value -> value.orElse(""))
                .containsExactly("r", "c", "e", "aA");
    }

    @ParameterizedTest
    @CsvSource({
        "2015-05-17T10:05:03Z,2015-05-17T10:05:03Z",
        "2015-05-17T10:05:03+02:00,2015-05-17T08:05:03Z",
        "2015-05-17T10:05:03.25-0130,2015-05-17T11:35:03.250Z",
        "1431857103,2015-05-17T10:05:03Z",
        "1431857103.123456789,2015-05-17T10:05:03.123456789Z",
        "0,1970-01-01T00:00:00Z"
    })
    void timesMayBeIsoOrSeconds(String written, Instant time) {
        assertThat(parsed(AccessLogFormat.ofPattern(SIMPLE), "h " + written + " GET / 200")
                        .time())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2015-05-17T10:05:03",
                "2015-02-30T10:05:03Z",
                "2015-05-17T10:05:03.Z",
                "2015-05-17T10:05:03.1234567890Z",
                "2015-05-17T25:05:03Z",
                "2015-05-17T10:05:03+2500",
                "2015-5-17T10:05:03Z",
                "-",
                "-5",
                "123456789012",
                "5.",
                "5.x",
                "yesterday",
                "2015-",
                "12/"
            })
    void otherTimesAreFaults(String written) {
        assertThat(Logs.line(AccessLogFormat.ofPattern(SIMPLE), "h " + written + " GET / 200"))
                .isEqualTo(new LogLine.Unparseable(LineFault.BAD_TIME, 2));
    }

    @Test
    void linesThatDoNotFitHaveAReason() {
        AccessLogFormat format = AccessLogFormat.ofPattern(SIMPLE + "(?: (?<bytes>[^ ]+))?");
        assertThat(Logs.line(format, "h")).isEqualTo(new LogLine.Unparseable(LineFault.NO_MATCH, 0));
        assertThat(Logs.line(format, "")).isEqualTo(new LogLine.Unparseable(LineFault.EMPTY_LINE, 0));
        assertThat(Logs.line(format, "h 0 GET / 2")).isEqualTo(new LogLine.Unparseable(LineFault.BAD_STATUS, 10));
        assertThat(Logs.line(format, "h 0 GET / 200 -1")).isEqualTo(new LogLine.Unparseable(LineFault.BAD_NUMBER, 14));
        assertThat(Logs.line(format, "h 0 GET / 200 9999999999999999999"))
                .isEqualTo(new LogLine.Unparseable(LineFault.BAD_NUMBER, 14));
        assertThat(Logs.line(format, "h 0 GET /" + "a".repeat(20_000) + " 200"))
                .isEqualTo(new LogLine.Unparseable(LineFault.TOO_LONG, 16 * 1024));
        assertThat(parsed(format, "h 0 GET / 200").responseBytes()).isEmpty();
        assertThat(parsed(format, "h 0 GET / 200 -\r").responseBytes()).hasValue(0);
    }

    @Test
    void patternsThatWouldTakeForEverAreStopped() {
        AccessLogFormat format = AccessLogFormat.ofPattern(SIMPLE.replace("(?<host>.*?)", "(?<host>(a+)+b)"));
        assertThat(Logs.line(format, "a".repeat(5_000)))
                .isEqualTo(new LogLine.Unparseable(LineFault.TOO_MANY_STEPS, 0));
        assertThat(parsed(format, "aaab 0 GET / 200").client()).hasValue("aaab");
    }

    @Test
    void patternsThatExhaustTheStackAreStopped() {
        AccessLogFormat format = AccessLogFormat.ofPattern(SIMPLE.replace("(?<host>.*?)", "(?<host>(?:a|b)*)"));
        assertThat(Logs.line(format, "ab".repeat(8_000)))
                .isEqualTo(new LogLine.Unparseable(LineFault.TOO_MANY_STEPS, 0));
    }

    @Test
    void patternsAreRefusedWithTheGroupsThatAreMeant() {
        assertThatThrownBy(() -> AccessLogFormat.ofPattern("(?<host>.*) (?<agnet>.*) \\(?<status>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the groups host, time, method, path, status")
                .hasMessageContaining("missing: method, path, status, time; not known: agnet");
        assertThatThrownBy(() -> AccessLogFormat.ofPattern(SIMPLE + "("))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a regular expression of Java, found at character");
    }
}
