package org.waybill.format.crypt4gh;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.UntrustedSenderException;
import org.waybill.format.WrongKeyException;

/**
 * Decrypts a Crypt4GH file while it is read; only authenticated bytes come out, with the edit list applied. A fault of
 * the bytes is a {@link MalformedInputException}, and is thrown again by every later read; an {@link IOException} of
 * the source passes unchanged, and a later read goes on from there.
 *
 * <p><b>The end of this stream does not prove that the file is whole</b>: the format does not notice whole segments that
 * were removed, doubled or exchanged. Compare the length and a digest with what was declared.
 *
 * <p>For one thread. Reading with a buffer of {@link Crypt4ghFormat#READ_BUFFER_BYTES} saves a copy.
 */
public final class Crypt4ghInputStream extends InputStream {

    private final InputStream source;
    private final Crypt4ghHeader header;
    private final HeaderContents contents;
    private final SegmentReader segments;
    private final EditList.Cursor edit;
    private final byte[] plain = new byte[Crypt4ghFormat.READ_BUFFER_BYTES];
    private final byte[] single = new byte[1];
    private int position; // of the next byte in plain
    private int limit; // of plain
    private boolean closed;

    /**
     * Reads the header at once. The keys stay the caller's, who may destroy them as soon as this returns; when it
     * throws, the source stays open.
     *
     * @throws WrongKeyException if none of the keys opens the file
     * @throws TruncatedInputException if the source ends within the header
     * @throws MalformedInputException if this is no Crypt4GH file, or one that cannot be read
     */
    public Crypt4ghInputStream(InputStream source, List<Crypt4ghSecretKey> keys) throws IOException {
        this(source, keys, List.of());
    }

    /**
     * As above, but takes only what trusted senders wrote.
     *
     * @param senders public keys, with one of which the header must have been written; empty: any will do
     * @throws UntrustedSenderException if it was written with none of them
     */
    public Crypt4ghInputStream(InputStream source, List<Crypt4ghSecretKey> keys, List<Crypt4ghPublicKey> senders)
            throws IOException {
        this.source = source;
        this.header = Crypt4ghHeader.read(source);
        this.contents = header.open(keys, senders);
        this.segments = new SegmentReader(source, header.lengthBytes(), contents.dataKeys());
        this.edit = contents.editList().orElse(EditList.KEEP_ALL).cursor();
    }

    /** What the header says to everybody. */
    public Crypt4ghHeader header() {
        return header;
    }

    /** The edit list that is applied: where there is one, less may come out than the size of the file tells. */
    public Optional<EditList> editList() {
        return contents.editList();
    }

    /**
     * The header that makes the body of this file, as it is, readable for others. Nothing if there is an edit list: what it
     * hides would be handed on.
     *
     * @throws IllegalArgumentException as {@link HeaderContents#sealFor}
     */
    public Optional<byte[]> headerFor(List<Crypt4ghPublicKey> recipients) {
        return editList().isPresent() ? Optional.empty() : Optional.of(contents.sealFor(recipients));
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    /**
     * @throws TruncatedInputException if the source ends where no segment can
     * @throws AuthenticationFailedException if a segment is not what was encrypted, or is cut
     * @throws IOException of the source, unchanged
     */
    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, out.length);
        if (closed) {
            throw new IOException("the stream is closed");
        }
        return length == 0 ? 0 : readEdited(out, from, length);
    }

    /** What the edit list drops is read and authenticated too, up to the end of the file. */
    private int readEdited(byte[] out, int from, int length) throws IOException {
        while (true) {
            position += edit.skip(limit - position);
            int count = edit.keep(Math.min(limit - position, length));
            if (count > 0) {
                System.arraycopy(plain, position, out, from, count);
                position += count;
                return count;
            }
            if (position == limit
                    && edit.keepsNext(Crypt4ghFormat.SEGMENT_PLAIN_BYTES)
                    && SegmentReader.canDecryptInto(out, from, length)) {
                int direct = segments.next(out, from);
                if (direct != 0) {
                    return direct == SegmentReader.END ? -1 : edit.keep(direct);
                }
            } else if (position == limit && !decryptNext()) {
                return -1;
            }
        }
    }

    private boolean decryptNext() throws IOException {
        position = 0;
        limit = 0;
        limit = Math.max(0, segments.next(plain, 0));
        return limit > 0;
    }

    /** Zeroes the data keys and the plaintext at hand, and closes the source. */
    @Override
    public void close() throws IOException {
        closed = true;
        contents.close();
        Arrays.fill(plain, (byte) 0);
        position = limit;
        source.close();
    }
}
