package org.waybill.format.accesslog.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.waybill.format.accesslog.AccessLogFormat;
import org.waybill.format.accesslog.LineFault;
import org.waybill.format.accesslog.LogLine;

/**
 * The complete lines of a log, one after the other: {@code while (lines.next()) { lines.line() … }}. What stands after the
 * last LF waits for the rest of it: it is no line yet.
 */
public final class LogLines implements Closeable {

    /** The longest line that is read, without its LF; of longer ones only the beginning is kept. */
    public static final int MAX_LINE_BYTES = 256 * 1024;

    private static final int KEPT_BYTES = 1024; // of a line that is too long
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LINE_FEEDS = ONES * '\n';

    private final InputStream content;
    private final LogLine.Parser parser;
    private final byte[] buffer = new byte[MAX_LINE_BYTES + 1];
    private int from; // of the line in the buffer
    private int to; // behind it, without its LF
    private int following; // where the next line begins
    private int scanned; // no LF from there up to here
    private int limit;
    private long offset;
    private long endOffset;
    private long dropped; // bytes of this line that are no longer in the buffer
    private boolean ended;
    private LogLine line = new LogLine.Unparseable(LineFault.EMPTY_LINE, 0);

    private LogLines(InputStream content, AccessLogFormat format, long position) {
        this.content = content;
        this.parser = format.newParser();
        this.endOffset = position;
        this.offset = position;
    }

    /**
     * Opens a log.
     *
     * @param in from its beginning, plain or gzip; closed with the lines
     * @param position where to go on: 0, or an {@link #endOffset} of before
     * @throws org.waybill.format.TruncatedInputException if the log is shorter than that
     * @throws org.waybill.format.MalformedInputException if no line ends there, or it is damaged gzip
     */
    public static LogLines open(InputStream in, AccessLogFormat format, long position) throws IOException {
        InputStream content = LogContent.of(in);
        LogContent.skipTo(content, position);
        return new LogLines(content, format, position);
    }

    /**
     * Goes on to the next complete line; false if there is none, and then {@link #endOffset} is where to go on later.
     *
     * @throws org.waybill.format.MalformedInputException if it is damaged gzip, truncated gzip included; lines before
     *     stand
     */
    public boolean next() throws IOException {
        if (ended) {
            return false;
        }
        from = following;
        to = from;
        dropped = 0;
        int end = endOfLine();
        while (end < 0) {
            if (!fill()) {
                ended = true;
                following = from;
                return false;
            }
            end = endOfLine();
        }
        to = end;
        scanned = end + 1;
        following = end + 1;
        offset = endOffset;
        endOffset += dropped + (to - from) + 1;
        line = dropped > 0
                ? new LogLine.Unparseable(LineFault.TOO_LONG, MAX_LINE_BYTES)
                : parser.parse(buffer, from, to);
        return true;
    }

    /**
     * Takes what stands behind the last line, once {@link #next} has said that there is none and nothing can come any more, for a
     * line that was cut; false if nothing stands there.
     */
    public boolean takeRest() {
        if (!ended || dropped + (limit - following) == 0) {
            return false;
        }
        to = limit;
        following = limit;
        offset = endOffset;
        endOffset += dropped + (to - from);
        dropped = 0;
        line = new LogLine.Unparseable(LineFault.CUT, to - from);
        return true;
    }

    /** What the line says. */
    public LogLine line() {
        return line;
    }

    /** Where the line begins, in bytes of the uncompressed log. */
    public long offset() {
        return offset;
    }

    /** Where the next line begins: the position to keep when this line has been dealt with. */
    public long endOffset() {
        return endOffset;
    }

    /**
     * The line as it stands, without its end, for who keeps it as evidence.
     *
     * @param maxBytes of more, only the beginning is given; of a line that is too long never more than 1 KiB
     */
    public String text(int maxBytes) {
        int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
        int kept = dropped > 0 ? Math.min(end - from, KEPT_BYTES) : end - from;
        return new String(buffer, from, Math.max(0, Math.min(kept, maxBytes)), UTF_8);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    /** The index of the next LF; -1 if there is none in the buffer. Eight bytes at once: most of a line is none. */
    private int endOfLine() {
        int at = scanned;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long difference = (long) EIGHT.get(buffer, at) ^ LINE_FEEDS;
            long zeros = (difference - ONES) & ~difference & (ONES << 7); // its lowest bit is exact
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        for (; at < limit; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        scanned = at;
        return -1;
    }

    private boolean fill() throws IOException {
        if (limit == buffer.length) {
            makeRoom();
        }
        int count = content.read(buffer, limit, buffer.length - limit);
        while (count == 0) {
            count = content.read(buffer, limit, buffer.length - limit);
        }
        limit += Math.max(0, count);
        return count > 0;
    }

    private void makeRoom() {
        if (from == 0) { // one line fills it all
            dropped += limit - KEPT_BYTES;
            limit = KEPT_BYTES;
        } else {
            System.arraycopy(buffer, from, buffer, 0, limit - from);
            limit -= from;
            from = 0;
        }
        scanned = limit;
    }
}
