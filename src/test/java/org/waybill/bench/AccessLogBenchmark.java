package org.waybill.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import nl.basjes.parse.core.Field;
import nl.basjes.parse.core.Parser;
import nl.basjes.parse.httpdlog.HttpdLoglineParser;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.waybill.format.accesslog.AccessLogFormat;
import org.waybill.format.accesslog.AccessLogLine;
import org.waybill.format.accesslog.Logs;
import org.waybill.format.accesslog.stream.LogLines;

/** A real log in combined format, over and over, into records: by our scanner and by logparser of Niels Basjes. */
@State(Scope.Benchmark)
public class AccessLogBenchmark {

    @Param("33554432")
    public int sizeBytes;

    private byte[] log = {};
    private long lines;
    private final Parser<Request> logparser = new HttpdLoglineParser<>(Request.class, "combined");

    /** The last line may be cut: it is none. */
    static byte[] log(int sizeBytes) throws IOException {
        byte[] real = Logs.resource("combined-6000.log");
        byte[] log = new byte[sizeBytes];
        for (int at = 0; at < sizeBytes; at += real.length) {
            System.arraycopy(real, 0, log, at, Math.min(real.length, sizeBytes - at));
        }
        return log;
    }

    static long lines(byte[] log) {
        long lines = 0;
        for (byte b : log) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }

    @Setup
    public void make() throws IOException {
        log = log(sizeBytes);
        lines = lines(log);
    }

    @Benchmark
    public long accessLogCombined() throws IOException {
        long read = 0;
        try (LogLines reader = LogLines.open(new ByteArrayInputStream(log), AccessLogFormat.COMBINED, 0)) {
            while (reader.next()) {
                read += reader.line() instanceof AccessLogLine line && line.status() > 0 ? 1 : 0;
            }
        }
        return checked(read);
    }

    /** Each byte looked at once: what no reader of lines can be much faster than. */
    @Benchmark
    public long primitiveNewlineScan() {
        return checked(lines(log));
    }

    /** The same fields. */
    @Benchmark
    public long logparserCombined() throws Exception {
        long read = 0;
        int from = 0;
        for (int at = 0; at < log.length; at++) {
            if (log[at] == '\n') {
                read += logparser.parse(new Request(), new String(log, from, at - from, ISO_8859_1)).fields > 0 ? 1 : 0;
                from = at + 1;
            }
        }
        return checked(read);
    }

    private long checked(long read) {
        if (read != lines) {
            throw new IllegalStateException("expected " + lines + " lines, found " + read);
        }
        return read;
    }

    /** Counts what it is given. */
    public static final class Request {
        private int fields;

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
            fields += name.isEmpty() || value == null ? 0 : 1;
        }
    }
}
