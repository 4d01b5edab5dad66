package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.future.WaitableFuture;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpErrorDataHandler;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.client.impl.DefaultSftpClient;
import org.apache.sshd.sftp.common.SftpConstants;

/**
 * One SFTP channel (draft-ietf-secsh-filexfer-02, version 3, which all servers speak), for one thread at a time: the library's
 * client mixes the requests of several. All its waits end with a stop, and after the patience of the limits.
 */
public final class SftpChannel extends DefaultSftpClient {

    private static final int SLICE_MILLIS = 200;
    private static final long BYTES_PER_SECOND_OF_PATIENCE = 8_000_000;

    private final SftpLimits limits;
    private final StopCheck stop;
    private Duration patience;

    SftpChannel(ClientSession session, SftpLimits limits) throws IOException {
        super(session, SftpVersionSelector.fixedVersionSelector(SftpConstants.SFTP_V3), SftpErrorDataHandler.EMPTY);
        this.limits = limits;
        this.stop = limits.stopCheck();
        this.patience = limits.answer();
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
        try {
            var message = write(cmd, buffer);
            IoWriteFuture sent = message.getFuture();
            await(sent, limits.answer(), stop, "nothing could be sent");
            sent.verify(1);
            return message.getId();
        } catch (InterruptedIOException e) {
            throw remembered(e);
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
        throw new SocketTimeoutException("no answer came within " + patience.toSeconds() + " s");
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
                throw new SocketTimeoutException(otherwise + " within " + longest.toSeconds() + " s");
            }
        }
    }

    /** For one whose answers may still come. The server is told: it allows so many channels at a time. */
    void abandon() {
        getClientChannel().close(false);
    }
}
