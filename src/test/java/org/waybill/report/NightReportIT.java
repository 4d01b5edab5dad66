package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.waybill.House;
import org.waybill.cli.Output;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Night;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.postgres.Database;
import org.waybill.report.html.HtmlReport;

/** The report of a night that is over is the same, to the byte, whenever it is asked for. */
class NightReportIT {

    private static final LocalDate NIGHT = LocalDate.of(2026, 7, 1);
    private static final String PROGRAM = "./waybill";

    @TempDir
    private Path home;

    private House house;

    @BeforeEach
    void open() throws Exception {
        house = Night.in(home);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void isTheSameAfterLaterNights() throws Exception {
        endTheLastRun();
        Map<String, String> then = forms();

        laterNights();

        assertThat(forms()).isEqualTo(then);
        assertThat(house.bean(Reports.class)
                        .of(Period.upTo(house.bean(InstantSource.class).instant(), Night.BEGIN), PROGRAM))
                .as("what the later nights have changed")
                .extracting(Report::verdict)
                .isNotEqualTo(report().verdict());
    }

    @Test
    void isTheSameInAnotherProcess() throws Exception {
        endTheLastRun();

        for (Map.Entry<String, String> form : forms().entrySet()) {
            assertThat(asked(form.getKey())).isEqualTo(form.getValue());
        }
    }

    @Test
    void tellsEachFileAsItWasAtTheEndOfTheNight() throws Exception {
        endTheLastRun();
        laterNights();

        Map<String, ?> ega = report().rows("conservation").get(0);
        assertThat(ega.values().stream().map(String::valueOf).limit(10))
                .containsExactly("ega", "5", "3", "2", "1", "2", "0", "1", "1", "0");
        assertThat(report().rows("differences").stream().map(row -> row.get("fileId") + " " + row.get("state")))
                .containsExactly("2 QUARANTINED", "4 PROCESSED", "1 HELD", "3 EXPECTED", "5 EXPECTED", "6 ARRIVED");
    }

    @Test
    void sumsOfTheSectionsAgree() {
        report().rows("conservation").forEach(route -> {
            String name = String.valueOf(route.get("route"));
            assertThat(number(route, "files")).isEqualTo(number(route, "archived") + notArchived(name));
            assertThat(number(route, "quarantined"))
                    .isEqualTo(report().rows("quarantinedFiles").stream()
                            .filter(row -> name.equals(row.get("route")))
                            .mapToLong(row -> number(row, "files"))
                            .sum());
            assertThat(number(route, "lost")).isZero();
            assertThat(number(route, "deliveries"))
                    .isEqualTo(number(route, "delivered") + number(route, "toDeliver") + number(route, "held"));
            for (String column : List.of("delivered", "held", "acknowledged")) {
                assertThat(number(route, column)).as(column).isEqualTo(sum("deliveries", name, column));
            }
            assertThat(number(route, "toDeliver")).isEqualTo(sum("deliveries", name, "pending"));
            assertThat(number(route, "held")).isEqualTo(sum("heldDeliveries", name, "deliveries"));
            assertThat((long) of("overdueReceipts", name).size()).isEqualTo(sum("deliveries", name, "overdue"));
        });
    }

    /** What is found in logs later, of a time however early, is not in the report of a night before. */
    @Test
    void tellsEachDeliveryAsItWasKnownAtTheEndOfTheNight() throws Exception {
        endTheLastRun();
        laterNights();

        assertThat(report().rows("conservation").get(0))
                .containsEntry("deliveries", 4L)
                .containsEntry("delivered", 2L)
                .containsEntry("acknowledged", 1L)
                .containsEntry("toDeliver", 1L)
                .containsEntry("held", 1L)
                .containsEntry("toAcknowledge", 1L)
                .containsEntry("newlyDelivered", 2L)
                .containsEntry("newlyAcknowledged", 1L);
        assertThat(report().rows("overdueReceipts").stream()
                        .map(row -> row.get("recipient") + " " + row.get("highestRung")))
                .containsExactly("partner P1");
        Report after = house.bean(Reports.class).of(Period.night(NIGHT.plusDays(3), ZoneId.of("UTC")), PROGRAM);
        assertThat(after.rows("conservation").get(0))
                .containsEntry("deliveries", 4L)
                .containsEntry("delivered", 2L)
                .containsEntry("toDeliver", 2L)
                .containsEntry("held", 0L)
                .containsEntry("newlyAcknowledged", 1L);
        assertThat(after.rows("overdueReceipts").stream().map(row -> row.get("recipient")))
                .containsExactly("north", "vault");
    }

    @Test
    void namesWhatToDoAboutDeliveries() {
        assertThat(report().findings())
                .contains(
                        new Report.Finding(
                                "1 delivery of route ega to vault held: PLACE_TAKEN", "./waybill deliveries show 2"),
                        new Report.Finding(
                                "1 delivery of route ega to partner not acknowledged in time, the first one placed 2026-07-02T05:59:40Z",
                                "./waybill receipts --route ega --recipient partner --overdue"));
    }

    @Test
    void archivedFileOfWhichNobodyHasDecidedIsMissingFromDelivered() {
        house.jdbc().sql("""
                        update data_file set state = 'ARCHIVED' where file_id = 4;
                        insert into file_event (file_id, at, from_state, to_state, reason, detail, run_id, actor)
                        values (4, '2026-07-02T05:59:56Z', 'PROCESSED', 'ARCHIVED', 'ARCHIVED', '', 5, 'archive')
                        """).update();

        assertThat(report().rows("differences").stream()
                        .filter(row -> Objects.equals(row.get("fileId"), 4L))
                        .map(row -> row.get("missingFrom") + " " + row.get("state")))
                .containsExactly("delivered ARCHIVED");
    }

    @Test
    void fileWithoutAnEventIsLost() {
        house.jdbc()
                .sql(
                        "insert into data_file (route, path, state, expected_at) values ('ega', 'x', 'EXPECTED', '2026-07-01T19:00:00Z')")
                .update();

        assertThat(report().rows("conservation").get(0))
                .containsEntry("lost", 1L)
                .containsEntry("files", 6L);
        assertThat(report().rows("differences").get(0))
                .containsEntry("path", "x")
                .containsEntry("state", null);
        assertThat(report().verdict()).contains("1 file is lost");
    }

    @Test
    void nightThatIsNotOverSaysSo() {
        LocalDate tonight = LocalDate.ofInstant(
                house.bean(InstantSource.class).instant().minus(Duration.ofHours(12)), ZoneOffset.UTC);

        Report report = house.bean(Reports.class).of(Period.night(tonight, ZoneOffset.UTC), PROGRAM);

        assertThat(report.complete()).isFalse();
        assertThat(report.remarks().get(0)).startsWith("This night is not over: it ends ");
    }

    @Test
    void nightWithARunThatHasNotEndedSaysSo() throws Exception {
        assertThat(report().complete()).isFalse();
        assertThat(report().remarks().get(0))
                .isEqualTo("Run 5 of ega.archive has not ended: what it does may still change this report.");

        endTheLastRun();

        assertThat(report().complete()).isTrue();
    }

    @Test
    void whatAPersonDecidedInTimeNeedsNobody() throws Exception {
        endTheLastRun();
        long event = house.jdbc()
                .sql("select event_id from file_event where file_id = 2 and to_state = 'QUARANTINED'")
                .query(Long.class)
                .single();
        decide("run_id", 6, "2026-07-02T11:00:00Z");
        decide("event_id", event, "2026-07-02T13:00:00Z");

        assertThat(report().verdict()).doesNotContain("failed").contains("1 file waits in quarantine");
        assertThat(report().rows("failedRuns").get(1)).containsEntry("decision", "ACKNOWLEDGED");
        Report next = house.bean(Reports.class).of(Period.night(NIGHT.plusDays(1), ZoneId.of("UTC")), PROGRAM);
        assertThat(next.verdict()).doesNotContain("waits in quarantine");
        assertThat(next.rows("quarantinedFiles").get(0))
                .containsEntry("files", 1L)
                .containsEntry("undecided", 0L);
    }

    private void decide(String about, long id, String at) {
        house.jdbc()
                .sql("insert into decision (" + about + ", kind, why, decided_by, decided_at)"
                        + " values (:id, 'ACKNOWLEDGED', 'seen', 'ada', cast(:at as timestamptz))")
                .param("id", id)
                .param("at", at)
                .update();
    }

    @Test
    void lastsFromNoonToNoonByTheClockOfItsZone() {
        Period change = Period.night(LocalDate.of(2026, 3, 28), ZoneId.of("Europe/Oslo"));

        assertThat(change.since()).isEqualTo("2026-03-28T11:00:00Z");
        assertThat(change.until()).isEqualTo("2026-03-29T10:00:00Z");
    }

    private void endTheLastRun() throws Exception {
        house.jdbc().sql("""
                        update run
                        set status = 'COMPLETED', found = 2, done = 1, pending = 1, ended_at = '2026-07-02T06:01:00Z'
                        where run_id = 5
                        """).update();
    }

    private void laterNights() throws Exception {
        Ledger ledger = house.bean(Ledger.class);
        Stamp now = new Stamp(house.bean(InstantSource.class).instant(), null, "ada");
        assertThat(ledger.readmit(2, "it was right", now)).contains(FileState.ARRIVED);
        assertThat(ledger.set(1, FileState.ARCHIVED, FileState.EXPECTED, "send it again", now))
                .isTrue();
        assertThat(ledger.set(4, FileState.PROCESSED, FileState.ARRIVED, "process it again", now))
                .isTrue();
        assertThat(ledger.move(new Ledger.Move(3, FileState.EXPECTED, FileState.QUARANTINED, "MISSING", "gone"), now))
                .isTrue();
        try (var connection = house.bean(Database.class).openConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("ledger/later-nights.sql"));
        }
    }

