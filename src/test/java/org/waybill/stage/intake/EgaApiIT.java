package org.waybill.stage.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.House;
import org.waybill.ledger.Selection;
import org.waybill.run.Counts;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.FreshRoute;
import org.waybill.stage.Uploads;

/** Intake of one dataset from the EGA API, over HTTP with a password. */
class EgaApiIT {

    private static final String DATASET = "EGAD00000000001";
    private static final String PASSWORD = "not-to-be-shown";

    @TempDir
    static Path home;

    private static House house;

    private final List<String> asked = new ArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private FreshRoute route;

    private record Answer(int status, String body) {}

    @BeforeAll
    static void openHouse() throws IOException {
        Uploads.in(home);
        secret(home.resolve("keys/ega-user"), "reader");
        secret(home.resolve("keys/ega-password"), PASSWORD);
        house = House.in(home);
    }

    @AfterAll
    static void closeHouse() {
        house.close();
    }

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        route = FreshRoute.in(
                house, """
                  ega-api:
                    url: http://127.0.0.1:%d/datasets/{dataset}/files
                    username: file:keys/ega-user
                    password: file:keys/ega-password
                """.formatted(server.getAddress().getPort()).stripTrailing(), "  quiet-for: 5m");
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private static void secret(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text + "\n");
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Retry-After", "0");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private StageResult intake() {
        return route.run(Stage.INTAKE, new Selection(DATASET, List.of()));
    }

    private static String list() throws IOException {
        return Files.readString(Path.of("src/test/resources/manifest/ega-v1.json"));
    }

    @Test
    void takesTheDatasetThatIsAskedFor() throws IOException {
        answers.add(new Answer(200, list()));
        StageResult result = intake();
        assertThat(result.message()).isNull();
        assertThat(result.counts()).isEqualTo(new Counts(3, 1, 2, 0, 0, 0));
        assertThat(route.query("select path, declared_size_plain from data_file where route = :route"))
                .containsExactly("a.bam|1000");
        String login = Base64.getEncoder().encodeToString(("reader:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(asked).containsExactly("/datasets/" + DATASET + "/files Basic " + login);
        assertThat(route.folder("manifests")).isDirectoryContaining("glob:**/" + DATASET + ".json");
    }

    @Test
    void asksOnce() throws IOException {
        answers.add(new Answer(200, list()));
        intake();
        assertThat(intake().counts()).isEqualTo(Counts.NONE);
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksNothingWithoutADataset() {
        assertThat(route.run(Stage.INTAKE).counts()).isEqualTo(Counts.NONE);
        assertThat(asked).isEmpty();
    }

    @Test
    void asksAgainWhereTheServerIsBroken() throws IOException {
        answers.add(new Answer(500, ""));
        answers.add(new Answer(200, list()));
        assertThat(intake().counts().done()).isEqualTo(1);
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"401, password is not right", "403, may not see this dataset", "404, no such dataset", "200, is empty"})
    void failsAndTakesNothingWhereTheServerRefuses(int status, String message) throws IOException {
        answers.add(new Answer(status, ""));
        StageResult result = intake();
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.message()).contains(message).doesNotContain(PASSWORD);
        assertThat(asked).hasSize(1);
        assertThat(route.query("select count(*) from manifest where route = :route"))
                .containsExactly("0");
        try (var left = Files.list(route.folder("manifests"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void replacesNoManifestByTheServersList() throws IOException {
        Path kept = route.manifest(DATASET + ".json", "[]");
        answers.add(new Answer(200, list()));
        StageResult result = intake();
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.message()).contains("differs from the manifest of this dataset that lies there already");
        assertThat(kept).hasContent("[]");
    }

    @Test
    void takesNoDatasetThatLeadsElsewhere() {
        StageResult result = route.run(Stage.INTAKE, new Selection("../" + DATASET, List.of()));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.message()).contains("cannot be the name of a file");
        assertThat(asked).isEmpty();
    }
}
