package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpClient.Handle;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** Writes into an open file without waiting for each answer (SSH_FXP_WRITE, section 6.4): the way to the partner stays full. */
public final class WriteAhead {

    /** With its header one packet of SSH: the library need not cut and copy it. */
    public static final int BUFFER_BYTES = 32_000;

    private static final int BUFFERS_AHEAD = 32; // 1 MB: OpenSSH takes 0.2 s to make room for it, and 0.9 s for 2 MB

    private final SftpChannel channel;
    private final byte[] handle;
    private final Deque<Integer> unanswered = new ArrayDeque<>();
    private long offset;

    public WriteAhead(SftpChannel channel, Handle handle, long offset) {
        this.channel = channel;
        this.handle = handle.getIdentifier();
        this.offset = offset;
    }

    /**
     * Sends the bytes behind those before.
     *
     * @param length up to {@link #BUFFER_BYTES}
     * @throws SftpException if the server refused these or earlier ones
     */
    public void write(byte[] bytes, int length) throws IOException {
        channel.pass(length);
        if (unanswered.size() == BUFFERS_AHEAD) {
            confirmOne();
        }
        Buffer request = new ByteArrayBuffer(SftpChannel.HEADER_BYTES + 4 + handle.length + 8 + 4 + length, false);
        request.rpos(SftpChannel.HEADER_BYTES);
        request.wpos(SftpChannel.HEADER_BYTES);
        request.putBytes(handle);
        request.putLong(offset);
        request.putBytes(bytes, 0, length);
        unanswered.add(channel.send(SftpConstants.SSH_FXP_WRITE, request));
        offset += length;
    }

    /** Waits until the server has confirmed all. */
    public void finish() throws IOException {
        while (!unanswered.isEmpty()) {
            confirmOne();
        }
    }

    private void confirmOne() throws IOException {
        Buffer answer = channel.receive(unanswered.remove());
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
    }
}
