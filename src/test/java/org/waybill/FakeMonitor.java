package org.waybill;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A monitor on this machine that writes down its pings, and answers as told. */
public final class FakeMonitor implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());

    /** @param target path and query */
    public record Received(String method, String target, String words) {

        public String path() {
            return target.replaceFirst("\\?.*", "");
        }

        /** The id that binds an end to its start. */
        public String rid() {
            return target.replaceFirst(".*[?&]rid=", "");
        }
    }

    /** @param status what to answer to the request of a number, from 1; 0: to close the connection without a word */
    public FakeMonitor(IntUnaryOperator status) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                received.add(new Received(
                        exchange.getRequestMethod(), exchange.getRequestURI().toString(), words));
                int answer = status.applyAsInt(received.size());
                if (answer > 0) {
                    exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
                    exchange.sendResponseHeaders(answer, -1);
                }
            }
        });
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
