package org.waybill.remote.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A proxy in front of a server: cuts connections after so many bytes to the server, resets them, or falls silent. Counts bytes. */
final class BadLine implements AutoCloseable {

    /** What happens to a connection when so many bytes have gone to the server. */
    record Fault(Kind kind, long afterBytes) {}

    enum Kind {
        CUT,
        RESET,
        STALL
    }

    private static final Fault NONE = new Fault(Kind.CUT, Long.MAX_VALUE);

    private final ServerSocket listening;
    private final int serverPort;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicLong toServer = new AtomicLong();
    private final CountDownLatch struck = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    BadLine(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The next connection gets the first of those that were said, and so on; then they are good. */
    void next(Kind kind, long afterBytes) {
        faults.add(new Fault(kind, afterBytes));
    }

    /** Waits until one has struck. */
    void awaitFault() throws InterruptedException {
        if (!struck.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("the line is still good");
        }
    }

    long bytesToServer() {
        return toServer.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                sockets.add(client);
                connect(client);
            }
        } catch (IOException e) {
            closed.countDown(); // the listener was closed
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            sockets.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Fault fault = faults.isEmpty() ? NONE : faults.remove();
            start(() -> pump(client, server, fault, toServer));
            start(() -> pump(server, client, NONE, new AtomicLong()));
        } catch (IOException e) {
            shut(client); // there is no server just now
        }
    }

    private void pump(Socket from, Socket to, Fault fault, AtomicLong count) {
        byte[] buffer = new byte[16_384];
        long left = fault.afterBytes();
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int passed = (int) Math.min(n, left);
                out.write(buffer, 0, passed);
                count.addAndGet(passed);
                left -= passed;
                if (left == 0) {
                    strike(fault.kind(), from, to);
                    return;
                }
            }
        } catch (IOException e) {
            // one of them is gone: the other goes too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shut(from);
        shut(to);
    }

    private void strike(Kind kind, Socket client, Socket server) throws IOException, InterruptedException {
        struck.countDown();
        if (kind == Kind.STALL) {
            closed.await(); // takes no more; both ends stay open
            return;
        }
        if (kind == Kind.RESET) {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        }
        shut(client);
        shut(server);
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "bad line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        closed.countDown();
        sockets.forEach(BadLine::shut);
    }
}
