package org.waybill.stage.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.format.crypt4gh.Crypt4ghInputStream;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;
import org.waybill.ledger.Selection;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.delivery.Deliveries;
import org.waybill.ledger.delivery.DeliveryState;
import org.waybill.route.RouteFiles;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.run.Counts;
import org.waybill.run.Plan;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/** Each file reaches just whom the rules say, once, whole, in the form that the recipient is to get. */
class DeliveryJobIT {

    private static final String DELIVERY = """
            delivery:
              keys: [keys/archive.sec]
              channels:
                web: { folder: www, mode: "0644" }
              recipients:
                north: { tags: [N], form: plain, folder: clinics/north }
                south: { tags: [S], form: recipient-key, key: keys/south.pub }
                vault: { form: archived }
              rules:
                - { name: clinic, pattern: "(?<tag>[A-Z])-.*" }
                - { name: backup, pattern: "backup.*", to: [vault] }
            """;

    @TempDir
    Path home;

    private Uploads uploads;
    private House house;

    @BeforeEach
    void open() throws IOException {
        uploads = Uploads.in(home);
        Files.createDirectories(home.resolve("www"));
        try (Crypt4ghSecretKey south = Crypt4ghSecretKey.generate()) {
            KeyFileWriter.writeSecret(south, home.resolve("keys/south.sec"), null);
            KeyFileWriter.writePublic(south.publicKey(), home.resolve("keys/south.pub"));
        }
        uploads.route(text -> text + DELIVERY);
        house = House.in(home);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void eachRecipientGetsItsFilesInItsForm() throws Exception {
        archived("D", "N-1", "S-2", "backup-3");

        assertDone(deliver(), 3);

        assertThat(Files.readAllBytes(placed("clinics/north/N-1"))).isEqualTo(plain("N-1"));
        assertThat(opened("south/S-2.c4gh", "keys/south.sec")).isEqualTo(plain("S-2"));
        assertThat(opened("vault/backup-3.c4gh", "keys/archive.sec")).isEqualTo(plain("backup-3"));
        assertThat(Files.readAllBytes(placed("vault/backup-3.c4gh")))
                .isEqualTo(Files.readAllBytes(home.resolve("archive/D/backup-3.c4gh")));
        assertThat(Floor.filesBelow(home.resolve("www"))).hasSize(3);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(placed("clinics/north/N-1"))))
                .isEqualTo("rw-r--r--");
        assertThat(rows("select recipient, rule, state, verified_by from delivery order by recipient"))
                .containsExactly(
                        "north|clinic, tag N|DELIVERED|READ_BACK",
                        "south|clinic, tag S|DELIVERED|READ_BACK",
                        "vault|backup|DELIVERED|READ_BACK");
        assertThat(rows("select sha256 from delivery where recipient = 'north'"))
                .containsExactly(Uploads.sha256(plain("N-1")));
        assertThat(rows("""
                select d.recipient, string_agg(e.to_state, ' ' order by e.event_id)
                from delivery d join delivery_event e on e.delivery_id = d.delivery_id
                group by d.recipient order by d.recipient""")).allMatch(row -> row.endsWith("PENDING DELIVERED"));
    }

    @Test
    void nothingIsSentTwice() throws Exception {
        archived("D", "N-1");
        assertDone(deliver(), 1);
        Files.delete(placed("clinics/north/N-1"));

        assertDone(deliver(), 0);

        assertThat(placed("clinics/north/N-1")).doesNotExist();
    }

    @Test
    void whatNobodyIsToGetWaitsForAPerson() throws Exception {
        archived("D", "letter", "X-1", "N-1");

        StageResult result = deliver();

        assertThat(result.counts()).isEqualTo(new Counts(3, 1, 2, 0, 0, plain("N-1").length));
        assertThat(rows("select path, state, held_state, reason from data_file order by path"))
                .containsExactly(
                        "N-1|ARCHIVED|null|null",
                        "X-1|QUARANTINED|ARCHIVED|RECIPIENT_UNKNOWN",
                        "letter|QUARANTINED|ARCHIVED|RECIPIENT_UNKNOWN");
        assertThat(Floor.filesBelow(home.resolve("www"))).containsExactly("clinics/north/N-1");
    }

    @Test
    void whatStandsThereAlreadyIsNeverReplaced() throws Exception {
        archived("D", "N-1", "N-2");
        Files.createDirectories(placed("clinics/north"));
        Files.writeString(placed("clinics/north/N-1"), "somebody else's");

        StageResult result = deliver();

        assertThat(result.counts()).isEqualTo(new Counts(2, 1, 1, 0, 0, plain("N-2").length));
        assertThat(placed("clinics/north/N-1")).hasContent("somebody else's");
        assertThat(rows("select state, reason from delivery order by delivery_id"))
                .containsExactly("HELD|PLACE_TAKEN", "DELIVERED|null");

        Files.delete(placed("clinics/north/N-1"));
        set(1, DeliveryState.HELD, DeliveryState.PENDING);
        assertDone(deliver(), 1);
        assertThat(Files.readAllBytes(placed("clinics/north/N-1"))).isEqualTo(plain("N-1"));
    }

    @Test
    void whatWasPlacedBeforeACrashCountsAsPlaced() throws Exception {
        archived("D", "N-1");
        Files.createDirectories(placed("clinics/north"));
        Files.write(placed("clinics/north/N-1"), plain("N-1"));

        assertDone(deliver(), 1);

        assertThat(Files.readAllBytes(placed("clinics/north/N-1"))).isEqualTo(plain("N-1"));
    }

    @Test
    void aDamagedArchiveIsNeverHandedOn() throws Exception {
        archived("D", "N-1", "S-2", "backup-3", "N-4");
        for (String file : List.of("N-1", "S-2", "backup-3")) {
            Path archived = home.resolve("archive/D/" + file + ".c4gh");
            byte[] bytes = Files.readAllBytes(archived);
            bytes[bytes.length - 20] ^= 1;
            Files.setPosixFilePermissions(archived, PosixFilePermissions.fromString("rw-------"));
            Files.write(archived, bytes);
        }

        StageResult result = deliver();

        assertThat(result.counts()).isEqualTo(new Counts(4, 1, 3, 0, 0, plain("N-4").length));
        assertThat(Floor.filesBelow(home.resolve("www"))).containsExactly("clinics/north/N-4");
        assertThat(rows("select distinct reason from delivery where state = 'HELD'"))
                .containsExactly("ARCHIVE_DAMAGED");
    }

    @Test
    void aRecalledFileIsTakenBackUnlessItIsNotOursAnyMore() throws Exception {
        archived("D", "N-1", "N-2");
        assertDone(deliver(), 2);
        Files.writeString(placed("clinics/north/N-2"), "edited");
        set(1, DeliveryState.DELIVERED, DeliveryState.RECALLING);
        set(2, DeliveryState.DELIVERED, DeliveryState.RECALLING);

        StageResult result = deliver();

        assertThat(result.counts().done()).isEqualTo(1);
        assertThat(result.counts().quarantined()).isEqualTo(1);
        assertThat(placed("clinics/north/N-1")).doesNotExist();
        assertThat(placed("clinics/north/N-2")).hasContent("edited");
        assertThat(rows("select state, reason from delivery order by delivery_id"))
                .containsExactly("RECALLED|null", "HELD|NOT_OURS_ANY_MORE");
    }

    @Test
    void twoFilesMayNotHaveOnePlace() throws Exception {
        archived("D", "a/N-1", "b/N-1");

        StageResult result = deliver();

        assertThat(result.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, plain("a/N-1").length));
        assertThat(Files.readAllBytes(placed("clinics/north/N-1"))).isEqualTo(plain("a/N-1"));
        assertThat(rows("select state, reason from delivery order by delivery_id"))
                .containsExactly("DELIVERED|null", "HELD|PLACE_TAKEN");
    }

    @Test
    void onlyWhatIsAskedForIsSent() throws Exception {
        archived("D", "N-1", "N-2");

        assertDone(house.run("ega", Stage.DELIVERY, new Selection(null, List.of("N-2"))), 1);

        assertThat(Floor.filesBelow(home.resolve("www"))).containsExactly("clinics/north/N-2");
    }

    @Test
    void thePlanSaysWhereEachFileWouldGoAndWhy() throws Exception {
        archived("D", "N-1", "letter");

        Plan plan = house.bean(Runner.class).plan(new RouteFiles(home).named("ega"), Stage.DELIVERY, Selection.ALL);

        assertThat(plan.actions())
                .extracting(Plan.Action::action)
                .containsExactly(
                        "send to north as clinics/north/N-1, by rule clinic, tag N",
                        "quarantine, RECIPIENT_UNKNOWN: expected a rule that fits, found none of 2");
        assertThat(rows("select count(*) from delivery")).containsExactly("0");
    }

    @Test
    void aChannelWhoseFolderIsNotThereIsRefusedAtTheStart() throws Exception {
        archived("D", "N-1");
        Files.delete(home.resolve("www"));

        assertThatThrownBy(this::deliver)
                .isInstanceOf(InvalidRouteException.class)
                .hasMessageContaining("delivery.channels.web.folder")
                .hasMessageContaining("make it, or mount what it is on");
    }

    @Test
    void aRouteWithoutRecipientsIsToldSoAndNotPlanned() throws Exception {
        uploads.route(text -> text.replace(DELIVERY, ""));

        assertThatThrownBy(() ->
                        house.bean(Runner.class).plan(new RouteFiles(home).named("ega"), Stage.DELIVERY, Selection.ALL))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessageContaining("delivery: is missing, so nobody gets the archived files");
        assertThatThrownBy(this::deliver).isInstanceOf(InvalidRouteException.class);
    }

    private StageResult deliver() {
        return house.run("ega", Stage.DELIVERY);
    }

    private static void assertDone(StageResult result, int files) {
        assertThat(result.status()).as("%s", result).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().done()).isEqualTo(files);
        assertThat(result.counts().found()).isEqualTo(files);
    }

    private void set(long delivery, DeliveryState from, DeliveryState to) {
        assertThat(house.bean(Deliveries.class)
                        .set(delivery, from, to, "BY_HAND", "test", new Stamp(Instant.EPOCH, null, "me")))
                .isTrue();
    }

    private void archived(String dataset, String... names) throws IOException {
        StringBuilder manifest = new StringBuilder();
        for (String name : names) {
            uploads.crypt4gh(name + ".c4gh", plain(name));
            manifest.append(Uploads.sha256(plain(name)))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        uploads.manifest(dataset + ".sha256", manifest.toString());
        Stage.way().forEach(stage -> assertThat(house.run("ega", stage).counts().done())
                .as("%s", stage)
                .isEqualTo(names.length));
    }

    private static byte[] plain(String name) {
        return ("the content of " + name).repeat(9_000).getBytes(StandardCharsets.UTF_8);
    }

    private Path placed(String path) {
        return home.resolve("www").resolve(path);
    }

    private byte[] opened(String path, String key) throws IOException {
        try (Crypt4ghSecretKey secret = KeyFileReader.readSecret(home.resolve(key), null);
                Crypt4ghInputStream in = new Crypt4ghInputStream(Files.newInputStream(placed(path)), List.of(secret))) {
            return in.readAllBytes();
        }
    }

    private List<String> rows(String sql) {
        return house.jdbc()
                .sql(sql)
                .query((row, n) -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        line.append(i > 1 ? "|" : "").append(row.getString(i));
                    }
                    return line.toString();
                })
                .list();
    }
}
