package org.waybill.remote.res;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.waybill.remote.res.ResAnswer.BusyException;

/** Asks the re-encryption service for files. Safe for use by several threads. */
public final class ResClient {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ResAddress address;
    private final Patience patience;
    private final Patience.Pause pause;
    private final InstantSource clock;
    private final HttpClient http;

    public ResClient(ResAddress address) {
        this(address, Patience.USUAL, ResClient::sleep, InstantSource.system());
    }

    public ResClient(ResAddress address, Patience patience, Patience.Pause pause, InstantSource clock) {
        this.address = address;
        this.patience = patience;
        this.pause = pause;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // the key must not go elsewhere
                .connectTimeout(patience.connect())
                .build();
    }

    /**
     * Has a file read and sent; returns when its first byte has come. The stream is the caller's, who closes it and
     * <b>compares length and digest of what came</b>: the end of the stream proves nothing.
     *
     * @throws ResRefusedException if a person must act first; the message says how
     * @throws IOException if the service could not be reached or sent nothing, often enough
     */
    public ResInputStream open(ResRequest request) throws IOException {
        refuseWhereRequestsAreLogged();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(request);
            } catch (ResRefusedException e) {
                throw new ResRefusedException(e.status(), address + ": " + e.getMessage());
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                Duration wanted = pauseAfter(attempt, e);
                boolean tooLong = wanted.compareTo(patience.longestPause()) > 0;
                if (attempt == patience.attempts() || tooLong) {
                    String advice = tooLong ? "; it asks for " + wanted.toSeconds() + " seconds of pause" : "";
                    throw new IOException(address + ": " + e.getMessage() + advice
                            + ": run again later, and look into the service's own log (attempt " + attempt + ")");
                }
                sleepOrStop(wanted);
            }
        }
    }

    /**
     * Asks once whether the service is there; no key is sent.
     *
     * @return what is wrong; empty if it answers as it should
     */
    public Optional<String> heartbeat() {
        try {
            int status = send(address.heartbeat(), BodyHandlers.discarding(), HEARTBEAT)
                    .statusCode();
            return status == 200
                    ? Optional.empty()
                    : Optional.of(
                            "it answers with status " + status + " where its heartbeat should be, at /stats/load");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while waiting for it");
        }
    }

    /** These properties of the JDK write every URL to the log or to standard error. */
    private static void refuseWhereRequestsAreLogged() throws ResRefusedException {
        boolean logged = Stream.of("jdk.httpclient.HttpClient.log", "jdk.internal.httpclient.debug")
                .map(property -> System.getProperty(property, ""))
                .anyMatch(value -> !value.isBlank() && !value.equals("false"));
        if (logged) {
            throw new ResRefusedException(
                    0,
                    "Java is told to log HTTP requests, which would show the key of the re-encryption service: start it"
                            + " without jdk.httpclient.HttpClient.log and jdk.internal.httpclient.debug");
        }
    }

    private ResInputStream once(ResRequest request) throws IOException {
        ResBody body = new ResBody();
        boolean opened = false;
        try {
            HttpResponse<ResBody> answer = send(request, body);
            ResAnswer.requireFile(answer.statusCode(), answer.headers(), clock);
            Optional<ByteBuffer> first = body.next(patience.answer());
            if (first.isEmpty() && !request.mayBeEmpty()) {
                throw new IOException("the service answers with nothing, as it does where it fails");
            }
            opened = true;
            return new ResInputStream(body, first.orElse(ByteBuffer.allocate(0)), patience.idle());
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            if (!opened) {
                body.close();
            }
        }
    }

    /** No exception of the client's goes up, not as a cause either: each may hold the URL. */
    private HttpResponse<ResBody> send(ResRequest request, ResBody body) throws IOException, InterruptedException {
        byte[] id = new byte[16];
        RANDOM.nextBytes(id);
        return send(address.of(request, HexFormat.of().formatHex(id)), head -> body, patience.answer());
    }

    private <T> HttpResponse<T> send(URI address, BodyHandler<T> body, Duration patience)
            throws IOException, InterruptedException {
        HttpRequest asked = HttpRequest.newBuilder(address).build();
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(asked, body);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + patience.toMillis() / 1_000.0 + " seconds");
        } catch (ExecutionException e) {
            throw new IOException("no answer: " + Fault.told(e.getCause() == null ? e : e.getCause()));
        } finally {
            answer.cancel(true); // does nothing once it is there
        }
    }

    private Duration pauseAfter(int attempt, IOException why) {
        Duration asked = why instanceof BusyException busy ? busy.retryAfter() : null;
        return asked != null ? asked : patience.pauseAfter(attempt);
    }

    private void sleepOrStop(Duration wanted) throws InterruptedIOException {
        try {
            pause.of(wanted);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for the re-encryption service");
    }

    private static void sleep(Duration duration) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    }

    @Override
    public String toString() {
        return "re-encryption service " + address;
    }
}
