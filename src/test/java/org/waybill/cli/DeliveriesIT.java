package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.FirstStart;
import org.waybill.ledger.postgres.Database;
import org.waybill.stage.Uploads;
import tools.jackson.databind.JsonNode;

/** What an operator sees of deliveries and their receipts, and does about those that need a person. */
class DeliveriesIT {

    private static final String DELIVERY = """
            delivery:
              keys: [keys/archive.sec]
              form: plain
              overdue: 1s
              channels:
                web: { folder: www }
              recipients:
                north: { tags: [N] }
                south: { tags: [S] }
              rules:
                - { name: clinic, pattern: "(?<tag>[A-Z])-.*" }
            """;

    @TempDir
    private Path home;

    private Database server;

    @BeforeEach
    void deliverTwoOfWhichOneIsHeld() throws IOException {
        Uploads uploads = Uploads.in(home, "  rule: renamed\n  unexpected: accept", 128, "accept");
        FirstStart.in(home);
        server = FirstStart.keepUp(home);
        uploads.route(text -> text + DELIVERY);
        uploads.plain("N-1", "for north".getBytes(StandardCharsets.UTF_8));
        uploads.plain("S-2", "for south".getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(home.resolve("www/south"));
        Files.writeString(home.resolve("www/south/S-2"), "somebody else's");

        Called run = waybill("run", "ega");

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.QUARANTINED);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void whatIsHeldIsToldAndSentOnceItIsMended() throws IOException {
        String id = id("south");
        JsonNode open = waybill("runs", "open", "--json").json().get("deliveries");
        assertThat(open.at("/0/reason").asString()).isIn("PLACE_TAKEN", "OVERDUE");
        JsonNode held = open.valueStream()
                .filter(each -> each.get("reason").asString().equals("PLACE_TAKEN"))
                .findFirst()
                .orElseThrow();
        assertThat(held.get("deliveryId").asString()).isEqualTo(id);
        assertThat(held.get("placedAs").asString()).isEqualTo("south/S-2");
        assertThat(held.get("command").asString()).endsWith(" deliveries resend " + id + " --reason TEXT");
        assertThat(waybill("runs", "open").out())
                .contains("1 delivery of ega to south  PLACE_TAKEN", "nothing was replaced", "# south/S-2");
        assertThat(waybill("report").out())
                .contains("1 delivery is held", "deliveries show " + id)
                .containsPattern("ega +south +PLACE_TAKEN +1 ");
        assertThat(waybill("deliveries", "show", id).out())
                .contains("HELD: south/S-2", "cause", "deliveries resend " + id);

        Files.delete(home.resolve("www/south/S-2"));
        Called resent = waybill("deliveries", "resend", id, "--reason", "moved away", "--json");
        assertThat(resent.code()).as(resent.err()).isEqualTo(ExitCode.DONE);
        assertThat(resent.json().at("/0/to").asString()).isEqualTo("PENDING");
        assertThat(resent.err()).contains("run ega.delivery");
        assertThat(waybill("run", "ega.delivery").code()).isEqualTo(ExitCode.DONE);

        assertThat(home.resolve("www/south/S-2")).hasContent("for south");
        assertThat(waybill("runs", "open").out()).doesNotContain("PLACE_TAKEN");
        assertThat(waybill("deliveries", "show", id, "--json")
                        .json()
                        .at("/events")
                        .valueStream())
                .extracting(event -> event.get("to").asString())
                .containsExactly("PENDING", "HELD", "PENDING", "DELIVERED");
    }

    @Test
    void whatNobodyAcknowledgesInTimeNeedsAPerson() {
        String id = id("north");
        Office.await(() -> !waybill("receipts", "--overdue", "--json").json().isEmpty());

        JsonNode receipt = waybill("receipts", "list", "--route", "ega", "--recipient", "north", "--json")
                .json()
                .get(0);
        assertThat(receipt.get("deliveryId").asString()).isEqualTo(id);
        assertThat(receipt.get("rung").asString()).isEqualTo("P0");
        assertThat(receipt.get("overdue").asBoolean()).isTrue();
        assertThat(receipt.get("waitingSeconds").asDouble()).isPositive();
        assertThat(waybill("receipts").out()).containsPattern("north +" + id + " .* P0 .*, overdue +north/N-1 +placed");
        assertThat(waybill("receipts", "--recipient", "south").out()).contains("no receipts");
        assertThat(waybill("receipts", "--since", "+1d").out()).contains("no receipts");
        assertThat(waybill("report").out())
                .contains("1 delivery is not acknowledged in time", "receipts --route ega --recipient north --overdue");
        assertThat(waybill("runs", "open").out())
                .contains("1 delivery of ega to north  OVERDUE", "deliveries resend " + id + " --reason TEXT");
    }

    @Test
    void waybillOfAFileGoesOnToItsRecipients() {
        JsonNode delivery = waybill("files", "show", "N-1", "--json").json().at("/deliveries/0");

        assertThat(delivery.get("id").asString()).isEqualTo(id("north"));
        assertThat(delivery.get("state").asString()).isEqualTo("DELIVERED");
        assertThat(delivery.get("rung").asString()).isEqualTo("P0");
        assertThat(delivery.get("deliveredAt").isNull()).isFalse();
        assertThat(waybill("files", "show", "S-2").out())
                .containsPattern("south +web +south/S-2 +HELD +PLACE_TAKEN")
                .contains("deliveries show DELIVERY");
    }

    @Test
    void recalledFileIsTakenBack() {
        String id = id("north");

        assertThat(waybill("deliveries", "recall", id, "--reason", "wrong clinic")
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(waybill("run", "ega.delivery").code()).isEqualTo(ExitCode.DONE);

        assertThat(home.resolve("www/north/N-1")).doesNotExist();
        assertThat(waybill("deliveries", "list", "--state", "recalled", "--json")
                        .json())
                .hasSize(1);
        assertThat(waybill("deliveries", "resend", id, "--reason", "right after all")
                        .code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void mistakesChangeNothingAndSayWhatToDo() {
        String id = id("north");
        Called unknown = waybill("deliveries", "show", "4711");
        assertThat(unknown.code()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.err()).contains("there is no delivery 4711; see them with: ");
        assertThat(waybill("deliveries", "resend", id, "4711", "--reason", "x").code())
                .isEqualTo(ExitCode.FAILED);
        assertThat(waybill("deliveries", "recall", id).code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(waybill("deliveries", "list", "--state", "lost").code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(waybill("receipts", "--since", "tomorrow").code()).isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(waybill("deliveries", "recall", id, "--reason", "x").code()).isEqualTo(ExitCode.DONE);
        Called twice = waybill("deliveries", "recall", id, "--reason", "x");
        assertThat(twice.code()).isEqualTo(ExitCode.FAILED);
        assertThat(twice.err()).contains("delivery " + id + " is RECALLING; nothing was changed");
        assertThat(waybill("deliveries", "show", id, "--json").json().at("/events"))
                .hasSize(3);
    }

    private String id(String recipient) {
        List<JsonNode> found = waybill("deliveries", "list", "--recipient", recipient, "--json")
                .json()
                .valueStream()
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0).get("id").asString();
    }

    private Called waybill(Object... arguments) {
        return Called.with(
                Stream.concat(Stream.of("--home", home), Stream.of(arguments)).toArray());
    }
}
