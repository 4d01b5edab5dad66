package org.waybill.format.accesslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import nl.basjes.parse.core.Field;
import nl.basjes.parse.core.Parser;
import nl.basjes.parse.core.exceptions.DissectionFailure;
import nl.basjes.parse.httpdlog.HttpdLoglineParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our scanner beside logparser of Niels Basjes, which reads combined lines by the server's own format string. */
@Tag("oracle")
class LogparserOracleIT {

    private static final int GENERATED = 1_000_000;
    private static final String TIME = "[17/May/2015:10:05:03 +0200]";

    private final LogLine.Parser ours = AccessLogFormat.COMBINED.newParser();
    private final Parser<Theirs> theirs = new HttpdLoglineParser<>(Theirs.class, "combined");

    /** What both can tell; null is what is absent. */
    private record View(
            @Nullable String client,
            @Nullable String user,
            @Nullable String millis,
            @Nullable String method,
            @Nullable String target,
            @Nullable String path,
            @Nullable String protocol,
            @Nullable String status,
            @Nullable String bytes,
            @Nullable String agent) {

        View withUser(@Nullable String other) {
            return new View(client, other, millis, method, target, path, protocol, status, bytes, agent);
        }

        View withPath(@Nullable String other) {
            return new View(client, user, millis, method, target, other, protocol, status, bytes, agent);
        }

        View withAgent(@Nullable String other) {
            return new View(client, user, millis, method, target, path, protocol, status, bytes, other);
        }
    }

    /** Its setters are called by logparser. */
    public static final class Theirs {
        private final @Nullable String[] values = new String[10];

        @Field({
            "IP:connection.client.host",
            "STRING:connection.client.user",
            "TIME.EPOCH:request.receive.time.epoch",
            "HTTP.METHOD:request.firstline.method",
            "HTTP.URI:request.firstline.uri",
            "HTTP.PATH:request.firstline.uri.path",
            "HTTP.PROTOCOL_VERSION:request.firstline.protocol",
            "STRING:request.status.last",
            "BYTES:response.body.bytes",
            "HTTP.USERAGENT:request.user-agent"
        })
        public void set(String name, @Nullable String value) {
            int index =
                    switch (name) {
                        case "IP:connection.client.host" -> 0;
                        case "STRING:connection.client.user" -> 1;
                        case "TIME.EPOCH:request.receive.time.epoch" -> 2;
                        case "HTTP.METHOD:request.firstline.method" -> 3;
                        case "HTTP.URI:request.firstline.uri" -> 4;
                        case "HTTP.PATH:request.firstline.uri.path" -> 5;
                        case "HTTP.PROTOCOL_VERSION:request.firstline.protocol" -> 6;
                        case "STRING:request.status.last" -> 7;
                        case "BYTES:response.body.bytes" -> 8;
                        default -> 9;
                    };
            values[index] = value;
        }

