package org.waybill.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/** Invariants hold after a good run; and each of them turns red when just that is broken, so that they can be believed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvariantsIT {

    private static final String PASSPHRASE = "CANARY-of-the-passphrase-77ab";
    private static final List<String> CANARIES = List.of(Shipments.CANARY, PASSPHRASE);

    private Path home;
    private House house;
    private Uploads uploads;

    @BeforeAll
    void run(@TempDir Path folder) throws IOException {
        home = folder;
        uploads = Uploads.in(home);
        uploads.secret("keys/other-password", (PASSPHRASE + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        uploads.route(route -> route.replace("file:keys/aes", "file:keys/other-password"));
        Shipments.send(home, uploads, 1, 20);
        house = House.in(home);
        house.runAll("ega");
        Shipments.send(home, uploads, 2, 10);
        for (Stage stage : List.of(Stage.INTAKE, Stage.TRANSFER, Stage.PROCESSING)) {
            house.run("ega", stage);
        }
    }

    @AfterAll
    void close() {
        house.close();
    }

    @Test
    void holdAfterRunsThatNobodyDisturbed() {
        assertThat(violations()).isEmpty();
        assertThat(new Floor(house).fates().values())
                .contains("ARCHIVED", "PROCESSED", "PLAIN_CHECKSUM_MISMATCH", "DAMAGED");
    }

    @Test
    void noticeAFlippedByteInTheArchive() throws IOException {
        Path file = someArchived();
        byte[] bytes = Files.readAllBytes(file);
        flipLast(bytes);
        Files.write(file, bytes);
        assertThat(violations()).anyMatch(violation("I1")).anyMatch(violation("I2"));
        flipLast(bytes);
        Files.write(file, bytes);
        holdAfterRunsThatNobodyDisturbed();
    }

    @Test
    void noticeAFileThatTheLedgerDoesNotKnow() throws IOException {
        breaks("I1", home.resolve("archive/D1/stranger.c4gh"), "bytes");
    }

    @Test
    void noticeWhatNobodyVerifiedAtAnyTime() throws IOException {
        assertThat(violationsAnyTime(house.jdbc()
                        .sql("select plain_sha256 from data_file where state = 'ARCHIVED'")
                        .query(String.class)
                        .set()))
                .isEmpty();
        assertThat(violationsAnyTime(Set.of())).anyMatch(violation("I1"));
        Path file = Files.write(home.resolve("archive/D1/stranger.c4gh"), new byte[100]);
        assertThat(violationsAnyTime(Set.of())).anyMatch(text -> text.startsWith("I1 D1/stranger.c4gh"));
        Files.delete(file);
    }

    @Test
    void noticeAnArchivedFileThatIsGone() throws IOException {
        Path file = someArchived();
        Path aside = Files.move(file, home.resolve("aside"));
        assertThat(violations()).anyMatch(violation("I2"));
        Files.move(aside, file);
        holdAfterRunsThatNobodyDisturbed();
    }

    @Test
    void noticeAnInputThatIsInTwoPlaces() throws IOException {
        String id = Floor.filesBelow(home.resolve("incoming/.waybill/received")).get(0);
        breaks("I3", home.resolve("incoming/.waybill/quarantine").resolve(id), "copy");
    }

    @Test
    void noticeAnInputThatWasTakenAndLiesThereToo() throws IOException {
        breaks("I3", home.resolve("incoming/batch1/file0.c4gh"), "copy");
    }

    @Test
    void noticeARunThatCountsOtherThanItsEvents() {
        sql("update run set found = found + 1, done = done + 1 where stage = 'archive'");
        assertThat(violations()).anyMatch(violation("I5"));
        sql("update run set found = found - 1, done = done - 1 where stage = 'archive'");
        holdAfterRunsThatNobodyDisturbed();
    }

    @Test
    void noticeACanaryInAFile() throws IOException {
        breaks("I7", home.resolve("run.log"), "decrypted to " + Shipments.CANARY);
    }

    @Test
    void noticeACanaryInTheDatabase() {
        sql("update run set message = 'wrong: " + PASSPHRASE + "' where stage = 'archive'");
        assertThat(violations()).anyMatch(violation("I7"));
        sql("update run set message = null where stage = 'archive'");
        holdAfterRunsThatNobodyDisturbed();
    }

    @Test
    void noticeAStateWithoutItsEvent() {
        sql("update data_file set state = 'EXPECTED' where file_id = (select max(file_id) from data_file)"
                + " and state = 'PROCESSED'");
        assertThat(violations()).anyMatch(violation("I8"));
        sql("update data_file set state = 'PROCESSED' where state = 'EXPECTED'");
        holdAfterRunsThatNobodyDisturbed();
    }

    @Test
    void noticeAnEventThatIsGone() {
        sql("alter table file_event disable trigger file_event_append_only");
        sql("create table kept as select * from file_event where reason = 'VERIFIED' limit 1");
        sql("delete from file_event where event_id in (select event_id from kept)");
        assertThat(violations()).anyMatch(violation("I8"));
        sql("insert into file_event overriding system value select * from kept");
        sql("drop table kept");
        sql("alter table file_event enable trigger file_event_append_only");
        holdAfterRunsThatNobodyDisturbed();
    }

    @Test
    void noticeATemporaryFile() throws IOException {
        breaks("I9", home.resolve("archive/.waybill/processed/.waybill-0123456789abcdef01234567.unpublished"), "half");
    }

    private void breaks(String invariant, Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(violations()).anyMatch(violation(invariant));
        Files.delete(file);
        holdAfterRunsThatNobodyDisturbed();
    }

    private List<String> violations() {
        return Invariants.violations(home, house.jdbc(), CANARIES);
    }

    private List<String> violationsAnyTime(Set<String> verified) {
        return Invariants.violationsAnyTime(home, house.jdbc(), CANARIES, uploads, verified);
    }

    private static Predicate<String> violation(String invariant) {
        return text -> text.startsWith(invariant + " ");
    }

    private Path someArchived() {
        return home.resolve("archive")
                .resolve(new Floor(house)
                        .published().stream()
                                .filter(name -> name.endsWith(".c4gh"))
                                .findFirst()
                                .orElseThrow());
    }

    private static void flipLast(byte[] bytes) {
        bytes[bytes.length - 1] ^= 1;
    }

    private void sql(String statement) {
        house.jdbc().sql(statement).update();
    }
}
