package org.waybill.remote.res;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault of a server that is cut off, stalls, resets or lies: told right, and never taken for the end. */
@Timeout(30)
class ResClientTest {

    private static final String KEY = "sEcret+k/ä y=&%€";
    private static final String KEY_IN_URL = "sEcret%2Bk%2F%C3%A4%20y%3D%26%25%E2%82%AC";
    private static final String PATH = "/archive/subject 4711.cip";
    private static final Patience PATIENCE = patience(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private static final byte[] CONTENT = "a file's content".getBytes(UTF_8);

    private final List<Duration> pauses = new ArrayList<>();
    private final StringBuffer log = new StringBuffer();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Logger clientLogger = Logger.getLogger("jdk.httpclient.HttpClient");
    private final Handler canary = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            log.append(entry.getLoggerName())
                    .append(" ")
                    .append(entry.getLevel())
                    .append(": ")
                    .append(entry.getMessage());
            for (Object parameter : entry.getParameters() == null ? new Object[0] : entry.getParameters()) {
                log.append(' ').append(parameter);
            }
            if (entry.getThrown() != null) {
                log.append(trace(entry.getThrown()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listenToEveryLog() {
        canary.setLevel(Level.ALL);
        clientLogger.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(canary);
    }

    @AfterEach
    void noLogHoldsTheKey() {
        over.countDown();
        Logger.getLogger("").removeHandler(canary);
        clientLogger.setLevel(null);
        assertThat(showsSecret(log.toString()))
                .as("a log holds the key: %s", log)
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8_191, 65_536, 5_000_000})
    void everyByteArrivesWhateverTheReadSize(int readSize) throws IOException {
        byte[] content = new byte[readSize == 1 ? 100_000 : 3_000_001];
        new Random(5).nextBytes(content);
        try (FakeRes res = new FakeRes((number, target, connection) -> {
                    connection.text(FakeRes.CHUNKED);
                    Random random = new Random(6);
                    for (int at = 0; at < content.length; ) {
                        int size = Math.min(content.length - at, 1 + random.nextInt(100_000));
                        connection.chunk(Arrays.copyOfRange(content, at, at + size));
                        at += size;
                    }
                    connection.end();
                });
                ResInputStream in = open(res)) {
            byte[] got = new byte[content.length];
            int total = 0;
            byte[] buffer = new byte[readSize];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                System.arraycopy(buffer, 0, got, total, count);
                total += count;
            }
            assertThat(got).isEqualTo(content);
            assertThat(in.count()).isEqualTo(content.length);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void theKeyAndThePathAreEncodedInTheQuery() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.file(CONTENT));
                ResInputStream in = open(res)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            assertThat(res.targets())
                    .singleElement()
                    .asString()
                    .matches("/res/file\\?filePath=%2Farchive%2Fsubject%204711\\.cip&fileSize=32&id=[0-9a-f]{32}"
                            + "&sourceFormat=aes256&sourceKey=" + KEY_IN_URL + "&destinationFormat=plain");
            assertThat(URI.create(res.targets().get(0)).getQuery()).contains("sourceKey=" + KEY);
        }
    }

    @Test
    void theServiceEncryptsToo() throws IOException {
        ResRequest request = new ResRequest(
                "s3://bucket/a",
                9,
                ResSide.of(ResFormat.PLAIN),
                ResSide.of(ResFormat.AES128, KEY.toCharArray()),
                false);
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.file(CONTENT));
                ResInputStream in = client(res.url() + "//", PATIENCE).open(request)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            assertThat(res.targets())
                    .singleElement()
                    .asString()
                    .matches("/res/file\\?filePath=s3%3A%2F%2Fbucket%2Fa&fileSize=9&id=[0-9a-f]{32}&sourceFormat=plain"
                            + "&destinationFormat=aes128&destinationKey=" + KEY_IN_URL);
        }
    }

    /** The service keeps what it read of a file under the id, for ten minutes, whatever became of the file. */
    @Test
    void noTwoRequestsHaveTheSameId() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.file(CONTENT))) {
            for (int i = 0; i < 20; i++) {
                open(res).close();
            }
            assertThat(res.targets()).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void theHeartbeatIsAskedForWithoutAKey() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.file(CONTENT))) {
            assertThat(client(res.url(), PATIENCE).heartbeat()).isEmpty();
            assertThat(res.targets()).containsExactly("/res/stats/load");
        }
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.status(404))) {
            assertThat(client(res.url(), PATIENCE).heartbeat())
                    .hasValueSatisfying(told -> assertThat(told).contains("status 404"));
        }
        assertThat(client("http://127.0.0.1:1", PATIENCE).heartbeat())
                .hasValueSatisfying(told -> assertThat(told).contains("ConnectException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"in a chunk", "between chunks", "in a size", "with a length", "by a reset"})
    void aCutIsNeverTheEnd(String where) throws IOException {
        CountDownLatch begun = new CountDownLatch(1);
        try (FakeRes res = new FakeRes((number, target, connection) -> {
                    connection.text(
                            where.equals("with a length")
                                    ? "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + new String(CONTENT, UTF_8)
                                    : FakeRes.CHUNKED);
                    if (!where.equals("with a length")) {
                        connection.chunk(CONTENT);
                    }
                    begun.await(); // a reset may overtake what was sent before
                    switch (where) {
                        case "in a chunk" -> connection.text("10\r\nabc");
                        case "in a size" -> connection.text("1");
                        case "by a reset" -> connection.reset();
                        default -> {}
                    }
                });
                ResInputStream in = open(res)) {
            begun.countDown();
            assertTold(in::readAllBytes, IOException.class)
                    .hasMessageContaining("did not send the file to its end")
                    .hasMessageContaining("the connection broke");
            assertThat(in.count()).isGreaterThanOrEqualTo(CONTENT.length);
            assertTold(in::read, IOException.class).hasMessageContaining("after " + in.count() + " bytes");
            assertTold(in::read, IOException.class);
            assertThat(res.targets())
                    .as("nothing is asked for again once a byte has come")
                    .hasSize(1);
            assertThat(pauses).isEmpty();
        }
    }

    @Test
    void aStallIsNeverTheEnd() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> {
                    connection.text(FakeRes.CHUNKED);
                    connection.chunk(CONTENT);
                    over.await();
                });
                ResInputStream in = open(res, Duration.ofSeconds(10), Duration.ofMillis(400))) {
            assertThat(in.readNBytes(CONTENT.length)).isEqualTo(CONTENT);
            assertTold(in::read, IOException.class).hasMessageContaining("after 16 bytes nothing came for 0.4 seconds");
            assertTold(in::read, IOException.class).hasMessageContaining("nothing came");
            assertThat(res.targets()).hasSize(1);
        }
    }

    /** Slower than the patience in all, but never silent for so long. */
    @Test
    void aSlowServerIsWaitedFor() throws IOException {
        Duration patience = Duration.ofSeconds(3);
        AtomicLong sent = new AtomicLong();
        try (FakeRes res = new FakeRes((number, target, connection) -> {
                    long begin = System.nanoTime();
                    connection.text(FakeRes.CHUNKED);
                    while (System.nanoTime() - begin < patience.toNanos() * 5 / 4) {
                        connection.chunk(CONTENT);
                        sent.addAndGet(CONTENT.length);
                        over.await(50, TimeUnit.MILLISECONDS);
                    }
                    connection.end();
                });
                ResInputStream in = open(res, patience, patience)) {
            assertThat(in.readAllBytes().length).isEqualTo(sent.get());
            assertThat(res.targets()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"503", "500", "429", "408", "silence", "head only", "reset", "nothing", "cut"})
    void asksAgainBeforeTheFirstByte(String fault) throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> {
                    if (number == 3) {
                        connection.file(CONTENT);
                    } else {
                        fail(fault, connection);
                    }
                });
                ResInputStream in = open(res, Duration.ofSeconds(isSilent(fault) ? 3 : 10), Duration.ofSeconds(10))) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            assertThat(res.targets()).hasSize(3);
            List<Duration> all = List.of(Duration.ofSeconds(4), Duration.ofSeconds(8));
            // After a reset the JDK may ask once more by itself.
            assertThat(pauses).isEqualTo(fault.equals("reset") ? all.subList(0, pauses.size()) : all);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "503, status 503",
        "500, status 500",
        "silence, no answer within 0.7 seconds",
        "head only, for 0.7 seconds|within 0.7 seconds",
        "reset, no answer",
        "nothing, answers with nothing",
        "cut, the connection broke"
    })
    void givesUpAfterTheLastAttempt(String fault, String told) throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> fail(fault, connection))) {
            Duration answer = isSilent(fault) ? Duration.ofMillis(700) : Duration.ofSeconds(10);
            assertTold(() -> open(res, answer, answer), IOException.class)
                    .isNotInstanceOf(ResRefusedException.class)
                    .hasMessageContaining(res.url())
                    .satisfies(e -> assertThat(e.getMessage()).containsPattern(told))
                    .hasMessageContaining("run again later")
                    .hasMessageContaining("attempt 3");
            assertThat(pauses).hasSize(2);
        }
    }

    private static boolean isSilent(String fault) {
        return fault.equals("silence") || fault.equals("head only");
    }

    private void fail(String fault, FakeRes.Connection connection) throws IOException, InterruptedException {
        switch (fault) {
            case "silence" -> over.await();
            case "head only" -> {
                connection.text(FakeRes.CHUNKED);
                over.await();
            }
            case "reset" -> connection.reset();
            case "nothing" -> {
                connection.text(FakeRes.CHUNKED);
                connection.end();
            }
            case "cut" -> {
                connection.text(FakeRes.CHUNKED + "10");
                TimeUnit.MILLISECONDS.sleep(300); // else the JDK may see the end before it has told of the head
            }
            default -> connection.status(Integer.parseInt(fault));
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "'Thu, 01 Jan 2026 00:00:09 GMT', 9", "soon, 4"})
    void waitsAsLongAsTheServiceAsksFor(String retryAfter, int seconds) throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> {
                    if (number == 1) {
                        connection.status(503, "Retry-After: " + retryAfter);
                    } else {
                        connection.file(CONTENT);
                    }
                });
                ResInputStream in = open(res)) {
            assertThat(in.read()).isEqualTo('a');
            assertThat(pauses).containsExactly(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void doesNotWaitForHours() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.status(429, "Retry-After: 3600"))) {
            assertTold(() -> open(res), IOException.class).hasMessageContaining("asks for 3600 seconds");
            assertThat(pauses).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, check the formats",
        "401, ask who runs it",
        "403, ask who runs it",
        "404, no such file",
        "302, redirects",
        "307, redirects",
        "206, check the URL",
        "204, check the URL",
        "418, check the URL"
    })
    void whatDoesNotGetBetterIsRefusedAtOnce(int status, String advice) throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.status(status))) {
            assertTold(() -> open(res), ResRefusedException.class)
                    .hasMessageContaining("status " + status)
                    .hasMessageContaining(advice)
                    .satisfies(
                            e -> assertThat(((ResRefusedException) e).status()).isEqualTo(status));
            assertThat(res.targets()).hasSize(1);
        }
    }

    @Test
    void theKeyIsNotSentElsewhere() throws IOException {
        try (FakeRes other = new FakeRes((number, target, connection) -> connection.file(CONTENT));
                FakeRes res = new FakeRes((number, target, connection) ->
                        connection.status(308, "Location: " + other.url() + "/file?sourceKey=" + KEY_IN_URL))) {
            assertTold(() -> open(res), ResRefusedException.class).hasMessageContaining("redirects");
            assertThat(other.targets()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/html;charset=utf-8, (text/html)",
        "application/json, (application/json)",
        "sourceKey=" + KEY_IN_URL + ", (another kind)"
    })
    void aPageIsNoFile(String type, String told) throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> {
            connection.text(FakeRes.CHUNKED.replace("application/octet-stream", type));
            connection.chunk("<html>error</html>".getBytes(UTF_8));
            connection.end();
        })) {
            assertTold(() -> open(res), ResRefusedException.class).hasMessageContaining(told);
        }
    }

    @Test
    void anAnswerWhoseCutWouldLookLikeItsEndIsRefused() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) ->
                connection.text("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\nabc"))) {
            assertTold(() -> open(res), ResRefusedException.class).hasMessageContaining("neither chunks nor a length");
        }
    }

    @Test
    void nothingIsBelievedOnlyWhereNothingIsExpected() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> fail("nothing", connection));
                ResInputStream in = client(res.url(), PATIENCE)
                        .open(new ResRequest(PATH, 32, aes(), ResSide.of(ResFormat.PLAIN), true))) {
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.count()).isZero();
        }
    }

    @Test
    void aServerThatIsNotThereIsAWorldlyFault() {
        assertTold(() -> client("http://127.0.0.1:1", PATIENCE).open(request()), IOException.class)
                .isNotInstanceOf(ResRefusedException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("ConnectException");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void aStreamThatIsClosedGivesItsConnectionUp() throws Exception {
        CountDownLatch gaveUp = new CountDownLatch(1);
        try (FakeRes res = new FakeRes((number, target, connection) -> {
            connection.text(FakeRes.CHUNKED);
            try {
                while (true) {
                    connection.chunk(new byte[100_000]);
                }
            } catch (IOException e) {
                gaveUp.countDown();
            }
        })) {
            ResInputStream in = open(res);
            assertThat(in.readNBytes(1_000)).hasSize(1_000);
            in.close();
            assertThat(gaveUp.await(10, TimeUnit.SECONDS)).isTrue();
            assertTold(in::read, IOException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void anInterruptEndsTheWaiting() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> over.await())) {
            Thread.currentThread().interrupt();
            assertTold(() -> open(res), InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        try (FakeRes res = new FakeRes((number, target, connection) -> {
                    connection.text(FakeRes.CHUNKED);
                    connection.chunk(CONTENT);
                    over.await();
                });
                ResInputStream in = open(res)) {
            assertThat(in.readNBytes(CONTENT.length)).hasSize(CONTENT.length);
            Thread.currentThread().interrupt();
            assertTold(in::read, InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertTold(in::read, IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk.httpclient.HttpClient.log", "jdk.internal.httpclient.debug"})
    void nothingIsSentWhereJavaLogsRequests(String property) throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.file(CONTENT))) {
            ResClient client = client(res.url(), PATIENCE);
            client.open(request()).close(); // the JDK reads these properties once; it shall not find them set
            System.setProperty(property, "requests");
            assertTold(() -> client.open(request()), ResRefusedException.class).hasMessageContaining(property);
            assertThat(res.targets()).hasSize(1);
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void nothingShowsTheKeyOrThePath() throws IOException {
        try (FakeRes res = new FakeRes((number, target, connection) -> connection.file(CONTENT));
                ResInputStream in = open(res)) {
            for (Object shown : List.of(
                    client(res.url(), PATIENCE), new ResAddress(res.url(), false), request(), aes(), in, PATIENCE)) {
                assertThat(showsSecret(shown.toString())).as(shown.toString()).isFalse();
            }
        }
        ResAddress address = new ResAddress("https://res.example", false);
        ResSide side = aes();
        side.destroy();
        assertThatThrownBy(() -> address.of(new ResRequest(PATH, 32, side, ResSide.of(ResFormat.PLAIN), false), "1"))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(e -> assertThat(showsSecret(trace(e))).isFalse());
    }

    /** The control: what would leak is seen by the eyes that look for leaks. */
    @Test
    void aLeakWouldBeSeen() {
        URI url = new ResAddress("https://res.example", false).of(request(), "1");

        assertThat(showsSecret(trace(new IOException("x", new IOException("no answer from " + url)))))
                .isTrue();
        assertThat(showsSecret(KEY)).isTrue();
        assertThat(showsSecret(URLEncoder.encode(KEY, UTF_8))).isTrue();
        assertThat(showsSecret(PATH)).isTrue();
        clientLogger.fine("REQUEST: " + url);
        assertThat(showsSecret(log.toString())).isTrue();
        log.setLength(0);
    }

    private static boolean showsSecret(String text) {
        return text.contains("sEcret") || text.contains("4711") || text.contains("sourceKey=");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertTold(
            ThrowingCallable call, Class<? extends IOException> kind) {
        return assertThatThrownBy(call)
                .isInstanceOf(kind)
                .satisfies(e -> assertThat(showsSecret(trace(e))).as(trace(e)).isFalse());
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private ResInputStream open(FakeRes res, Duration answer, Duration idle) throws IOException {
        return client(res.url(), patience(answer, idle)).open(request());
    }

    private static Patience patience(Duration answer, Duration idle) {
        return new Patience(Duration.ofSeconds(10), answer, idle, 3, Duration.ofSeconds(4), Duration.ofMinutes(1));
    }

    private ResInputStream open(FakeRes res) throws IOException {
        return client(res.url(), PATIENCE).open(request());
    }

    private ResClient client(String url, Patience patience) {
        Instant newYear = Instant.parse("2026-01-01T00:00:00Z");
        return new ResClient(new ResAddress(url, false), patience, pauses::add, () -> newYear);
    }

    private static ResRequest request() {
        return new ResRequest(PATH, 32, aes(), ResSide.of(ResFormat.PLAIN), false);
    }

    private static ResSide aes() {
        return ResSide.of(ResFormat.AES256, KEY.toCharArray());
    }
}
