package org.waybill.format.openpgp.packet;

import java.io.IOException;
import java.io.InputStream;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;

/**
 * The file as it comes, buffered and counted, so that every fault found in a layer above can name its byte. An
 * IOException of the source passes unchanged. Closing this closes nothing.
 */
public final class SourceBytes extends InputStream {

    private static final int BUFFER_BYTES = 65_536;

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long before; // bytes that left the buffer, or never were in it
    private boolean ended;

    public SourceBytes(InputStream source) {
        this.source = source;
    }

    /** How many bytes were taken so far. */
    public long offset() {
        return before + position;
    }

    /** Looks at the next byte, or answers -1 at the end. */
    int peek() throws IOException {
        return position < limit || fill() ? Byte.toUnsignedInt(buffer[position]) : -1;
    }

    @Override
    public int read() throws IOException {
        int next = peek();
        if (next >= 0) {
            position++;
        }
        return next;
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && length >= BUFFER_BYTES) {
            return readDirect(out, from, length);
        }
        if (position == limit && !fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, out, from, count);
        position += count;
        return count;
    }

    private int readDirect(byte[] out, int from, int length) throws IOException {
        int count = readSource(out, from, length);
        if (count > 0) {
            before += position + count;
            position = 0;
            limit = 0;
        }
        return count;
    }

    private boolean fill() throws IOException {
        int count = readSource(buffer, 0, BUFFER_BYTES);
        before += position;
        position = 0;
        limit = Math.max(0, count);
        return count > 0;
    }

    /** A source that stalls may answer 0; it is asked again. One that ended is not. */
    private int readSource(byte[] out, int from, int length) throws IOException {
        int count = 0;
        while (count == 0 && !ended) {
            count = source.read(out, from, length);
            ended = count < 0;
        }
        return ended ? -1 : count;
    }

    /** A fault of the input, noticed here. */
    public MalformedInputException malformed(String reason) {
        return new MalformedInputException(offset(), reason);
    }

    /** The input ended here, too early. */
    public TruncatedInputException truncated(String reason) {
        return new TruncatedInputException(offset(), reason);
    }
}
