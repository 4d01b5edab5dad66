package org.waybill.format.accesslog;

import static org.waybill.format.accesslog.LayoutParser.Field.AGENT;
import static org.waybill.format.accesslog.LayoutParser.Field.APACHE_COMPLETION;
import static org.waybill.format.accesslog.LayoutParser.Field.CONTENT_RANGE;
import static org.waybill.format.accesslog.LayoutParser.Field.ETAG;
import static org.waybill.format.accesslog.LayoutParser.Field.OTHER_NUMBER;
import static org.waybill.format.accesslog.LayoutParser.Field.OTHER_QUOTED;
import static org.waybill.format.accesslog.LayoutParser.Field.RANGE;
import static org.waybill.format.accesslog.LayoutParser.Field.RESPONSE_BYTES;
import static org.waybill.format.accesslog.LayoutParser.Field.SENT_BYTES;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.waybill.format.accesslog.LayoutParser.Field;

/**
 * The formats of access logs that are read (mod_log_config of Apache httpd 2.4, ngx_http_log_module), and the patterns
 * of routes for those of other servers. Which one a log has is never guessed: the size in a line of Debian's Apache looks
 * like any other and means something else.
 */
public final class AccessLogFormat {

    /** {@code %h %l %u %t "%r" %>s %b} */
    public static final AccessLogFormat COMMON = apache("common", RESPONSE_BYTES);

    /** {@code %h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"} */
    public static final AccessLogFormat COMBINED = apache("combined", RESPONSE_BYTES, OTHER_QUOTED, AGENT);

    /** What Debian's Apache calls common: {@code %O} stands where {@code %b} is expected. */
    public static final AccessLogFormat DEBIAN_COMMON = apache("debian-common", SENT_BYTES);

    /** What Debian's Apache calls combined: {@code %O} stands where {@code %b} is expected. */
    public static final AccessLogFormat DEBIAN_COMBINED = apache("debian-combined", SENT_BYTES, OTHER_QUOTED, AGENT);

    /**
     * Ours, for good proof: {@code %h %l %u %t "%r" %>s %b %O %X %D "%{Range}i" "%{Content-Range}o" "%{ETag}o"
     * "%{User-Agent}i"}
     */
    public static final AccessLogFormat PROOF = apache(
            "proof", RESPONSE_BYTES, SENT_BYTES, APACHE_COMPLETION, OTHER_NUMBER, RANGE, CONTENT_RANGE, ETAG, AGENT);

    /** nginx' predefined {@code combined}. */
    public static final AccessLogFormat NGINX = nginx("nginx", RESPONSE_BYTES, OTHER_QUOTED, AGENT);

    /** nginx' {@code combined} with {@code $request_completion} at its end, in quotes or not. */
    public static final AccessLogFormat NGINX_COMPLETION =
            nginx("nginx-completion", RESPONSE_BYTES, OTHER_QUOTED, AGENT, Field.NGINX_COMPLETION);

    private static final List<AccessLogFormat> NAMED =
            List.of(COMMON, COMBINED, DEBIAN_COMMON, DEBIAN_COMBINED, PROOF, NGINX, NGINX_COMPLETION);

    private final String name;
    private final Supplier<LogLine.Parser> parsers;

    private AccessLogFormat(String name, Supplier<LogLine.Parser> parsers) {
        this.name = name;
        this.parsers = parsers;
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return NAMED.stream().map(format -> format.name).toList();
    }

    public static Optional<AccessLogFormat> named(String name) {
        return NAMED.stream().filter(format -> format.name.equals(name)).findFirst();
    }

    /**
     * A format by a regular expression of Java that a whole line matches, without its end. Its bytes stand as characters
     * of ISO 8859-1. Named groups are the fields: {@code host}, {@code time}, {@code method}, {@code path} and {@code
     * status} are required; {@code user}, {@code protocol}, {@code bytes}, {@code sent}, {@code completion}, {@code range},
     * {@code contentRange}, {@code etag} and {@code agent} are not. Escapes are undone as those of Apache.
     *
     * <p>The {@code time} is {@code 17/May/2015:10:05:03 +0000}, ISO 8601 with an offset,
     * or seconds since 1970, with a fraction or without. {@code path} is the request's target, with its query. {@code
     * completion} is that of {@code %X}, or {@code OK} and nothing as nginx writes it; all else is unknown.
     *
     * <p>A line longer than 16 KiB, or one that takes too many steps to match, is unparseable.
     *
     * @throws IllegalArgumentException if it is none, lacks a group or has another; the message says which
     */
    public static AccessLogFormat ofPattern(String regex) {
        Pattern pattern = PatternParser.checked(regex);
        return new AccessLogFormat("pattern", () -> new PatternParser(pattern));
    }

    /** A parser of its own for each thread. */
    public LogLine.Parser newParser() {
        return parsers.get();
    }

    /** Its name; {@code pattern} if it is one of a route. */
    @Override
    public String toString() {
        return name;
    }

    private static AccessLogFormat apache(String name, Field... fields) {
        List<Field> layout = Stream.of(fields).toList();
        return new AccessLogFormat(name, () -> new LayoutParser(layout, false));
    }

    private static AccessLogFormat nginx(String name, Field... fields) {
        List<Field> layout = Stream.of(fields).toList();
        return new AccessLogFormat(name, () -> new LayoutParser(layout, true));
    }
}