        View view() {
            return new View(
                    values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8],
                    values[9]);
        }
    }

    /** How the two may differ, and why ours is right. A line has one rule; a line that follows another is a failure. */
    enum Rule {
        /** Most hostile lines: both refuse them, or both read the same. */
        SAME(
                (ours, theirs) -> ours == null ? theirs == null : ours.equals(theirs),
                request("-", 408),
                request("\\x16\\x03\\x01", 400),
                request("GET /a\\\"b HTTP/1.1", 404),
                request("GET /a", 200),
                request("GET http://example.org/a HTTP/1.1", 200),
                request("PROPFIND /a HTTP/1.1", 207),
                request("GET / HTTP/2.0", 200),
                request("GET /a#b HTTP/1.1", 200),
                "::1 - - " + TIME + " \"GET / HTTP/1.1\" 200 -5 \"-\" \"-\"",
                "::1 - - " + TIME + " \"GET / HTTP/1.1\" 200 1 \"-\" \"-\" more",
                "::1 - - " + TIME + " \"GET / HTTP/1.1\" 200 1 \"-\"",
                "::1 - - " + TIME + " \"GET / HT",
                "::1 - - [17/Mai/2015:10:05:03 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
                "::1 - - [17/May/2015:25:05:03 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
                ""),
        /** {@code %u} may have spaces: mod_log_config does not escape them. They refuse the line. */
        USER_WITH_SPACES(
                (ours, theirs) -> theirs == null
                        && ours != null
                        && String.valueOf(ours.user()).contains(" "),
                user("a b"),
                user("x [01/Jan/2020:00:00:00 +0000]")),
        /** mod_log_config writes an empty user as {@code ""}. They give the two quotes. */
        EMPTY_USER((ours, theirs) -> ours != null && ours.withUser("\"\"").equals(theirs), user("\"\"")),
        /** mod_log_config escapes in the user as in headers. They leave it escaped. */
        ESCAPED_USER((ours, theirs) -> ours != null && ours.withUser("q\\\"b").equals(theirs), user("q\\\"b")),
        /** {@code \xhh} is a byte, and bytes of 128 and more make UTF-8. They make of each one character, with its sign. */
        ESCAPED_BYTES_ARE_SIGNED(
                (ours, theirs) -> ours != null
                        && theirs != null
                        && ours.equals(theirs.withAgent(unsigned(String.valueOf(theirs.agent())))),
                agent("M\\xc3\\xbcller")),
        /** An empty header is told from a missing one by them, and by us not. */
        EMPTY_AGENT((ours, theirs) -> ours != null && ours.withAgent("").equals(theirs), agent("")),
        /** Servers find the file by the path with its dots resolved. They keep them. */
        DOTS_AND_SLASHES(
                (ours, theirs) -> ours != null
                        && theirs != null
                        && ours.withPath(theirs.path()).equals(theirs),
                request("GET //a/../b HTTP/1.1", 200),
                request("GET /a/./b HTTP/1.1", 200)),
        /** RFC 3986 lets {@code &} stand in a path; only {@code ?} ends it. They end it at both. */
        AMPERSAND(
                (ours, theirs) -> ours != null && ours.withPath("/a").equals(theirs) && "/a&b=c".equals(ours.path()),
                request("GET /a&b=c HTTP/1.1", 200)),
        /** No server finds a file by these: 400 or 404. They give some path. */
        NO_PATH(
                (ours, theirs) -> ours != null
                        && ours.path() == null
                        && theirs != null
                        && theirs.path() != null
                        && ours.equals(theirs.withPath(null)),
                request("GET /%zz HTTP/1.1", 400),
                request("GET /%ff HTTP/1.1", 404),
                request("GET /a b HTTP/1.1", 400),
                request("OPTIONS * HTTP/1.1", 200)),
        /** mod_log_config escapes quotes, so this was not written by Apache 2. They guess where the field ends. */
        STRAY_QUOTE((ours, theirs) -> ours == null && theirs != null, request("GET /a\"b HTTP/1.1", 400)),
        /** The 31st of February is none. They take the last day of the month. */
        NO_SUCH_DAY(
                (ours, theirs) -> ours == null && theirs != null,
                "::1 - - [31/Feb/2015:10:05:03 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\""),
        /** POSIX has leap seconds. They refuse the line. */
        LEAP_SECOND(
                (ours, theirs) -> ours != null && theirs == null,
                "::1 - - [30/Jun/2015:23:59:60 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\""),
        /** No file is that large. They give the digits. */
        HUGE_SIZE(
                (ours, theirs) -> ours == null && theirs != null,
                "::1 - - " + TIME + " \"GET / HTTP/1.1\" 200 99999999999999999999 \"-\" \"-\""),
        /** A status has digits. They give whatever stands there. */
        BAD_STATUS(
                (ours, theirs) -> ours == null && theirs != null,
                "::1 - - " + TIME + " \"GET / HTTP/1.1\" 2x0 1 \"-\" \"-\""),
        /** Servers escape control bytes. They take them as they are. */
        CONTROL_BYTE((ours, theirs) -> ours == null && theirs != null, agent("a\0b"));

        private final BiPredicate<@Nullable View, @Nullable View> differ;
        private final List<String> lines;

        Rule(BiPredicate<@Nullable View, @Nullable View> differ, String... lines) {
            this.differ = differ;
            this.lines = List.of(lines);
        }

        private static String request(String request, int status) {
            return "::1 - - " + TIME + " \"" + request + "\" " + status + " 226 \"-\" \"-\"";
        }

        private static String user(String user) {
            return "::1 - " + user + " " + TIME + " \"GET / HTTP/1.1\" 401 226 \"-\" \"-\"";
        }

        private static String agent(String agent) {
            return "::1 - - " + TIME + " \"GET / HTTP/1.1\" 200 226 \"-\" \"" + agent + "\"";
        }

        private static String unsigned(String theirs) {
            byte[] bytes = new byte[theirs.length()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) theirs.charAt(i);
            }
            return new String(bytes, UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hostileLinesDifferByTheirRuleOnly(Rule rule) throws Exception {
        for (String line : rule.lines) {
            View our = ours(line);
            View their = theirs(line);
            assertThat(rule.differ.test(our, their))
                    .as(line + "\nours " + our + "\ntheirs " + their)
                    .isTrue();
            boolean same = Rule.SAME.differ.test(our, their);
            assertThat(same).as(line).isEqualTo(rule == Rule.SAME);
        }
    }

    @Test
    void generatedLinesAreTheSame() throws Exception {
        Random random = new Random(20261128);
        List<String> different = new ArrayList<>();
        int escaped = 0;
        for (int i = 0; i < GENERATED && different.size() < 10; i++) {
            String line = Logs.combined(random);
            View our = ours(line);
            View their = theirs(line);
            Rule rule = line.contains("\\xc3") ? Rule.ESCAPED_BYTES_ARE_SIGNED : Rule.SAME;
            escaped += rule == Rule.SAME ? 0 : 1;
            if (our == null || !rule.differ.test(our, their)) {
                different.add(line + "\nours " + our + "\ntheirs " + their);
            }
        }
        assertThat(different).isEmpty();
        assertThat(escaped).isLessThan(GENERATED / 5);
    }

    private @Nullable View ours(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        if (!(ours.parse(bytes, 0, bytes.length) instanceof AccessLogLine line)) {
            return null;
        }
        return new View(
                line.client().orElse(null),
                line.user().orElse(null),
                String.valueOf(line.time().toEpochMilli()),
                line.method().orElse(null),
                line.target().orElse(null),
                line.path().orElse(null),
                line.protocol().orElse(null),
                String.format("%03d", line.status()),
                line.responseBytes().isPresent()
                        ? String.valueOf(line.responseBytes().getAsLong())
                        : null,
                line.agent().orElse(null));
    }

    private @Nullable View theirs(String line) throws Exception {
        try {
            return theirs.parse(new Theirs(), line).view();
        } catch (DissectionFailure e) {
            return null;
        }
    }
}
