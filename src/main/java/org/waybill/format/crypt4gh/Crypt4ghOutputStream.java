package org.waybill.format.crypt4gh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Encrypts what is written as one Crypt4GH file, with a fresh data key, and a fresh key pair as its writer. The file is
 * whole after {@link #finish()}, which {@link #close()} calls too; who cannot go on calls {@link #abandon()} first.
 *
 * <p>The last 16 bytes made so far are always withheld. A file cut between two segments would pass for a whole one; an
 * abandoned stream leaves a file that ends within a header or a segment, which every reader refuses.
 *
 * <p>For one thread. Writing 64 KiB at a time saves a copy.
 */
public final class Crypt4ghOutputStream extends OutputStream {

    private static final int WITHHELD_BYTES = ChaCha20Poly1305.TAG_BYTES;

    private enum State {
        OPEN,
        FINISHED,
        ABANDONED
    }

    private final OutputStream sink;
    private final ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    private final ChaCha20Poly1305.Key dataKey;
    private final byte[] header;
    private final byte[] plain = new byte[Crypt4ghFormat.SEGMENT_PLAIN_BYTES];
    private final byte[] sealed = new byte[WITHHELD_BYTES + Crypt4ghFormat.SEGMENT_BYTES]; // what is withheld first
    private final byte[] single = new byte[1];
    private int filled; // of plain
    private boolean headerSent;
    private State state = State.OPEN;

    /**
     * Writes nothing yet.
     *
     * @param recipients who can decrypt the file, one header packet each
     * @throws IllegalArgumentException if there is no recipient, there are more than 1,024, or nothing can be encrypted
     *     for one of them
     */
    public Crypt4ghOutputStream(OutputStream sink, List<Crypt4ghPublicKey> recipients) {
        this.sink = sink;
        HeaderContents contents = HeaderContents.ofNewFile();
        this.dataKey = contents.dataKeys().get(0);
        this.header = contents.sealFor(recipients);
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    /** @throws IOException of the sink, unchanged; after it the file can not be finished any more */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        requireOpen();
        int end = from + length;
        for (int next = from; next < end; ) {
            if (filled == 0 && end - next >= plain.length) {
                writeSegment(bytes, next, plain.length);
                next += plain.length;
            } else {
                int count = Math.min(end - next, plain.length - filled);
                System.arraycopy(bytes, next, plain, filled, count);
                filled += count;
                next += count;
                writeFullSegment();
            }
        }
    }

    /** Hands on what the sink has; a segment that is not full stays here. */
    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    /** Completes the file and leaves the sink open. Nothing can be written afterwards; a second call does nothing. */
    public void finish() throws IOException {
        if (state == State.FINISHED) {
            return;
        }
        requireOpen();
        if (filled > 0) {
            writeSegment(plain, 0, filled);
        }
        sendHeader();
        send(sealed, WITHHELD_BYTES);
        sink.flush();
        state = State.FINISHED;
        erase();
    }

    /** Gives the file up: {@link #close()} will not complete it, and no reader takes what was written for whole. */
    public void abandon() {
        if (state == State.OPEN) {
            state = State.ABANDONED;
            erase();
        }
    }

    /** Completes the file, unless it was abandoned or writing it failed, and closes the sink. */
    @Override
    public void close() throws IOException {
        try (sink) {
            if (state == State.OPEN) {
                finish();
            }
        }
    }

    private void writeFullSegment() throws IOException {
        if (filled == plain.length) {
            writeSegment(plain, 0, filled);
            filled = 0;
        }
    }

    private void writeSegment(byte[] bytes, int from, int length) throws IOException {
        sendHeader();
        int made = cipher.seal(dataKey, bytes, from, length, sealed, WITHHELD_BYTES);
        send(sealed, made);
        System.arraycopy(sealed, made, sealed, 0, WITHHELD_BYTES);
    }

    private void sendHeader() throws IOException {
        if (!headerSent) {
            headerSent = true;
            int withheldFrom = header.length - WITHHELD_BYTES;
            send(header, withheldFrom);
            System.arraycopy(header, withheldFrom, sealed, 0, WITHHELD_BYTES);
        }
    }

    /** A sink that failed once may have taken any part of the bytes: nothing after them could be read. */
    private void send(byte[] bytes, int length) throws IOException {
        try {
            sink.write(bytes, 0, length);
        } catch (IOException | RuntimeException e) {
            abandon();
            throw e;
        }
    }

    private void requireOpen() throws IOException {
        if (state != State.OPEN) {
            throw new IOException("the Crypt4GH file was " + (state == State.FINISHED ? "finished" : "abandoned"));
        }
    }

    private void erase() {
        dataKey.destroy();
        Arrays.fill(plain, (byte) 0);
    }
}
