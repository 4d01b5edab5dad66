package org.waybill.remote.ega;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgaMetadataClientTest {

    private static final String PASSWORD = "s3cret-pässword";
    private static final String BASIC = Base64.getEncoder().encodeToString(("user:" + PASSWORD).getBytes(UTF_8));
    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), 3, Duration.ofSeconds(4), Duration.ofMinutes(1));
    private static final String ONE_FILE = " [ {\"fileId\":\"EGAF1\"} ]\n";

    private final List<Duration> pauses = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void oneArrayIsWrittenByteForByte() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(exchange, 200, ONE_FILE))) {
            assertThat(fetch(ega)).isEqualTo(1);
            assertThat(target()).hasContent(ONE_FILE);
            assertThat(Files.getPosixFilePermissions(target())).hasSize(2);
            assertThat(ega.requests()).containsExactly("/datasets/EGAD%2F1/files");
            assertThat(ega.authorizations()).containsExactly("Basic " + BASIC);
        }
    }

    @Test
    void aListInsideAnObjectIsWrittenByteForByte() throws IOException {
        String answer = "{\"header\":{\"code\":\"200\"},\"response\":{\"result\":[{\"a\":[{}]},{}]}}";
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(exchange, 200, answer))) {
            assertThat(fetch(ega)).isEqualTo(2);
            assertThat(target()).hasContent(answer);
        }
    }

    @Test
    void thePagesOfThePublicMetadataBecomeOneArrayOfUnchangedElements() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> sendPage(exchange, 2_345, 10, 1_000, true, true))) {
            assertThat(fetch(ega)).isEqualTo(2_345);
            assertThat(elementsOf(target())).isEqualTo(elements(0, 2_345));
            assertThat(ega.requests()).hasSize(4).last().asString().endsWith("?limit=1000&offset=2010");
        }
    }

    @Test
    void aServerThatSaysOnlyThatMoreFollowsIsAskedForAll() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> sendPage(exchange, 57, 10, 20, true, false))) {
            assertThat(fetch(ega)).isEqualTo(57);
            assertThat(elementsOf(target())).isEqualTo(elements(0, 57));
        }
    }

    @Test
    void aFullPageIsNotTakenForTheWholeListThoughTheServerSaysNothing() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> sendPage(exchange, 11, 10, 1_000, false, false))) {
            assertThat(fetch(ega)).isEqualTo(11);
            assertThat(elementsOf(target())).isEqualTo(elements(0, 11));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"same list again", "404", "empty list"})
    void aListThatOnlyLooksLikeAFullPageIsWrittenByteForByte(String answerToMore) throws IOException {
        String list = "[" + elements(0, 10) + "]";
        try (FakeEga ega = new FakeEga((number, exchange) -> {
            if (number == 1 || answerToMore.startsWith("same")) {
                FakeEga.send(exchange, 200, list);
            } else if (answerToMore.equals("404")) {
                FakeEga.send(exchange, 404, "");
            } else {
                FakeEga.send(exchange, 200, "[]");
            }
        })) {
            assertThat(fetch(ega)).isEqualTo(10);
            assertThat(target()).hasContent(list);
        }
    }

    @Test
    void pagesThatEndBeforeTheAnnouncedNumberAreRefused() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(
                exchange, 206, number < 3 ? "[{\"n\":" + number + "}]" : "[]", Map.of("EGA-API-Total-Count", "9")))) {
            assertFails(ega).hasMessageContaining("lists 2 files").hasMessageContaining("more");
        }
    }

    @Test
    void anAnnouncementThatIsNoNumberCountsAsNone() throws IOException {
        try (FakeEga ega = new FakeEga(
                (number, exchange) -> FakeEga.send(exchange, 200, ONE_FILE, Map.of("EGA-API-Total-Count", "many")))) {
            assertThat(fetch(ega)).isEqualTo(1);
        }
    }

    @Test
    void pagesWithoutEndAreRefused() throws IOException {
        String filler = "x".repeat(100_000);
        try (FakeEga ega = new FakeEga((number, exchange) ->
                FakeEga.send(exchange, 206, "[{\"n\":" + number + ",\"filler\":\"" + filler + "\"}]"))) {
            assertFails(ega).isInstanceOf(EgaRefusedException.class).hasMessageContaining("does not end");
        }
    }

    @Test
    void aServerThatIgnoresTheOffsetIsNoticed() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(exchange, 206, ONE_FILE))) {
            assertFails(ega).hasMessageContaining("does not give them");
        }
    }

    @Test
    void moreFilesThanAnnouncedAreRefused() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) ->
                FakeEga.send(exchange, 200, number == 1 ? "[{}]" : "[{},{}]", Map.of("EGA-API-Total-Count", "2")))) {
            assertFails(ega).hasMessageContaining("announces 2 files and lists 3");
        }
    }

    @ParameterizedTest
    @CsvSource({"401, password", "403, data access committee", "404, no such dataset", "400, URL", "410, URL"})
    void aRefusalSaysWhatToDoAndIsNotRepeated(int status, String advice) throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(exchange, status, "echo " + PASSWORD))) {
            assertFails(ega)
                    .isInstanceOf(EgaRefusedException.class)
                    .hasMessageContaining(String.valueOf(status))
                    .hasMessageContaining(advice);
            assertThat(ega.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><title>Log in</title>",
                "\n<html>",
                "",
                "  ",
                "[]",
                "{\"response\":{\"result\":[]}}",
                "[\"EGAD1\"]",
                "hello",
                "[{}] [{}]",
                "[{\"a\":tru}]",
                "17",
                "null"
            })
    void anAnswerThatIsNoListIsRefused(String body) throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(exchange, 200, body))) {
            assertFails(ega).isInstanceOf(EgaRefusedException.class);
            assertThat(ega.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void aBusyServerIsAskedAgainAfterPausesThatGrow(int status) throws IOException {
        try (FakeEga ega = new FakeEga(
                (number, exchange) -> FakeEga.send(exchange, number < 3 ? status : 200, number < 3 ? "" : ONE_FILE))) {
            assertThat(fetch(ega)).isEqualTo(1);
            assertThat(pauses).containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(8));
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "'Thu, 01 Jan 2026 00:00:09 GMT', 9", "'Wed, 31 Dec 2025 00:00:00 GMT', 0", "soon, 4"})
    void thePauseThatTheServerAsksForIsKept(String retryAfter, long seconds) throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(
                exchange, number == 1 ? 429 : 200, number == 1 ? "" : ONE_FILE, Map.of("Retry-After", retryAfter)))) {
            fetch(ega);
            assertThat(pauses).containsExactly(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void aPauseBeyondTheBoundEndsTheRunInsteadOfHoldingIt() throws IOException {
        try (FakeEga ega =
                new FakeEga((number, exchange) -> FakeEga.send(exchange, 503, "", Map.of("Retry-After", "86400")))) {
            assertFails(ega)
                    .hasMessageContaining("86400 seconds")
                    .hasMessageContaining("run again later")
                    .hasNoCause();
            assertThat(pauses).isEmpty();
        }
    }

    @Test
    void aServerThatStaysBusyIsGivenUp() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(exchange, 500, ""))) {
            assertFails(ega).isNotInstanceOf(EgaRefusedException.class).hasMessageContaining("attempt 3");
            assertThat(ega.requests()).hasSize(3);
        }
    }

    @Test
    void aBodyShorterThanItsLengthIsFetchedAgain() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> {
            if (number == 1) {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write(ONE_FILE.getBytes(UTF_8));
                exchange.getResponseBody().flush();
                throw new IOException("the connection breaks");
            }
            FakeEga.send(exchange, 200, ONE_FILE);
        })) {
            assertThat(fetch(ega)).isEqualTo(1);
            assertThat(ega.requests()).hasSize(2);
            assertThat(target()).hasContent(ONE_FILE);
        }
    }

    @Test
    void jsonThatEndsInTheMiddleIsFetchedAgainAndThenGivenUp() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(exchange, 200, "[{\"fileId\":\"EGAF1\"},"))) {
            assertFails(ega).hasMessageContaining("ends in the middle");
            assertThat(ega.requests()).hasSize(3);
        }
    }

    @Test
    void aSilentServerIsNotWaitedForWithoutEnd() throws IOException {
        Patience brief = new Patience(Duration.ofSeconds(5), Duration.ofMillis(200), 1, Duration.ZERO, Duration.ZERO);
        CountDownLatch givenUp = new CountDownLatch(1);
        try (FakeEga ega = new FakeEga((number, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            awaitQuietly(givenUp);
        })) {
            assertThatThrownBy(() ->
                            client(ega.url("/{dataset}"), brief, 1_000_000).fetch("D", target()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no whole answer within");
            givenUp.countDown();
        }
    }

    @Test
    void aServerThatIsNotThereIsAWorldlyFault() {
        assertThatThrownBy(() ->
                        client("http://127.0.0.1:1/{dataset}", PATIENCE, 1_000).fetch("D", target()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(EgaRefusedException.class)
                .hasMessageContaining("127.0.0.1:1");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void aBodyBeyondTheBoundIsRefused() throws IOException {
        try (FakeEga ega =
                new FakeEga((number, exchange) -> FakeEga.send(exchange, 200, "[" + elements(0, 10_000) + "]"))) {
            assertThatThrownBy(() ->
                            client(ega.url("/{dataset}"), PATIENCE, 50_000).fetch("D", target()))
                    .isInstanceOf(EgaRefusedException.class)
                    .hasMessageContaining("50000 bytes");
            assertNothingLeft();
        }
    }

    @Test
    void aRedirectOnTheSameServerIsFollowed() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(
                exchange, number == 1 ? 308 : 200, number == 1 ? "" : ONE_FILE, Map.of("Location", "/other?x=1")))) {
            assertThat(fetch(ega)).isEqualTo(1);
            assertThat(ega.requests()).last().isEqualTo("/other?x=1");
        }
    }

    @Test
    void thePasswordIsNotSentToAnotherServer() throws IOException {
        try (FakeEga other = new FakeEga((number, exchange) -> FakeEga.send(exchange, 200, ONE_FILE));
                FakeEga ega = new FakeEga((number, exchange) ->
                        FakeEga.send(exchange, 302, "", Map.of("Location", other.url("/steal?token=" + PASSWORD))))) {
            assertFails(ega).isInstanceOf(EgaRefusedException.class).hasMessageContaining("redirects");
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "::", "mailto:x", ""})
    void aRedirectToNowhereIsRefused(String location) throws IOException {
        try (FakeEga ega =
                new FakeEga((number, exchange) -> FakeEga.send(exchange, 302, "", Map.of("Location", location)))) {
            assertFails(ega).isInstanceOf(EgaRefusedException.class).hasMessageContaining("redirects");
        }
    }

    @Test
    void anInterruptEndsTheWaiting() throws IOException {
        try (FakeEga ega = new FakeEga((number, exchange) -> FakeEga.send(exchange, 500, ""))) {
            EgaMetadataClient client = new EgaMetadataClient(
                    new EgaAddress(ega.url("/{dataset}"), false),
                    login(),
                    PATIENCE,
                    duration -> {
                        throw new InterruptedException();
                    },
                    () -> Instant.EPOCH,
                    1_000);
            assertThatThrownBy(() -> client.fetch("D", target())).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aLoginShowsNothingAndForgetsItsPassword() {
        EgaLogin login = login();
        assertThat(login.toString()).doesNotContain(PASSWORD).doesNotContain("user");
        login.destroy();
        assertThat(login.isDestroyed()).isTrue();
        assertThatThrownBy(login::authorization).isInstanceOf(IllegalStateException.class);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(FakeEga ega) throws IOException {
        AbstractThrowableAssert<?, ? extends Throwable> failure = assertThatThrownBy(() -> fetch(ega))
                .isInstanceOf(IOException.class)
                .satisfies(e -> {
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain(PASSWORD, BASIC, "s3cret");
                });
        assertNothingLeft();
        return failure;
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private long fetch(FakeEga ega) throws IOException {
        long files = client(ega.url("/datasets/{dataset}/files"), PATIENCE, 1_000_000)
                .fetch("EGAD/1", target());
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(target());
        }
        return files;
    }

    private Path target() {
        return folder.resolve("list.json");
    }

    private EgaMetadataClient client(String url, Patience patience, long maxBytes) {
        Instant newYear = Instant.parse("2026-01-01T00:00:00Z");
        return new EgaMetadataClient(
                new EgaAddress(url, false), login(), patience, pauses::add, () -> newYear, maxBytes);
    }

    private static EgaLogin login() {
        return new EgaLogin("user", PASSWORD.toCharArray());
    }

    private static void sendPage(
            HttpExchange exchange, int total, int usualPage, int maxPage, boolean says206, boolean saysTotal)
            throws IOException {
        int limit = Math.min(maxPage, parameter(exchange, "limit", usualPage));
        int offset = parameter(exchange, "offset", 0);
        int end = Math.min(total, offset + limit);
        Map<String, String> headers = saysTotal ? Map.of("EGA-API-Total-Count", String.valueOf(total)) : Map.of();
        FakeEga.send(exchange, says206 && end < total ? 206 : 200, "[\n" + elements(offset, end) + "\n]\n", headers);
    }

    private static int parameter(HttpExchange exchange, String name, int otherwise) {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        return Stream.of(query.split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> Integer.parseInt(parameter.substring(name.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }

    private static String elements(int from, int to) {
        return IntStream.range(from, Math.max(from, to))
                .mapToObj(i -> "{ \"accession_id\" : \"EGAFé" + i + "\" , \"n\": [{}, 1.50] }")
                .collect(Collectors.joining(","));
    }

    private static String elementsOf(Path list) throws IOException {
        String text = Files.readString(list);
        assertThat(text).startsWith("[").endsWith("]");
        return text.substring(1, text.length() - 1).replace("\n", "");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
