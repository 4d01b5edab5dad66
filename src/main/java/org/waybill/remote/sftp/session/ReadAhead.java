package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpClient.Handle;

/**
 * Reads a range of an open file, asking ahead (SSH_FXP_READ, section 6.4). Ends early where the file does. The file's handle
 * and the channel stay the caller's; before its end, answers are on their way, and the channel is sound only after a drain.
 */
public final class ReadAhead extends InputStream {

    private static final int PIECE_BYTES = 32_000; // with its header one packet of SSH
    private static final int FIRST_PIECES = 4; // whoever wants a few bytes does not wait for many
    private static final int MOST_PIECES = 96;

    private record Piece(int request, long offset, int length) {}

    private final SftpChannel channel;
    private final byte[] handle;
    private final Deque<Piece> asked = new ArrayDeque<>();
    private final long end;
    private long next;
    private byte[] data = {};
    private int at;
    private int limit;
    private boolean ended;
    private int piecesAhead = FIRST_PIECES;

    public ReadAhead(SftpChannel channel, Handle handle, long offset, long length) {
        this.channel = channel;
        this.handle = handle.getIdentifier();
        this.next = offset;
        this.end = Math.addExact(offset, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        while (at == limit) {
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - at);
        System.arraycopy(data, at, into, offset, count);
        at += count;
        return count;
    }

    /** Waits for what was asked ahead, and leaves it out. */
    public void drain() throws IOException {
        ended = true;
        at = limit;
        while (fill()) {
            at = limit;
        }
    }

    private boolean fill() throws IOException {
        while (!ended && next < end && asked.size() < piecesAhead) {
            int length = (int) Math.min(PIECE_BYTES, end - next);
            asked.add(ask(next, length));
            next += length;
        }
        Piece piece = asked.poll();
        if (piece == null) {
            return false;
        }
        piecesAhead = Math.min(MOST_PIECES, piecesAhead + 1);
        Optional<Buffer> answer = channel.hearRead(piece.request(), piece.length());
        if (answer.isPresent()) {
            take(answer.get(), piece);
        } else {
            ended = true; // the answers to what was asked behind the end come yet
        }
        return true;
    }

    private void take(Buffer answer, Piece piece) throws IOException {
        if (ended) {
            return; // the file grew while it was read: what is behind the first end is left out
        }
        int count = answer.available();
        data = answer.array();
        at = answer.rpos();
        limit = at + count;
        if (count < piece.length()) { // servers may give less than was asked for
            asked.addFirst(ask(piece.offset() + count, piece.length() - count));
        }
    }

    private Piece ask(long offset, int length) throws IOException {
        return new Piece(channel.askToRead(handle, offset, length), offset, length);
    }
}
