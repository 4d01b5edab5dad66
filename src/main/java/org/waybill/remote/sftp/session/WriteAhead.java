package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpClient.Handle;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * Writes into an open file without waiting for each answer (SSH_FXP_WRITE, section 6.4): the way to the partner stays full. If it
 * is to be proven so, what the server has confirmed is read back meanwhile, and compared.
 */
public final class WriteAhead {

    private static final int MOST_BYTES_AHEAD =
            5 << 18; // OpenSSH takes 0.2 s to make room for 1 MB, and 0.9 s for 2 MB

    /** Bytes that were sent, in the request that they were sent with. */
    private record Piece(int request, long offset, byte[] sent, int from, int to) {

        int length() {
            return to - from;
        }

        Piece askedFor(int question, int count) {
            return new Piece(question, offset + count, sent, from + count, to);
        }
    }

    private final SftpChannel channel;
    private final byte[] handle;
    private final boolean readsBack;
    private final int piecesAhead;
    private final Deque<Piece> unanswered = new ArrayDeque<>();
    private final Deque<Piece> echoes = new ArrayDeque<>(); // by the questions for them
    private long offset;
    private boolean isSame = true;

    /** @param readsBack whether it is to be read back; the handle is to be one for reading too then */
    public WriteAhead(SftpChannel channel, Handle handle, long offset, boolean readsBack) {
        this.channel = channel;
        this.handle = handle.getIdentifier();
        this.offset = offset;
        this.readsBack = readsBack;
        this.piecesAhead = MOST_BYTES_AHEAD / channel.pieceBytes();
    }

    /**
     * Sends the bytes behind those before.
     *
     * @param length up to {@link SftpChannel#pieceBytes()}
     * @throws SftpException if the server refused to write these or earlier ones
     */
    public void write(byte[] bytes, int length) throws IOException {
        channel.pass(length);
        if (unanswered.size() == piecesAhead) {
            confirmOne();
        }
        Buffer request = new ByteArrayBuffer(SftpChannel.HEADER_BYTES + 4 + handle.length + 8 + 4 + length, false);
        request.rpos(SftpChannel.HEADER_BYTES);
        request.wpos(SftpChannel.HEADER_BYTES);
        request.putBytes(handle);
        request.putLong(offset);
        request.putBytes(bytes, 0, length);
        int end = request.wpos();
        int number = channel.send(SftpConstants.SSH_FXP_WRITE, request);
        unanswered.add(new Piece(number, offset, request.array(), end - length, end));
        offset += length;
    }

    /**
     * Waits until the server has confirmed all, and given it back if it is read back.
     *
     * @return false if what it gave back is not what was sent
     */
    public boolean finish() throws IOException {
        while (!unanswered.isEmpty()) {
            confirmOne();
        }
        while (!echoes.isEmpty()) {
            compareOne();
        }
        return isSame;
    }

    private void confirmOne() throws IOException {
        Piece piece = unanswered.remove();
        Buffer answer = channel.receive(piece.request());
        answer.getInt(); // length
        int type = answer.getUByte();
        answer.getInt(); // request
        if (type != SftpConstants.SSH_FXP_STATUS) {
            throw new IOException("the answer to a write is none");
        }
        int status = answer.getInt();
        if (status != SftpConstants.SSH_FX_OK) {
            throw new SftpException(status, "write refused");
        }
        if (readsBack && isSame) {
            if (echoes.size() == piecesAhead) {
                compareOne();
            }
            echoes.addLast(ask(piece, 0));
        }
    }

    private Piece ask(Piece piece, int skipped) throws IOException {
        int length = piece.length() - skipped;
        return piece.askedFor(channel.askToRead(handle, piece.offset() + skipped, length), skipped);
    }

    private void compareOne() throws IOException {
        Piece piece = echoes.remove();
        Optional<Buffer> answer = echo(piece);
        if (answer.isEmpty()) {
            isSame = false; // it has lost it
            return;
        }
        int count = answer.get().available();
        int at = answer.get().rpos();
        isSame &= Arrays.equals(answer.get().array(), at, at + count, piece.sent(), piece.from(), piece.from() + count);
        if (count < piece.length()) { // servers may give less than was asked for
            echoes.addFirst(ask(piece, count));
        }
    }

    /** A failure to read says nothing of the space that the server has. */
    private Optional<Buffer> echo(Piece piece) throws IOException {
        try {
            return channel.hearRead(piece.request(), piece.length());
        } catch (SftpException e) {
            throw new IOException(
                    "the server does not give back what was written: " + SftpConstants.getStatusName(e.getStatus()), e);
        }
    }
}
