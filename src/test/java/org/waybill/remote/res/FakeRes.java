package org.waybill.remote.res;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server on this machine that writes what it is told, right or wrong, and writes down what it was asked. */
public final class FakeRes implements AutoCloseable {

    public static final String CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

    private final ServerSocket server;
    private final List<String> targets = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

    /** What to answer to the request of that number, from 1, for a path and query; the connection is closed behind it. */
    public interface Script {
        void answer(int number, String target, Connection connection) throws IOException, InterruptedException;
    }

    /** One connection, from the side of the server. */
    public record Connection(Socket socket) {

        public void text(String text) throws IOException {
            bytes(text.getBytes(ISO_8859_1));
        }

        public void bytes(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        public void chunk(byte[] bytes) throws IOException {
            text(Integer.toHexString(bytes.length) + "\r\n");
            bytes(bytes);
            text("\r\n");
        }

        public void end() throws IOException {
            text("0\r\n\r\n");
        }

        public void file(byte[] bytes) throws IOException {
            text(CHUNKED);
            chunk(bytes);
            end();
        }

        public void status(int status, String... headers) throws IOException {
            text("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 0\r\nConnection: close\r\n");
            for (String header : headers) {
                text(header + "\r\n");
            }
            text("\r\n");
        }

        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    public FakeRes(Script script) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(() -> accept(script), "fake RES");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread answering = new Thread(() -> answer(script, socket), "fake RES answering");
                answering.setDaemon(true);
                answering.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Script script, Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            String requestLine = in.readLine();
            for (String line = requestLine; line != null && !line.isEmpty(); ) {
                line = in.readLine();
            }
            if (requestLine == null) {
                return;
            }
            String target = requestLine.split(" ")[1];
            int number;
            synchronized (targets) {
                targets.add(target);
                number = targets.size();
            }
            script.answer(number, target, new Connection(socket));
        } catch (IOException e) {
            if (!socket.isClosed() && e.getMessage() == null) {
                throw new UncheckedIOException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/res";
    }

    /** Path and query of each request. */
    public List<String> targets() {
        return List.copyOf(targets);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : List.copyOf(sockets)) {
            socket.close();
        }
    }
}
