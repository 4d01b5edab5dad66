package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.RemoteWindow;
import org.apache.sshd.common.future.WaitableFuture;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpErrorDataHandler;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHLimitsExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHLimitsExtensionInfo;
import org.apache.sshd.sftp.client.impl.DefaultSftpClient;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * One SFTP channel (draft-ietf-secsh-filexfer-02, version 3, which all servers speak), for one thread at a time: the library's
 * client mixes the requests of several. All its waits end with a stop, and after the patience of the limits.
 */
public final class SftpChannel extends DefaultSftpClient {

    private static final int SLICE_MILLIS = 200;
    private static final long BYTES_PER_SECOND_OF_PATIENCE = 8_000_000;
    private static final int MOST_ON_THEIR_WAY = 16; // packets of 32 KB
    private static final String NOTHING_SENT = "nothing could be sent";

    /** Of a request: its length, type and number. Who keeps so much room before it saves a copy. */
    static final int HEADER_BYTES = 9;

    private static final int USUAL_PIECE_BYTES = 32_000; // with its header one packet of SSH: any server takes it
    private static final int LARGEST_PIECE_BYTES = 261_120; // what OpenSSH takes, and the library just gives back

    private final SftpLimits limits;
    private final StopCheck stop;
    private final Deque<IoWriteFuture> onTheirWay = new ArrayDeque<>(); // to the socket
    private Duration patience;
    private int lastId;
    private final int pieceBytes;

    SftpChannel(ClientSession session, SftpLimits limits) throws IOException {
        super(session, SftpVersionSelector.fixedVersionSelector(SftpConstants.SFTP_V3), SftpErrorDataHandler.EMPTY);
        this.limits = limits;
        this.stop = limits.stopCheck();
        this.patience = limits.answer();
        this.pieceBytes = askForPieceBytes();
    }

    private int askForPieceBytes() throws IOException {
        OpenSSHLimitsExtension extension = getExtension(OpenSSHLimitsExtension.class);
        if (extension == null || !extension.isSupported()) {
            return USUAL_PIECE_BYTES;
        }
        boolean answered = false;
        try {
            OpenSSHLimitsExtensionInfo most = extension.limits();
            answered = true;
            return (int) Math.min(LARGEST_PIECE_BYTES, Math.min(known(most.maxReadLength), known(most.maxWriteLength)));
        } finally {
            if (!answered) {
                abandon();
            }
        }
    }

    /** 0 says nothing. */
    private static long known(long bytes) {
        return bytes <= 0 ? USUAL_PIECE_BYTES : bytes;
    }

    /** How many bytes are best written or read by one request. */
    public int pieceBytes() {
        return pieceBytes;
    }

    /** Waits longer for the answers from now on: the server has to read or force so many bytes. */
    public void bePatientFor(long sizeBytes) {
        patience = limits.answer().plusSeconds(sizeBytes / BYTES_PER_SECOND_OF_PATIENCE);
    }

    /** Waits until so many bytes may be transferred. */
    public void pass(int count) throws IOException {
        stop.requireNoStop();
        try {
            limits.speed().pass(count, stop);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SftpStoppedException();
        }
    }

    @Override
    public int send(int cmd, Buffer buffer) throws IOException {
        int id = ++lastId;
        transmit(message(cmd, id, buffer));
        return id;
    }

    /** Asks for bytes of an open file (SSH_FXP_READ, section 6.4) when so many may be transferred; gives the request's number. */
    int askToRead(byte[] handle, long offset, int length) throws IOException {
        pass(length);
        Buffer request = new ByteArrayBuffer(64 + handle.length, false);
        request.putBytes(handle);
        request.putLong(offset);
        request.putUInt(length);
        return send(SftpConstants.SSH_FXP_READ, request);
    }

    /**
     * Hears what was read.
     *
     * @param length that was asked for
     * @return empty where the file ends; else from its position on, with at least one byte
     */
    Optional<Buffer> hearRead(int request, int length) throws IOException {
        Buffer answer = receive(request);
        answer.getInt(); // length
        int type = answer.getUByte();
        answer.getInt(); // request
        if (type == SftpConstants.SSH_FXP_DATA) {
            int count = answer.getInt();
            if (count < 1 || count > length || count > answer.available()) {
                throw new IOException("the server answers a read of " + length + " bytes with " + count);
            }
            answer.wpos(answer.rpos() + count);
            return Optional.of(answer);
        }
        int status = type == SftpConstants.SSH_FXP_STATUS ? answer.getInt() : SftpConstants.SSH_FX_BAD_MESSAGE;
        if (status != SftpConstants.SSH_FX_EOF) {
            throw new SftpException(status, "read refused");
        }
        return Optional.empty();
    }

