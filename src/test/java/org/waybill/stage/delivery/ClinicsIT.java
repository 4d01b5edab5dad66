package org.waybill.stage.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;
import org.waybill.remote.sftp.OpenSshServer;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Floor;

/** Results that are dropped into the incoming folder end in the right clinics' folders on a real SSH server. */
class ClinicsIT {

    private static final String ROUTE = """
            route: results
            folders: { incoming: incoming, archive: archive }
            transfer: { rule: renamed, unexpected: accept }
            processing: { plaintext: accept, encrypt: { recipients: [keys/archive.pub] } }
            delivery:
              keys: [keys/archive.sec]
              form: plain
              name: "%s"
              channels:
                clinics:
                  sftp: { host: 127.0.0.1, port: %d, user: "%s", key: keys/login, known-hosts: keys/known_hosts, folder: %s }
                away:
                  sftp: { host: 127.0.0.1, port: %d, user: "%s", key: keys/login, known-hosts: keys/known_hosts, folder: %s }
              recipients:
                remote: { label: bhs, tags: ["99"], channel: away, folder: remote }
              folder-map: folders.csv
              rules:
                - { name: bhs, label: bhs, pattern: '066-(?<tag>[0-9]{2})[0-9]{6}-[0-9].*' }
            """;
    private static final String OWN_NAMES = "{stem}[-v{version}]{ending}";
    private static final String SAME_NAME = "{name}";

    @TempDir
    Path folder;

    private Path home;
    private Path clinics;
    private OpenSshServer server;
    private OpenSshServer away;
    private House house;

    @BeforeEach
    void open() throws Exception {
        server = OpenSshServer.start(Files.createDirectory(folder.resolve("sshd")));
        away = OpenSshServer.start(Files.createDirectory(folder.resolve("away")));
        clinics = Files.createDirectory(folder.resolve("clinics"));
        home = Files.createDirectory(folder.resolve("home"));
        for (String name : List.of("jobs", "keys", "incoming", "archive")) {
            Files.createDirectory(home.resolve(name));
        }
        try (Crypt4ghSecretKey archive = Crypt4ghSecretKey.generate()) {
            KeyFileWriter.writeSecret(archive, home.resolve("keys/archive.sec"), null);
            KeyFileWriter.writePublic(archive.publicKey(), home.resolve("keys/archive.pub"));
        }
        Files.copy(server.userKey(), home.resolve("keys/login"));
        Files.setPosixFilePermissions(home.resolve("keys/login"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                folder.resolve("away/authorized_keys"), Files.readString(folder.resolve("sshd/authorized_keys")));
        Files.writeString(home.resolve("keys/known_hosts"), server.knownHostsLine() + away.knownHostsLine());
        Files.writeString(home.resolve("folders.csv"), """
                base_path,folder,folder_tag,label
                bhs,gaborone,12,bhs
                bhs,molepolole,34,bhs
                """);
        route(OWN_NAMES);
        house = House.in(home);
    }

    @AfterEach
    void close() throws Exception {
        if (house != null) {
            house.close();
        }
        server.close();
        away.close();
    }

    @Test
    void resultsEndInTheFoldersOfTheirClinicsAndCorrectedOnesBesideThem() throws Exception {
        drop("066-12000001-3.pdf", "gaborone's");
        drop("066-34000002-1.pdf", "molepolole's");
        drop("066-55000003-1.pdf", "nobody's");

        assertThat(runAll().counts().done()).isEqualTo(2);

        assertThat(Floor.filesBelow(clinics))
                .containsExactlyInAnyOrder("bhs/gaborone/066-12000001-3.pdf", "bhs/molepolole/066-34000002-1.pdf");
        assertThat(clinics.resolve("bhs/gaborone/066-12000001-3.pdf")).hasContent("gaborone's");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(clinics.resolve("bhs/gaborone/066-12000001-3.pdf"))))
                .isEqualTo("rw-rw----");
        assertThat(states("select state || ' ' || coalesce(reason, '') from data_file order by path"))
                .containsExactly("ARCHIVED ", "ARCHIVED ", "QUARANTINED RECIPIENT_UNKNOWN");
        assertThat(states("select verified_by || ' ' || forced from delivery")).containsOnly("READ_BACK true");

