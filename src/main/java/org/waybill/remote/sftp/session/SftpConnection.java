package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.RuntimeSshException;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.BufferException;
import org.jspecify.annotations.Nullable;
import org.waybill.remote.sftp.identity.KnownHosts;
import org.waybill.remote.sftp.identity.SftpAddress;
import org.waybill.remote.sftp.identity.SftpLogin;
import org.waybill.remote.sftp.identity.SftpRefusedException;

/**
 * A connection that is opened when it is needed, and again after it broke, with a bounded number of channels, each for one
 * transfer at a time. Safe for several threads.
 */
public final class SftpConnection implements AutoCloseable {

    private static final long SLICE_MILLIS = 200;

    private final SftpAddress address;
    private final SftpLogin login;
    private final KnownHosts knownHosts;
    private final SftpLimits limits;
    private final Semaphore places;
    private final Deque<SftpChannel> idle = new ArrayDeque<>(); // this and the next are guarded by it
    private @Nullable Transport transport;
    private final Object opening = new Object(); // held while connecting: one connects, the others wait
    private volatile @Nullable SftpRefusedException refusal;
    private volatile boolean closed;

    /** Something to do with a channel. */
    public interface Use<T> {
        T of(SftpChannel channel) throws IOException;
    }

    /** Connects to nothing yet. */
    public SftpConnection(SftpAddress address, SftpLogin login, KnownHosts knownHosts, SftpLimits limits) {
        this.address = address;
        this.login = login;
        this.knownHosts = knownHosts;
        this.limits = limits;
        this.places = new Semaphore(limits.transfers(), true);
    }

    /**
     * Waits for a place, does it, and gives the place back. What fails is told by {@link Faults}.
     *
     * @param path what it is about, kept with a failure; null if nothing particular
     */
    public <T> T use(@Nullable String path, Use<T> use) throws IOException {
        SftpChannel channel = take(path);
        boolean isSound = false;
        try {
            T result = use.of(channel);
            isSound = true;
            return result;
        } catch (SocketTimeoutException e) {
            giveUp(channel);
            throw told(path, e);
        } catch (IOException e) {
            throw told(path, e);
        } catch (RuntimeSshException | BufferException e) { // the latter: an answer that cannot be read
            throw told(path, new IOException(e));
        } finally {
            giveBack(channel, isSound);
        }
    }

    /** A channel of one's own, to be given back. */
    public SftpChannel take(@Nullable String path) throws IOException {
        try {
            while (!places.tryAcquire(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                limits.stopCheck().requireNoStop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SftpStoppedException();
        }
        boolean taken = false;
        try {
            SftpChannel channel = idleOrNew();
            channel.bePatientFor(0);
            taken = true;
            return channel;
        } catch (IOException e) {
            throw told(path, e);
        } catch (RuntimeSshException e) {
            throw told(path, new IOException(e));
        } finally {
            if (!taken) {
                places.release();
            }
        }
    }

    /** @param isSound false if an answer may still be on its way: then it is not used again */
    public void giveBack(SftpChannel channel, boolean isSound) {
        if (isSound && !closed) {
            synchronized (idle) {
                idle.push(channel);
            }
        } else {
            channel.abandon();
        }
        places.release();
    }

    /** A line that fell silent: what comes next is not to wait for it too. */
    private static void giveUp(SftpChannel channel) {
        channel.getClientSession().close(true);
    }

    /** The same failure, told so that the caller knows what to do about it. */
    public IOException told(@Nullable String path, IOException fault) {
        return closed ? new SftpStoppedException() : Faults.told(address, path, fault);
    }

    private SftpChannel idleOrNew() throws IOException {
        limits.stopCheck().requireNoStop();
        synchronized (idle) {
            for (SftpChannel channel = idle.poll(); channel != null; channel = idle.poll()) {
                if (channel.isOpen()) {
                    return channel;
                }
            }
        }
        Transport known = current();
        try {
            return openTransport().openChannel(limits);
        } catch (SshException e) {
            if (known == null || known != current()) {
                throw e;
            }
            known.close(); // the line was cut while nobody used it, and that comes to light only now
            return openTransport().openChannel(limits);
        }
    }

    private @Nullable Transport current() {
        synchronized (idle) {
            return transport;
        }
    }

    private Transport openTransport() throws IOException {
        synchronized (opening) {
            SftpRefusedException refused = refusal;
            if (refused != null) {
                throw refused; // asking again and again would have the account locked
            }
            synchronized (idle) {
                if (transport != null && transport.isOpen()) {
                    return transport;
                }
            }
            shut(null);
            Transport opened;
            try {
                opened = Transport.open(address, login, knownHosts, limits);
            } catch (SftpRefusedException e) {
                refusal = e;
                throw e;
            }
            shut(opened);
            return opened;
        }
    }

    /** Closes the old one, if any, and puts the new one in its place unless all is closed. */
    private void shut(@Nullable Transport next) throws SftpStoppedException {
        Transport old;
        synchronized (idle) {
            old = closed ? next : transport;
            transport = closed ? null : next;
        }
        if (old != null) {
            old.close();
        }
        if (closed) {
            throw new SftpStoppedException();
        }
    }

    public SftpAddress address() {
        return address;
    }

    /** What the server calls itself; connects if needed. */
    public String serverVersion() throws IOException {
        try {
            return openTransport().serverVersion();
        } catch (IOException e) {
            throw told(null, e);
        }
    }

    /** At once, also while other threads transfer: they end with a {@link SftpStoppedException}. */
    @Override
    public void close() {
        Transport old;
        synchronized (idle) {
            closed = true;
            old = transport;
            transport = null;
            idle.clear();
        }
        if (old != null) {
            old.close();
        }
    }
}