    /** Adds a request to others that are to be transmitted together, and gives its number. */
    public int number(Buffer requests, int cmd, Buffer body) {
        int id = ++lastId;
        putHeader(requests, cmd, id, body.available());
        requests.putBuffer(body);
        return id;
    }

    /** As they stand in a request. */
    public Buffer put(Buffer body, Attributes attributes) {
        return writeAttributes(SftpConstants.SSH_FXP_SETSTAT, body, attributes);
    }

    /** As they stand in an answer. */
    public Attributes attributes(Buffer answer) throws IOException {
        return readAttributes(SftpConstants.SSH_FXP_ATTRS, answer, null);
    }

    /** The library would have each packet taken by the socket before it encrypts the next; here some are on their way there. */
    public void transmit(Buffer requests) throws IOException {
        ClientChannel channel = getClientChannel();
        RemoteWindow window = channel.getRemoteWindow();
        while (requests.available() > 0) {
            long most = Math.min(window.getPacketSize(), awaitSpace(window));
            int length = (int) Math.min(requests.available(), most);
            Buffer packet = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_DATA, length + 8);
            packet.putUInt(channel.getRecipient());
            packet.putUInt(length);
            packet.putRawBytes(requests.array(), requests.rpos(), length);
            requests.rpos(requests.rpos() + length);
            window.consume(length);
            onTheirWay.add(channel.writePacket(packet));
            awaitSocket();
        }
    }

    /** In the buffer itself, where that has room for the header before its bytes. */
    private static Buffer message(int cmd, int id, Buffer buffer) {
        int length = buffer.available();
        Buffer message = buffer;
        if (buffer.rpos() >= HEADER_BYTES) {
            int end = buffer.wpos();
            buffer.rpos(buffer.rpos() - HEADER_BYTES);
            buffer.wpos(buffer.rpos());
            putHeader(message, cmd, id, length);
            buffer.wpos(end);
        } else {
            message = new ByteArrayBuffer(HEADER_BYTES + length, false);
            putHeader(message, cmd, id, length);
            message.putRawBytes(buffer.array(), buffer.rpos(), length);
        }
        return message;
    }

    private static void putHeader(Buffer message, int cmd, int id, int length) {
        message.putUInt(HEADER_BYTES - Integer.BYTES + (long) length);
        message.putByte((byte) cmd);
        message.putInt(id);
    }

    /** How many bytes the server takes now; at least one. */
    private long awaitSpace(RemoteWindow window) throws IOException {
        long space = window.getSize();
        long deadline = System.nanoTime() + limits.answer().toNanos();
        while (space == 0) {
            stop.requireNoStop();
            try {
                space = window.waitForSpace(SLICE_MILLIS);
            } catch (SocketTimeoutException e) {
                if (System.nanoTime() - deadline >= 0) {
                    throw timeOut(NOTHING_SENT, limits.answer());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SftpStoppedException();
            }
        }
        return space;
    }

    private void awaitSocket() throws IOException {
        while (!onTheirWay.isEmpty()
                && (onTheirWay.size() > MOST_ON_THEIR_WAY || onTheirWay.peek().isDone())) {
            IoWriteFuture sent = onTheirWay.remove();
            try {
                await(sent, limits.answer(), stop, NOTHING_SENT);
                sent.verify(1);
            } catch (InterruptedIOException e) {
                throw remembered(e);
            }
        }
    }

    @Override
    public Buffer receive(int id) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        do {
            stop.requireNoStop();
            try {
                Buffer answer = receive(id, SLICE_MILLIS);
                if (answer != null) {
                    return answer;
                }
            } catch (InterruptedIOException e) {
                throw remembered(e);
            }
        } while (System.nanoTime() - deadline < 0);
        throw timeOut("no answer came", patience);
    }

    /** The library forgets an interruption that it tells of; what is closed next would then wait for a silent line. */
    private static InterruptedIOException remembered(InterruptedIOException fault) {
        if (!(fault instanceof SocketTimeoutException)) {
            Thread.currentThread().interrupt();
        }
        return fault;
    }

    /** Waits in slices, so that a stop is heard. */
    static void await(WaitableFuture future, Duration longest, StopCheck stop, String otherwise) throws IOException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!future.await(SLICE_MILLIS)) {
            stop.requireNoStop();
            if (System.nanoTime() - deadline >= 0) {
                throw timeOut(otherwise, longest);
            }
        }
    }

    private static SocketTimeoutException timeOut(String what, Duration longest) {
        return new SocketTimeoutException(what + " within " + longest.toSeconds() + " s");
    }

    /** For one whose answers may still come. The server is told: it allows so many channels at a time. */
    void abandon() {
        getClientChannel().close(false);
    }
}
