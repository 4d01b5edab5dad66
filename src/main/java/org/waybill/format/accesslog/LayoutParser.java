package org.waybill.format.accesslog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.waybill.format.accesslog.AccessLogLine.Completion;

/**
 * Reads lines that begin with {@code %h %l %u %t "%r" %>s} and go on with fields of a layout, in one pass over their bytes.
 *
 * <p>Only the user may hold raw spaces and brackets. No raw quote can stand in it, so the time is what stands before the
 * first quote, and no user name can forge a time or a request.
 */
final class LayoutParser implements LogLine.Parser {

    private static final int CLIENT_LEFT = 499; // nginx' own status

    /** What follows the status. */
    enum Field {
        RESPONSE_BYTES,
        SENT_BYTES,
        APACHE_COMPLETION,
        NGINX_COMPLETION,
        RANGE,
        CONTENT_RANGE,
        ETAG,
        AGENT,
        /** A number that nobody asks for. */
        OTHER_NUMBER,
        /** A quoted header that nobody asks for. */
        OTHER_QUOTED
    }

    private final Field[] fields;
    private final boolean ofNginx;
    private final LineCursor line = new LineCursor();
    private final LogTime times = new LogTime();
    private final Request request = new Request();
    private final LogText clients = new LogText();
    private final LogText users = new LogText();
    private final LogText etags = new LogText();
    private final LogText agents = new LogText();

    LayoutParser(List<Field> fields, boolean ofNginx) {
        this.fields = fields.toArray(Field[]::new);
        this.ofNginx = ofNginx;
    }

    @Override
    public LogLine parse(byte[] bytes, int from, int to) {
        AccessLogLine parsed = line.begin(bytes, from, to) ? parse() : null;
        line.leave();
        LineFault fault = line.fault;
        if (parsed != null) {
            return parsed;
        }
        return new LogLine.Unparseable(fault == null ? LineFault.UNEXPECTED_BYTE : fault, line.at - from);
    }

    private @Nullable AccessLogLine parse() {
        if (!line.word()) {
            return null;
        }
        Optional<String> client = text(clients);
        if (!line.space() || !line.word() || !line.space() || !line.user()) {
            return null;
        }
        Optional<String> user = text(users);
        Instant time = time();
        if (time == null || !line.space() || !line.quoted()) {
            return null;
        }
        request.read(line.bytes, line.from, line.to, line.seen);
        if (!line.space() || !line.word()) {
            return null;
        }
        int status = status();
        return status < 0 ? null : rest(client, user, time, status);
    }

    private @Nullable AccessLogLine rest(Optional<String> client, Optional<String> user, Instant time, int status) {
        OptionalLong responseBytes = OptionalLong.empty();
        OptionalLong sentBytes = OptionalLong.empty();
        Completion completion = ofNginx && status == CLIENT_LEFT ? Completion.ABORTED : Completion.UNKNOWN;
        Optional<String> range = Optional.empty();
        Optional<String> contentRange = Optional.empty();
        Optional<String> etag = Optional.empty();
        Optional<String> agent = Optional.empty();
        for (Field field : fields) {
            if (!line.space() || !read(field)) {
                return null;
            }
            switch (field) {
                case RESPONSE_BYTES -> responseBytes = OptionalLong.of(line.number);
                case SENT_BYTES -> sentBytes = OptionalLong.of(line.number);
                case APACHE_COMPLETION -> completion = line.is("X") ? Completion.ABORTED : Completion.COMPLETED;
                case NGINX_COMPLETION -> completion = line.is("OK") ? Completion.COMPLETED : Completion.ABORTED;
                case RANGE -> range = LogText.read(line.bytes, line.from, line.to, line.seen);
                case CONTENT_RANGE -> contentRange = LogText.read(line.bytes, line.from, line.to, line.seen);
                case ETAG -> etag = text(etags);
                case AGENT -> agent = text(agents);
                case OTHER_NUMBER, OTHER_QUOTED -> {}
            }
        }
        if (!line.atEnd()) {
            line.fail(LineFault.EXTRA_FIELDS, line.at);
            return null;
        }
        return new AccessLogLine(
                client,
                user,
                time,
                request.method,
                request.target,
                request.path,
                request.protocol,
                status,
                responseBytes,
                sentBytes,
                completion,
                range,
                contentRange,
                etag,
                agent);
    }

    private boolean read(Field field) {
        return switch (field) {
            case RESPONSE_BYTES -> line.word() && (noBytes() || line.number());
            case SENT_BYTES, OTHER_NUMBER -> line.word() && line.number();
            case APACHE_COMPLETION -> line.word() && apacheCompletion();
            case NGINX_COMPLETION -> nginxCompletion();
            case RANGE, CONTENT_RANGE, ETAG, AGENT, OTHER_QUOTED -> line.quoted();
        };
    }

    /** {@code -} is how {@code %b} writes 0. */
    private boolean noBytes() {
        line.number = 0;
        return line.is("-");
    }

    private boolean apacheCompletion() {
        return line.is("+") || line.is("-") || line.is("X") || line.fail(LineFault.BAD_COMPLETION, line.from);
    }

    /** Nothing is how nginx writes that it is not complete. */
    private boolean nginxCompletion() {
        if (line.atEnd()) {
            line.from = line.at;
            line.to = line.at;
            return true;
        }
        boolean read = line.isQuote() ? line.quoted() : line.word();
        return read && (line.is("OK") || line.is("") || line.fail(LineFault.BAD_COMPLETION, line.from));
    }

    private @Nullable Instant time() {
        int start = line.at;
        Instant time = line.time() ? times.ofServer(line.bytes, line.from) : null;
        if (time == null) {
            line.fail(LineFault.BAD_TIME, start);
        }
        return time;
    }

    private int status() {
        if (line.is("-")) {
            return 0;
        }
        if (line.to - line.from == 3 && line.number()) {
            return (int) line.number;
        }
        line.fail(LineFault.BAD_STATUS, line.from);
        return -1;
    }

    private Optional<String> text(LogText texts) {
        return texts.of(line.bytes, line.from, line.to, line.seen);
    }
}
