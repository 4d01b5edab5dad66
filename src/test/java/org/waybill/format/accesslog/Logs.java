package org.waybill.format.accesslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Lines for tests, each character a byte. */
public final class Logs {

    public static final String COMBINED_LINE =
            "192.0.2.7 - anna [17/May/2015:10:05:03 +0200] \"GET /clinic/a.pdf HTTP/1.1\""
                    + " 200 2326 \"http://example.org/\" \"curl/7.88.1\"";

    private static final List<String> AGENTS = List.of(
            "curl/7.88.1",
            "Wget/1.21.3",
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/32.0.1700.77"
                    + " Safari/537.36",
            "-",
            "a \\\"quoted\\\" agent \\\\ with \\xc3\\xbc");
    private static final List<String> METHODS = List.of("GET", "GET", "GET", "GET", "HEAD", "POST", "PROPFIND");
    private static final List<String> PATHS = List.of(
            "/clinic/%d/result.pdf", "/clinic/%d/a%%20b.pdf?x=1&y=2", "/pub/%d/M%%C3%%BCller.txt", "/%d", "/d/%d/");
    private static final List<Integer> STATUSES = List.of(200, 200, 200, 206, 301, 304, 401, 403, 404, 416, 500);
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private Logs() {}

    public static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    public static LogLine line(AccessLogFormat format, String line) {
        byte[] padded = bytes("###" + line + "\"]##"); // what stands around it must not matter
        return format.newParser().parse(padded, 3, padded.length - 4);
    }

    public static AccessLogLine parsed(AccessLogFormat format, String line) {
        LogLine parsed = line(format, line);
        assertThat(parsed).as(line).isInstanceOf(AccessLogLine.class);
        return (AccessLogLine) parsed;
    }

    public static byte[] resource(String name) throws IOException {
        try (InputStream in = Logs.class.getResourceAsStream("/accesslog/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /** A line of {@code combined} such as Apache writes it. */
    public static String combined(Random random) {
        int month = random.nextInt(12);
        return String.format(
                "%s - %s [%02d/%s/%d:%02d:%02d:%02d %s] \"%s %s HTTP/1.%d\" %d %s \"%s\" \"%s\"",
                random.nextInt(10) == 0 ? "2001:db8::" + random.nextInt(999) : "192.0.2." + random.nextInt(256),
                random.nextInt(5) == 0 ? "user" + random.nextInt(50) : "-",
                1 + random.nextInt(28),
                MONTHS.substring(month * 3, month * 3 + 3),
                2015 + random.nextInt(12),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60),
                List.of("+0000", "+0200", "-0330").get(random.nextInt(3)),
                any(METHODS, random),
                String.format(any(PATHS, random), random.nextInt(100_000)),
                random.nextInt(2),
                any(STATUSES, random),
                random.nextInt(8) == 0 ? "-" : String.valueOf(1 + (random.nextLong() >>> 24)),
                random.nextBoolean() ? "-" : "https://example.org/list?page=" + random.nextInt(100),
                any(AGENTS, random));
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
