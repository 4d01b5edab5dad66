package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.waybill.House;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;
import org.waybill.report.Period;
import org.waybill.report.Report;
import org.waybill.report.Reports;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;

/** A house that delivers results to two clinics through a web server's folder, and reads what that server logs. */
final class Clinic implements AutoCloseable {

    static final String ROUTE = """
            route: results
            folders: { incoming: incoming, archive: archive }
            transfer: { rule: renamed, unexpected: accept }
            processing: { plaintext: accept, encrypt: { recipients: [keys/archive.pub] } }
            delivery:
              keys: [keys/archive.sec]
              form: plain
              overdue: 7d
              channels:
                web: { folder: www, mode: "0644", folder-mode: "0755" }
              recipients:
                north: { tags: [N], folder: clinics/north }
                south: { tags: [S] }
              rules:
                - { name: clinic, pattern: "(?<tag>[A-Z])-.*" }
            """;

    static final String ACKNOWLEDGEMENT = """
            acknowledgement:
              logs:
                - { name: web, files: logs/access.log*, format: proof, channel: web, url-path: /results }
              own-addresses: [192.0.2.0/24, "2001:db8::/32"]
              users:
                north: [nora]
            """;

    private static final long PATIENCE_SECONDS = 120;

    final Path home;
    final Path log;
    private House house;

    private Clinic(Path home) {
        this.home = home;
        this.log = home.resolve("logs/access.log");
        this.house = House.in(home);
    }

    static Clinic in(Path home) throws IOException {
        return in(home, ACKNOWLEDGEMENT);
    }

    static Clinic in(Path home, String acknowledgement) throws IOException {
        for (String name : List.of("jobs", "keys", "incoming", "archive", "www", "logs")) {
            Files.createDirectories(home.resolve(name));
        }
        try (Crypt4ghSecretKey archive = Crypt4ghSecretKey.generate()) {
            KeyFileWriter.writeSecret(archive, home.resolve("keys/archive.sec"), null);
            KeyFileWriter.writePublic(archive.publicKey(), home.resolve("keys/archive.pub"));
        }
        route(home, acknowledgement);
        return new Clinic(home);
    }

    static void route(Path home, String acknowledgement) throws IOException {
        Files.writeString(home.resolve("jobs/results.yaml"), ROUTE + acknowledgement);
    }

    House house() {
        return house;
    }

    Instant now() {
        return house.bean(InstantSource.class).instant();
    }

    /** Drops files and delivers them; a moment later the house's clock stands at a whole second after that. */
    void deliver(String... names) throws IOException {
        for (String name : names) {
            Files.write(home.resolve("incoming").resolve(name), content(name));
        }
        deliverWhatCame(names.length);
    }

    void deliverWhatCame(int files) throws IOException {
        for (Stage stage : Stage.way()) {
            assertThat(house.run("results", stage).status()).as("%s", stage).isEqualTo(Status.COMPLETED);
        }
        assertThat(house.run("results", Stage.DELIVERY).counts().done()).isEqualTo(files);
        house.pass(Duration.ofMinutes(1));
    }

    static byte[] content(String name) {
        return ("the content of " + name + "\n").repeat(50).getBytes(StandardCharsets.UTF_8);
    }

    static int size(String name) {
        return content(name).length;
    }

    StageResult read() {
        StageResult result = house.run("results", Stage.ACKNOWLEDGEMENT);
        assertThat(result.status()).as("%s", result).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().balanced()).as("%s", result.counts()).isTrue();
        return result;
    }

    /** Starts the command as a scheduler does. */
    Process acknowledge() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of("waybill").toAbsolutePath().toString(),
                        "--home",
                        home.toString(),
                        "run",
                        "results.acknowledgement"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(house.environment());
        return builder.start();
    }

    /**
     * Starts the command, and kills it with SIGKILL as soon as something is seen.
     *
     * @return whether it was killed, and not done before that
     */
    boolean kill(BooleanSupplier seen) throws IOException, InterruptedException {
        Process process = acknowledge();
        while (process.isAlive() && !seen.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        boolean ended = !process.isAlive();
        process.destroyForcibly();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return !ended;
    }

    void log(Line... lines) throws IOException {
        for (Line line : lines) {
            append(log, line.text() + "\n");
        }
    }

    static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** A whole download by the clinic itself, a second after all that was so far. */
    Line get(String path, long bytes) {
        house.pass(Duration.ofSeconds(1));
        return new Line(
                "198.51.100.7", "nora", now(), "GET", path, 200, bytes, bytes + 300, '+', "-", "\"e1\"", "curl/8");
    }

    /** What the report of the last day says, a minute later. */
    Report report() {
        house.pass(Duration.ofMinutes(1));
        return house.bean(Reports.class).of(Period.upTo(now(), now().minus(Duration.ofDays(1))), "waybill");
    }

    List<String> receipts() {
        return rows("""
                select d.placed_as || ' ' || string_agg(r.rung, ' ' order by r.rung)
                from receipt r join delivery d using (delivery_id)
                group by d.placed_as order by d.placed_as""");
    }

    List<String> ignored() {
        return rows("select rule || ' ' || sum(lines) from log_ignored group by rule order by rule");
    }

    /** Lines that were read, of all logs. */
    long lines() {
        return house.jdbc()
                .sql("select coalesce(sum(lines), 0) from log_reading")
                .query(Long.class)
                .single();
    }

    long gaps() {
        return house.jdbc()
                .sql("select count(*) from log_gap")
                .query(Long.class)
                .single();
    }

    List<String> rows(String sql) {
        return house.jdbc().sql(sql).query(String.class).list();
    }

    @Override
    public void close() {
        house.close();
    }
}
