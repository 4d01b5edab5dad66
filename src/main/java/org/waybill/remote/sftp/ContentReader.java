package org.waybill.remote.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.waybill.remote.sftp.file.RemoteHash;

/** Reads a content once from its begin to its end, and hashes what has been accepted of it. */
final class ContentReader implements AutoCloseable {

    private static final long WORTH_READING_AHEAD_BYTES = 1 << 20;

    private final Content content;
    private final MessageDigest digest = RemoteHash.newDigest();
    private @Nullable InputStream stream;
    private long position;
    private long accepted;

    ContentReader(Content content) {
        this.content = content;
    }

    /**
     * Fills the buffer from behind what was accepted; less only at the end, where it gives 0.
     *
     * @throws ContentFaultException if it cannot be read, or is shorter than its size
     */
    int read(byte[] buffer) throws ContentFaultException {
        int wanted = (int) Math.min(buffer.length, content.sizeBytes() - accepted);
        try {
            InputStream open = stream;
            if (open == null || position != accepted) {
                close();
                open = opened();
                stream = open;
                position = accepted;
            }
            int count = open.readNBytes(buffer, 0, wanted);
            position += count;
            if (count < wanted) {
                throw new ContentFaultException("what is to be sent ends after " + position + " bytes instead of "
                        + content.sizeBytes() + ": it changed meanwhile");
            }
            return count;
        } catch (ContentFaultException e) {
            throw e;
        } catch (IOException e) {
            throw new ContentFaultException(e);
        }
    }

    /** A small one would be read before another thread had begun with it. */
    private InputStream opened() throws IOException {
        InputStream here = content.from(accepted);
        return content.sizeBytes() - accepted < WORTH_READING_AHEAD_BYTES ? here : new ContentAhead(here);
    }

    /** Takes the first bytes of what was read last; the next read is behind them. */
    void accept(byte[] buffer, int count) {
        digest.update(buffer, 0, count);
        accepted += count;
    }

    long accepted() {
        return accepted;
    }

    /**
     * The SHA-256 in hex of all, to be asked once, at the end.
     *
     * @throws ContentFaultException if it is known to be another, or something is left behind the size
     */
    String finish() throws ContentFaultException {
        try {
            if (stream != null && stream.read() >= 0) {
                throw new ContentFaultException("what is to be sent goes on behind its " + content.sizeBytes()
                        + " bytes: it changed meanwhile");
            }
        } catch (ContentFaultException e) {
            throw e;
        } catch (IOException e) {
            throw new ContentFaultException(e);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        String expected = content.sha256().orElse(found);
        if (!expected.equals(found)) {
            throw new ContentFaultException("what was to be sent has the SHA-256 " + found + " instead of " + expected
                    + ": it changed, or is damaged");
        }
        return found;
    }

    @Override
    public void close() throws ContentFaultException {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            throw new ContentFaultException(e);
        }
    }
}
