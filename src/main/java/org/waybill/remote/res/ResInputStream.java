package org.waybill.remote.res;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the service sends, as it comes. <b>Its end proves nothing</b>: there was no length and no checksum, and a service
 * that fails in the middle may end so. Compare {@link #count()} and a digest with what was declared. For one thread.
 */
public final class ResInputStream extends InputStream {

    private final ResBody body;
    private final Duration idle;
    private final byte[] single = new byte[1];
    private ByteBuffer current;
    private long count;
    private @Nullable String failure; // of an earlier read: an end must not follow it
    private boolean closed;

    /** @param first what came already; without a byte if the body has ended */
    ResInputStream(ResBody body, ByteBuffer first, Duration idle) {
        this.body = body;
        this.current = first;
        this.idle = idle;
    }

    /** How many bytes were read so far. */
    public long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    /** @throws IOException if the connection broke or fell silent, then again at each further read */
    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, out.length);
        if (closed) {
            throw new IOException("the stream of the re-encryption service was closed");
        }
        if (length == 0) {
            return 0;
        }
        if (!current.hasRemaining()) {
            Optional<ByteBuffer> next = next();
            if (next.isEmpty()) {
                return -1;
            }
            current = next.get();
        }
        int read = Math.min(length, current.remaining());
        current.get(out, from, read);
        count += read;
        return read;
    }

    private Optional<ByteBuffer> next() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
        try {
            return body.next(idle);
        } catch (IOException e) {
            failure = "the re-encryption service did not send the file to its end: after " + count + " bytes "
                    + e.getMessage() + "; run again later";
            body.close();
            throw new IOException(failure);
        } catch (InterruptedException e) {
            failure = "interrupted while reading from the re-encryption service, after " + count + " bytes";
            body.close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(failure);
        }
    }

    /** Gives the connection up if the end has not come. */
    @Override
    public void close() {
        closed = true;
        body.close();
    }

    @Override
    public String toString() {
        return "stream of the re-encryption service after " + count + " bytes";
    }
}
