package org.waybill.remote.ping;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** Tells a monitor of one thing that is done again and again. Safe for use by several threads. */
public final class PingClient {

    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(4);
    private static final int TRIES = 2;

    private final URI check;
    private final Duration patience;
    private final HttpClient http;

    /** What can be told; and what the address of each has behind that of the success. */
    public enum Signal {
        START("/start"),
        SUCCESS(""),
        FAIL("/fail");

        private final String path;

        Signal(String path) {
            this.path = path;
        }
    }

    /** @param check the address of the check: http or https; it is never told to anybody, since who knows it can ping */
    public PingClient(URI check) {
        this(check, USUAL_PATIENCE);
    }

    PingClient(URI check, Duration patience) {
        this.check = check;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    /**
     * Sends a ping, twice at most.
     *
     * @param run the same for the start and the end of one
     * @param words kept by the monitor with the ping
     * @throws IOException if no answer says that it was taken; the message does not hold the address
     */
    public void send(Signal signal, UUID run, String words) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(signal, run))
                .timeout(patience)
                .POST(BodyPublishers.ofString(words))
                .build();
        for (int attempt = 1; ; attempt++) {
            String fault = fault(request);
            if (fault.isEmpty()) {
                return;
            }
            if (attempt == TRIES) {
                throw new IOException(fault);
            }
        }
    }

    /** Why the monitor did not take it; empty if it did. What Java says is not passed on: the address may stand in it. */
    private String fault(HttpRequest request) throws InterruptedException {
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300 ? "" : "the answer is HTTP " + status;
        } catch (IOException e) {
            return "there is no answer (" + e.getClass().getSimpleName() + ")";
        }
    }

    private URI address(Signal signal, UUID run) {
        String path = check.getRawPath() == null ? "" : check.getRawPath().replaceFirst("/+$", "");
        String query = check.getRawQuery() == null ? "" : check.getRawQuery() + "&";
        return URI.create(
                check.getScheme() + "://" + check.getRawAuthority() + path + signal.path + "?" + query + "rid=" + run);
    }
}
