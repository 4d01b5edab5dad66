package org.waybill.remote.ega;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Gets one page, however often it must be asked for. */
final class PageDownload {

    private static final int MAX_REDIRECTS = 5;
    private static final String TOTAL_COUNT = "EGA-API-Total-Count"; // of the public metadata API

    private final HttpClient http;
    private final EgaLogin login;
    private final Patience patience;
    private final Patience.Pause pause;
    private final InstantSource clock;
    private final long maxBytes;

    /** The server cannot answer now. */
    private static final class BusyException extends IOException {

        private static final long serialVersionUID = 1L;
        private final @Nullable Duration retryAfter;

        BusyException(int status, @Nullable Duration retryAfter) {
            super("the server answers with status " + status);
            this.retryAfter = retryAfter;
        }
    }

    PageDownload(EgaLogin login, Patience patience, Patience.Pause pause, InstantSource clock, long maxBytes) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // the password must not go elsewhere: see follow
                .connectTimeout(patience.connect())
                .build();
        this.login = login;
        this.patience = patience;
        this.pause = pause;
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    /**
     * @param folder for the file that the answer is written to; only its owner may read it
     * @throws EgaRefusedException if asking again will not help
     */
    EgaPage get(URI uri, Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            // Anew each time: what is left of an attempt that was given up may still be writing.
            Path file = Files.createTempFile(folder, "answer", ".json");
            try {
                return once(uri, file);
            } catch (EgaRefusedException e) {
                throw new EgaRefusedException(EgaAddress.shown(uri) + ": " + e.getMessage());
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                Duration wanted = pauseAfter(attempt, e);
                boolean tooLong = wanted.compareTo(patience.longestPause()) > 0;
                if (attempt == patience.attempts() || tooLong) {
                    String advice = tooLong ? "; it asks for " + wanted.toSeconds() + " seconds of pause" : "";
                    IOException last = new IOException(EgaAddress.shown(uri) + ": " + e.getMessage() + advice
                            + ": run again later (attempt " + attempt + ")");
                    last.addSuppressed(e); // not as its cause: a run tells the innermost one
                    throw last;
                }
                Files.delete(file);
                sleep(wanted);
            }
        }
    }

    private EgaPage once(URI uri, Path file) throws IOException {
        URI asked = uri;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<Path> answer = send(asked, file);
            int status = answer.statusCode();
            if (status == 200 || status == 206) {
                return EgaPage.read(file, status == 206, totalCount(answer.headers()));
            }
            if (status / 100 != 3) {
                throw fault(status, answer.headers());
            }
            asked = follow(asked, answer.headers());
        }
        throw new EgaRefusedException("the server redirects in a circle: check the URL");
    }

    private static OptionalLong totalCount(HttpHeaders headers) {
        return headers.firstValue(TOTAL_COUNT).stream()
                .filter(count -> count.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private HttpResponse<Path> send(URI uri, Path file) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", login.authorization())
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<Path>> answer = http.sendAsync(request, head -> new BoundedBody(file, maxBytes));
        try {
            return answer.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + patience.answer().toSeconds() + " seconds");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof EgaRefusedException refused) {
                throw refused;
            }
            throw new IOException("no whole answer: " + cause, cause);
        }
    }

    private static URI follow(URI from, HttpHeaders headers) throws EgaRefusedException {
        Optional<URI> target = headers.firstValue("Location").flatMap(location -> resolved(from, location));
        if (target.isEmpty() || target.get().getHost() == null) {
            throw new EgaRefusedException("the server redirects to nowhere: check the URL");
        }
        if (!EgaAddress.isSameServer(from, target.get())) {
            throw new EgaRefusedException("the server redirects to "
                    + target.get().getScheme() + "://" + target.get().getHost()
                    + ", which the password is not sent to: if that is right, write it in the URL");
        }
        return target.get();
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            return Optional.of(from.resolve(location));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private IOException fault(int status, HttpHeaders headers) {
        return switch (status) {
            case 401 -> new EgaRefusedException("the user name or the password is not right (status 401)");
            case 403 ->
                new EgaRefusedException(
                        "the account may not see this dataset (status 403): ask its data access committee");
            case 404 -> new EgaRefusedException("there is no such dataset here (status 404): check its id and the URL");
            case 408, 425, 429 -> new BusyException(status, retryAfter(headers));
            default ->
                status >= 500
                        ? new BusyException(status, retryAfter(headers))
                        : new EgaRefusedException("the server answers with status " + status + ": check the URL");
        };
    }

    /** In seconds or as a date (RFC 9110, section 10.2.3); null if not said, or not so. */
    private @Nullable Duration retryAfter(HttpHeaders headers) {
        String written = headers.firstValue("Retry-After").orElse("").strip();
        if (written.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(written));
        }
        try {
            ZonedDateTime then = ZonedDateTime.parse(written, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), then.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Duration pauseAfter(int attempt, IOException why) {
        return why instanceof BusyException busy && busy.retryAfter != null
                ? busy.retryAfter
                : patience.pauseAfter(attempt);
    }

    private void sleep(Duration wanted) throws InterruptedIOException {
        try {
            pause.of(wanted);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for the server");
    }
}
