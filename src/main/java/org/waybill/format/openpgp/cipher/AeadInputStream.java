package org.waybill.format.openpgp.cipher;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.openpgp.packet.Packet;
import org.waybill.format.openpgp.packet.SourceBytes;

/**
 * Authenticated chunks, each with its tag, and a last tag that vouches for their number and length. Only authenticated
 * bytes come out, and the end only after the last tag was good.
 */
final class AeadInputStream extends InputStream {

    private static final int TAG_BYTES = AeadCipher.TAG_BYTES;

    private final InputStream body;
    private final SourceBytes source;
    private final AeadParameters parameters;
    private final AeadParameters.Derived derived;
    private final byte[] sealed; // a chunk, its tag, and as many bytes more as the last tag has
    private final byte[] plain;
    private final byte[] single = new byte[1];
    private int filled; // of sealed
    private int position; // in plain
    private int limit;
    private long index;
    private long plainBytes;
    private long chunkOffset; // where in the file the chunk starts
    private boolean ended;

    AeadInputStream(Packet packet, SourceBytes source, AeadParameters parameters, SessionKey key) {
        this.body = packet.body();
        this.source = source;
        this.parameters = parameters;
        this.derived = parameters.derive(key);
        this.sealed = new byte[parameters.chunkBytes() + 2 * TAG_BYTES];
        this.plain = new byte[parameters.chunkBytes() + TAG_BYTES];
        this.chunkOffset = source.offset();
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    /** @throws AuthenticationFailedException if a chunk or the whole is not what was encrypted */
    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == limit) {
            if (ended) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(plain, position, out, from, count);
        position += count;
        return count;
    }

    private void next() throws IOException {
        boolean last = !fill();
        if (filled < TAG_BYTES || (filled > TAG_BYTES && filled < 2 * TAG_BYTES)) {
            throw source.truncated("the encrypted data end within a tag");
        }
        int chunk = filled - TAG_BYTES;
        if (chunk > 0) {
            open(chunk);
        }
        System.arraycopy(sealed, chunk, sealed, 0, TAG_BYTES);
        filled = TAG_BYTES;
        chunkOffset = source.offset() - TAG_BYTES;
        if (last) {
            verifyAll();
        }
    }

    /** Whether a whole chunk is there; if not, the body ended. */
    private boolean fill() throws IOException {
        while (filled < sealed.length) {
            int count = body.read(sealed, filled, sealed.length - filled);
            if (count < 0) {
                return false;
            }
            filled += count;
        }
        return true;
    }

    private void open(int length) {
        if (!derived.cipher().open(derived.nonce(index), parameters.associatedWith(index), sealed, length, plain)) {
            Arrays.fill(plain, (byte) 0);
            throw new AuthenticationFailedException(
                    chunkOffset, "chunk number " + index + " is not authentic: damaged, changed or cut");
        }
        index++;
        position = 0;
        limit = length - TAG_BYTES;
        plainBytes += limit;
    }

    private void verifyAll() {
        byte[] associated = parameters.associatedWithAll(index, plainBytes);
        if (!derived.cipher().open(derived.nonce(index), associated, sealed, TAG_BYTES, new byte[TAG_BYTES])) {
            throw new AuthenticationFailedException(
                    chunkOffset, "the last tag is wrong: damaged, or chunks are missing at the end");
        }
        ended = true;
    }

    @Override
    public void close() {
        Arrays.fill(plain, (byte) 0);
        position = limit;
        ended = true;
    }
}