    private Report report() {
        return house.bean(Reports.class).of(Period.night(NIGHT, ZoneId.of("UTC")), PROGRAM);
    }

    /** As the command prints them. */
    private Map<String, String> forms() throws IOException {
        Report report = report();
        StringWriter html = new StringWriter();
        HtmlReport.write(report, PROGRAM, html);
        StringWriter csv = new StringWriter();
        CsvReport.write(report, csv);
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("text", TextReport.of(report, PROGRAM));
        forms.put("html", html.toString());
        forms.put("csv", csv.toString());
        forms.put("json", Output.toJson(report) + "\n");
        return forms;
    }

    private String asked(String form) throws IOException, InterruptedException {
        Path output = home.resolve("report." + form);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.timezone=Pacific/Auckland",
                        "-Duser.language=tr",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.waybill.cli.Waybill",
                        "--home",
                        home.toString(),
                        "report",
                        "--night",
                        NIGHT.toString(),
                        "--format",
                        form)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(house.environment());
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private List<Map<String, @Nullable Object>> of(String section, String route) {
        return report().rows(section).stream()
                .filter(row -> route.equals(row.get("route")))
                .toList();
    }

    private long sum(String section, String route, String column) {
        return of(section, route).stream().mapToLong(row -> number(row, column)).sum();
    }

    private long notArchived(String route) {
        return of("differences", route).stream()
                .filter(row -> !"delivered".equals(row.get("missingFrom")))
                .count();
    }

    private static long number(Map<String, ?> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : -1;
    }
}
