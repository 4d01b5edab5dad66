package org.waybill.stage.acknowledgement.shelf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.waybill.format.MalformedInputException;
import org.waybill.format.accesslog.stream.LogHead;

/**
 * A file of a log that is open. Only as many bytes are read as it had when it was opened: what a server writes meanwhile is
 * for the next run, and what it writes after having cut the file is never taken for what was there.
 */
public abstract class LogFile extends InputStream {

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int HEAD_IN_GZIP = 64 * 1024; // has more than a head, however it was compressed

    private final long end;
    private long position;

    /** @param size when it was opened */
    LogFile(long size) {
        this.end = size;
    }

    /** Reads from a place in it, at least one byte; -1 if it ends there. */
    abstract int readAt(long from, byte[] out, int offset, int length) throws IOException;

    /** How many bytes it has now. */
    public abstract long size() throws IOException;

    public final boolean isCompressed() throws IOException {
        return isGzip(first(2));
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == GZIP_FIRST && (bytes[1] & 0xff) == GZIP_SECOND;
    }

    /**
     * The beginning of its content as it is now, uncompressed, wherever it is read; as many bytes as a head is of, or all.
     *
     * @throws MalformedInputException if it is damaged gzip
     */
    public final byte[] beginning() throws IOException {
        byte[] first = first(LogHead.MAX_BYTES);
        return isGzip(first) ? LogHead.read(new ByteArrayInputStream(first(HEAD_IN_GZIP))) : first;
    }

    private byte[] first(int most) throws IOException {
        byte[] bytes = new byte[most];
        int count = 0;
        while (count < most) {
            int more = readAt(count, bytes, count, most - count);
            if (more < 0) {
                break;
            }
            count += more;
        }
        return Arrays.copyOf(bytes, count);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] out, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = position < end ? readAt(position, out, offset, (int) Math.min(length, end - position)) : -1;
        position += Math.max(0, count);
        return count;
    }

    @Override
    public final long skip(long bytes) {
        long skipped = Math.max(0, Math.min(bytes, end - position));
        position += skipped;
        return skipped;
    }
}
