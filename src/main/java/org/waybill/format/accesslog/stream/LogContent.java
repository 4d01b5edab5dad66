package org.waybill.format.accesslog.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;

/** The uncompressed content of a log. */
final class LogContent {

    private LogContent() {}

    /** @param in plain or gzip, from its beginning */
    static InputStream of(InputStream in) throws IOException {
        byte[] magic = new byte[2];
        int count = in.readNBytes(magic, 0, magic.length);
        PushbackInputStream whole = new PushbackInputStream(in, magic.length);
        whole.unread(magic, 0, count);
        return GzipMembers.isGzip(magic, count) ? new GzipMembers(whole) : whole;
    }

    /**
     * Skips what was read before.
     *
     * @throws TruncatedInputException if there is less
     * @throws MalformedInputException if no line ends there
     */
    static void skipTo(InputStream content, long position) throws IOException {
        if (position == 0) {
            return;
        }
        long left = position - 1;
        while (left > 0) {
            long skipped = content.skip(left);
            if (skipped <= 0 && content.read() < 0) {
                throw shorter(position - left, position);
            }
            left -= skipped <= 0 ? 1 : skipped;
        }
        int last = content.read();
        if (last < 0) {
            throw shorter(position - 1, position);
        }
        if (last != '\n') {
            throw new MalformedInputException(
                    position - 1, "expected the end of the line that was read last, found another log's content");
        }
    }

    private static TruncatedInputException shorter(long end, long position) {
        return new TruncatedInputException(
                end, "expected to go on at byte " + position + ", but the log is shorter: it was cut or replaced");
    }
}
