package org.waybill.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.waybill.House;
import org.waybill.format.AuthenticationFailedException;
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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void noticeADeliveryThatIsNotDoneJustOnce(int times) {
        undone(
                "insert into delivery (route, file_id, recipient, rule, channel, placed_as, form, state, decided_at,"
                        + " delivered_at, size_bytes, sha256, verified_by, forced)"
                        + " select route, file_id, 'clinic', 'all', 'web', 'a', 'PLAIN', 'DELIVERED', now(),"
                        + " now(), 1, repeat('0', 64), 'READ_BACK', true"
                        + " from data_file where state = 'ARCHIVED' limit 1;"
                        + " insert into delivery_event (delivery_id, at, from_state, to_state, reason, actor)"
                        + " select delivery_id, now(), 'PENDING', 'DELIVERED', 'PLACED', 'test'"
                        + " from delivery, generate_series(1, " + times + ")",
                () -> assertThat(violations().stream().anyMatch(violation("I4")))
                        .isEqualTo(times != 1));
    }

    @Test
    void noticeThatRunsEndOtherwise() throws IOException {
        Map<String, String> end = Outcome.of(house.jdbc(), uploads);
        undone(
                "update data_file set received_size = received_size + 1 where state = 'ARCHIVED'",
                () -> assertThat(Outcome.of(house.jdbc(), uploads)).isNotEqualTo(end));
        Path file = someArchived();
        byte[] bytes = Files.readAllBytes(file);
        flipLast(bytes);
        Files.write(file, bytes);
        assertThatThrownBy(() -> Outcome.of(house.jdbc(), uploads)).isInstanceOf(AuthenticationFailedException.class);
        flipLast(bytes);
        Files.write(file, bytes);
        assertThat(Outcome.of(house.jdbc(), uploads)).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10, 20", "15, 20"})
    void noticeALineThatCountsTwiceOrNotAtAll(String secondPiece) {
        breaks(
                "I10",
                "insert into log_stream (route, log, head_sha256, head_bytes, first_sha256, first_bytes, file_name, position, began_at)"
                        + " values ('ega', 'web', repeat('0', 64), 1, repeat('0', 64), 1, 'access.log', 20, now())",
                "insert into log_reading (stream_id, from_position, to_position, run_id, lines)"
                        + " select stream_id, 0, 15, (select max(run_id) from run), 2 from log_stream",
                "insert into log_reading (stream_id, from_position, to_position, run_id, lines)"
                        + " select stream_id, %s, (select max(run_id) from run), 1 from log_stream"
                                .formatted(secondPiece),
                "insert into log_ignored (stream_id, from_position, rule, lines)"
                        + " select stream_id, from_position, 'METHOD', 1 from log_reading"
                        + (secondPiece.startsWith("10")
                                ? " union all select stream_id, 0, 'STATUS', 1 from log_stream"
                                : ""));
    }

    @Test
    void noticeARunThatCountsOtherThanItsEvents() {
        breaks("I5", "update run set found = found + 1, done = done + 1 where stage = 'archive'");
    }

    @Test
    void noticeACanaryInAFile() throws IOException {
        breaks("I7", home.resolve("run.log"), "decrypted to " + Shipments.CANARY);
    }

    @Test
    void noticeACanaryInTheDatabase() {
        breaks("I7", "update run set message = 'wrong: " + PASSPHRASE + "' where stage = 'archive'");
    }

    @Test
    void noticeAStateWithoutItsEvent() {
        breaks("I8", "update data_file set state = 'EXPECTED' where state = 'PROCESSED'");
    }

    @Test
    void noticeAnEventThatIsGone() {
        breaks(
                "I8",
                "alter table file_event disable trigger file_event_append_only",
                "delete from file_event where event_id = (select min(event_id) from file_event where reason = 'VERIFIED')");
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

    private void breaks(String invariant, String... statements) {
        undone(String.join("; ", statements), () -> assertThat(violations()).anyMatch(violation(invariant)));
        holdAfterRunsThatNobodyDisturbed();
    }

    private void undone(String statements, Runnable look) {
        new TransactionTemplate(house.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            status.setRollbackOnly();
            sql(statements);
            look.run();
        });
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