        drop("066-12000001-3.pdf", "gaborone's, corrected");
        assertThat(runAll().counts().done()).isEqualTo(1);

        assertThat(clinics.resolve("bhs/gaborone/066-12000001-3.pdf")).hasContent("gaborone's");
        assertThat(clinics.resolve("bhs/gaborone/066-12000001-3-v2.pdf")).hasContent("gaborone's, corrected");
        assertThat(runAll().counts().found()).isZero();
    }

    @Test
    void aCorrectedResultReplacesTheOneBeforeIfTheRouteSaysSo() throws Exception {
        route(SAME_NAME);
        drop("066-12000001-3.pdf", "first");
        runAll();
        drop("066-12000001-3.pdf", "second");
        runAll();

        assertThat(Floor.filesBelow(clinics)).containsExactly("bhs/gaborone/066-12000001-3.pdf");
        assertThat(clinics.resolve("bhs/gaborone/066-12000001-3.pdf")).hasContent("second");
        assertThat(states("select state from delivery order by delivery_id")).containsExactly("REPLACED", "DELIVERED");
    }

    @Test
    void whatTheClinicPutThereIsNotReplaced() throws Exception {
        Files.createDirectories(clinics.resolve("bhs/gaborone"));
        Files.writeString(clinics.resolve("bhs/gaborone/066-12000001-3.pdf"), "the clinic's own");
        drop("066-12000001-3.pdf", "gaborone's");

        StageResult result = runAll();

        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().quarantined()).isEqualTo(1);
        assertThat(clinics.resolve("bhs/gaborone/066-12000001-3.pdf")).hasContent("the clinic's own");
        assertThat(states("select state || ' ' || reason from delivery")).containsExactly("HELD PLACE_TAKEN");
    }

    @Test
    void aClinicThatCannotBeReachedHoldsUpNoOther() throws Exception {
        away.kill();
        drop("066-99000001-3.pdf", "remote's");
        drop("066-12000001-3.pdf", "gaborone's");

        StageResult failed = runAll();

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.message()).contains("127.0.0.1:" + away.port());
        assertThat(Floor.filesBelow(clinics)).containsExactly("bhs/gaborone/066-12000001-3.pdf");

        away.startAgain();
        assertThat(house.run("results", Stage.DELIVERY).counts().done()).isEqualTo(1);
        assertThat(clinics.resolve("remote/066-99000001-3.pdf")).hasContent("remote's");
    }

    @Test
    void aServerThatIsNotTheKnownOneGetsNothing() throws Exception {
        Files.writeString(
                home.resolve("keys/known_hosts"),
                "[127.0.0.1]:" + server.port() + " " + Files.readString(folder.resolve("away/host_ed25519.pub")));
        drop("066-12000001-3.pdf", "gaborone's");

        StageResult failed = runAll();

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.message())
                .contains("is not the trusted one")
                .contains("SHA256:")
                .contains("ssh-keyscan");
        assertThat(Floor.filesBelow(clinics)).isEmpty();
    }

    @Test
    void manySmallResultsAndALargeOneArriveWhole() throws Exception {
        Random random = new Random(5);
        byte[] large = new byte[5_000_000];
        random.nextBytes(large);
        Files.write(home.resolve("incoming/066-34000000-1.bin"), large);
        for (int i = 0; i < 300; i++) {
            drop("066-12%06d-3.pdf".formatted(i), "result " + i);
        }

        assertThat(runAll().counts().done()).isEqualTo(301);

        assertThat(Files.readAllBytes(clinics.resolve("bhs/molepolole/066-34000000-1.bin")))
                .isEqualTo(large);
        for (int i = 0; i < 300; i++) {
            assertThat(clinics.resolve("bhs/gaborone/066-12%06d-3.pdf".formatted(i)))
                    .hasContent("result " + i);
        }
        assertThat(Floor.filesBelow(clinics)).hasSize(301);
    }

    /** They go together; each of these goes by itself then. */
    @Test
    void ofManySmallResultsOnlyThoseWithSomethingInTheirWayAreHeld() throws Exception {
        for (int i = 0; i < 40; i++) {
            drop("066-12%06d-3.pdf".formatted(i), "result " + i);
        }
        archiveAll();
        Path damaged = archived("066-12000003-3.pdf");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length - 1] ^= 1;
        Files.setPosixFilePermissions(damaged, PosixFilePermissions.fromString("rw-------"));
        Files.write(damaged, bytes);
        Path clinic = Files.createDirectories(clinics.resolve("bhs/gaborone"));
        Files.writeString(clinic.resolve("066-12000017-3.pdf"), "the clinic's own");
        Files.writeString(clinic.resolve("066-12000018-3.pdf"), "result 18"); // as after a crash

        StageResult result = house.run("results", Stage.DELIVERY);

        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().done()).isEqualTo(38);
        assertThat(result.counts().quarantined()).isEqualTo(2);
        assertThat(states("select placed_as || ' ' || reason from delivery where state = 'HELD' order by 1"))
                .containsExactly(
                        "bhs/gaborone/066-12000003-3.pdf ARCHIVE_DAMAGED",
                        "bhs/gaborone/066-12000017-3.pdf PLACE_TAKEN");
        assertThat(clinic.resolve("066-12000017-3.pdf")).hasContent("the clinic's own");
        assertThat(Floor.filesBelow(clinics))
                .filteredOn(name -> !name.endsWith(".part"))
                .hasSize(39)
                .noneMatch(name -> name.contains("000003"));
        assertThat(clinic.resolve("066-12000039-3.pdf")).hasContent("result 39");
    }

    /** Each segment is authentic: only the checksum of the plaintext knows. */
    @Test
    void plaintextWhoseSegmentsWereExchangedIsNotHandedOn() throws Exception {
        byte[] result = new byte[3 * 65_536 + 100];
        new Random(9).nextBytes(result);
        Files.write(home.resolve("incoming/066-12000001-3.bin"), result);
        archiveAll();
        Path archived = archived("066-12000001-3.bin");
        byte[] bytes = Files.readAllBytes(archived);
        int segment = 65_536 + 28;
        int body = bytes.length - 3 * segment - 128;
        byte[] exchanged = bytes.clone();
        System.arraycopy(bytes, body, exchanged, body + segment, segment);
        System.arraycopy(bytes, body + segment, exchanged, body, segment);
        Files.setPosixFilePermissions(archived, PosixFilePermissions.fromString("rw-------"));
        Files.write(archived, exchanged);

        house.run("results", Stage.DELIVERY);

        assertThat(states("select reason || ' ' || (select detail from delivery_event e where e.to_state = 'HELD')"
                        + " from delivery"))
                .singleElement()
                .asString()
                .startsWith("ARCHIVE_DAMAGED expected sha256");
        assertThat(clinics.resolve("bhs/gaborone/066-12000001-3.bin")).doesNotExist();
    }

    private Path archived(String name) throws IOException {
        String file = Floor.filesBelow(home.resolve("archive")).stream()
                .filter(each -> each.contains(name))
                .findFirst()
                .orElseThrow();
        return home.resolve("archive").resolve(file);
    }

    private void route(String name) throws IOException {
        String user = System.getProperty("user.name");
        Files.writeString(
                home.resolve("jobs/results.yaml"),
                ROUTE.formatted(name, server.port(), user, clinics, away.port(), user, clinics));
    }

    private void drop(String name, String text) throws IOException {
        Files.writeString(home.resolve("incoming").resolve(name), text, StandardCharsets.UTF_8);
    }

    /** @return what came of the delivery */
    private StageResult runAll() {
        archiveAll();
        return house.run("results", Stage.DELIVERY);
    }

    private void archiveAll() {
        for (Stage stage : Stage.way()) {
            assertThat(house.run("results", stage).status()).as("%s", stage).isEqualTo(Status.COMPLETED);
        }
    }

    private List<String> states(String sql) {
        return house.jdbc().sql(sql).query(String.class).list();
    }
}
