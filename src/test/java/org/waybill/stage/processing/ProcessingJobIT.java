package org.waybill.stage.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.format.crypt4gh.Crypt4ghFormat;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Reason;
import org.waybill.ledger.Stamp;
import org.waybill.run.Counts;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Consignment;
import org.waybill.stage.Consignment.Fact;
import org.waybill.stage.Consignment.Facts;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/** Good files beside bad ones of every kind: the good are processed, the bad set aside with their reason. */
class ProcessingJobIT {

    private static final int SEGMENT = Crypt4ghFormat.SEGMENT_BYTES;
    private static final int HEADER = (int) Crypt4ghFormat.headerSize(1);
    private static final String WRONG_MD5 = "0".repeat(32);
    private static final String WRONG_SHA256 = "0".repeat(64);

    @TempDir
    Path home;

    private Uploads uploads;
    private Consignment consignment;
    private final Map<String, String> expected = new TreeMap<>();
    private final byte[] plain = bytes(200_000, 1);
    private byte[] sent = {};

    @BeforeEach
    void open() throws IOException {
        uploads = Uploads.in(home);
        consignment = new Consignment(home);
        sent = uploads.encrypted(plain);
    }

    @Test
    void everyFaultOfAFileIsToldByItsReason() throws IOException {
        damages();
        wrongDeclarations();
        egaAesFaults();
        otherFormats();
        good("good.bam.c4gh", sent, Facts.of(plain, sent));
        good("good-plain-facts.bam.c4gh", sent, Facts.ofPlain(plain));
        good("good-encrypted-facts.bam.c4gh", sent, Facts.of(plain, sent).only(Fact.ENCRYPTED_SHA256));
        good("empty.c4gh", uploads.encrypted(new byte[0]), Facts.ofPlain(new byte[0]));
        good("good.cip", Uploads.inEgaAes(Uploads.AES_PASSWORD, plain, 128), Facts.ofPlain(plain));

        try (House house = House.in(home)) {
            assertFates(house);
        }
    }

    @Test
    void noFileOfWhichAByteIsFlippedOrWhichIsCutIsAccepted() throws IOException {
        byte[] tiny = bytes(40, 2);
        byte[] whole = uploads.encrypted(tiny);
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            badSomehow("flipped" + i + ".c4gh", flipped, Facts.ofPlain(tiny));
            badSomehow("cut" + i + ".c4gh", Arrays.copyOf(whole, i), Facts.ofPlain(tiny));
        }
        good("whole.c4gh", whole, Facts.ofPlain(tiny));

        try (House house = House.in(home)) {
            assertFates(house);
        }
    }

    @Test
    void readmittedFileIsProcessedByTheNextRun() throws IOException {
        consignment.add("a.c4gh", sent, Facts.ofPlain(plain).with(Fact.PLAIN_MD5, WRONG_MD5));
        consignment.declareAs("D");
        try (House house = House.in(home)) {
            Floor floor = new Floor(house);
            house.runAll("ega");
            assertThat(floor.fates()).containsValue("PLAIN_CHECKSUM_MISMATCH");
            house.jdbc()
                    .sql("update declared_checksum set value = :md5 where algorithm = 'MD5'")
                    .param("md5", Uploads.md5(plain))
                    .update();

            Ledger ledger = house.bean(Ledger.class);
            assertThat(ledger.readmit(
                            floor.id("a.c4gh"),
                            "the manifest was wrong",
                            new Stamp(java.time.Instant.now(), null, "me")))
                    .contains(FileState.ARRIVED);
            StageResult again = house.run("ega", Stage.PROCESSING);

            assertThat(again.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, sent.length));
            assertThat(floor.quarantine("a.c4gh")).doesNotExist();
            assertThat(Files.readAllBytes(floor.received("a.c4gh"))).isEqualTo(sent);
            assertThat(house.run("ega", Stage.ARCHIVE).counts().done()).isEqualTo(1);
            assertThat(uploads.fromArchive("D/a.c4gh")).isEqualTo(plain);
        }
    }

    @Test
    void routeThatAcceptsPlaintextEncryptsIt() throws IOException {
        uploads.route(route -> route.replace("plaintext: reject", "plaintext: accept"));
        consignment.add("a.txt", plain, Facts.ofPlain(plain)).add("empty.txt", new byte[0], Facts.ofPlain(new byte[0]));
        consignment.declareAs("D");
        try (House house = House.in(home)) {
            house.runAll("ega");
            assertThat(new Floor(house).fates())
                    .containsOnly(Map.entry("a.txt", "ARCHIVED"), Map.entry("empty.txt", "ARCHIVED"));
            assertThat(uploads.fromArchive("D/a.txt.c4gh")).isEqualTo(plain);
            assertThat(uploads.fromArchive("D/empty.txt.c4gh")).isEmpty();
        }
    }

    @Test
    void everyRecipientReadsTheArchivedFile() throws IOException {
        uploads.route(route -> route.replace("[keys/archive.pub]", "[keys/node.pub, keys/archive.pub]"));
        consignment.add("a.c4gh", sent, Facts.ofPlain(plain)).declareAs("D");
        try (House house = House.in(home)) {
            house.runAll("ega");
            assertThat(uploads.fromArchive("D/a.c4gh", "keys/archive.sec")).isEqualTo(plain);
            assertThat(uploads.fromArchive("D/a.c4gh", "keys/node.sec")).isEqualTo(plain);
        }
    }

    @Test
    void saysWhatProvesThatAFileIsComplete() throws IOException {
        consignment
                .add("digest.c4gh", sent, Facts.ofPlain(plain).only(Fact.PLAIN_MD5))
                .add("size.c4gh", sent, Facts.ofPlain(plain).only(Fact.PLAIN_SIZE))
                .add("nothing.c4gh", sent, Facts.ofPlain(plain).only(Fact.PLAIN_SIZE))
                .declareAs("D");
        try (House house = House.in(home)) {
            house.run("ega", Stage.INTAKE);
            house.jdbc()
                    .sql("update data_file set declared_size_plain = null where path like 'nothing%'")
                    .update();
            house.run("ega", Stage.TRANSFER);
            house.run("ega", Stage.PROCESSING);
            assertThat(house.jdbc()
                            .sql("select complete_by from data_file order by path")
                            .query(String.class)
                            .list())
                    .containsExactly("DIGEST", "UNPROVEN", "SIZE");
        }
    }

    @Test
    void receivedFileThatIsGoneIsMissing() throws IOException {
        consignment.add("gone.c4gh", sent, Facts.ofPlain(plain)).add("there.c4gh", sent, Facts.ofPlain(plain));
        consignment.declareAs("D");
        try (House house = House.in(home)) {
            Floor floor = new Floor(house);
            house.run("ega", Stage.INTAKE);
            house.run("ega", Stage.TRANSFER);
            Files.delete(floor.received("gone.c4gh"));
            assertThat(house.run("ega", Stage.PROCESSING).status()).isEqualTo(Status.COMPLETED);
            assertThat(floor.fates())
                    .containsOnly(Map.entry("gone.c4gh", "MISSING"), Map.entry("there.c4gh", "PROCESSED"));
        }
    }

    private void damages() throws IOException {
        Facts facts = Facts.ofPlain(plain);
        bad("body-flipped.c4gh", flipped(HEADER + 1000), facts, Reason.DAMAGED);
        bad("tag-flipped.c4gh", flipped(sent.length - 1), facts, Reason.DAMAGED);
        bad("header-flipped.c4gh", flipped(HEADER - 1), facts, Reason.NO_KEY_FITS);
        bad("magic-flipped.c4gh", flipped(0), facts, Reason.MALFORMED);
        bad("cut-in-the-header.c4gh", Arrays.copyOf(sent, HEADER / 2), facts, Reason.TRUNCATED);
        bad("cut-in-a-segment.c4gh", Arrays.copyOf(sent, HEADER + SEGMENT + 20_000), facts, Reason.DAMAGED);
        bad("cut-in-a-nonce.c4gh", Arrays.copyOf(sent, HEADER + SEGMENT + 5), facts, Reason.TRUNCATED);
        bad("cut-at-an-edge.c4gh", Arrays.copyOf(sent, HEADER + 2 * SEGMENT), facts, Reason.PLAIN_SIZE_MISMATCH);
        bad(
                "cut-at-an-edge-no-size.c4gh",
                Arrays.copyOf(sent, HEADER + 2 * SEGMENT),
                Facts.ofPlain(plain).only(Fact.PLAIN_MD5),
                Reason.PLAIN_CHECKSUM_MISMATCH);
        bad("swapped.c4gh", swapped(), facts, Reason.PLAIN_CHECKSUM_MISMATCH);
        bad("nothing.c4gh", new byte[0], facts, Reason.TRUNCATED);
        bad("header-only.c4gh", Arrays.copyOf(sent, HEADER), facts, Reason.PLAIN_SIZE_MISMATCH);
        try (Crypt4ghSecretKey stranger = Crypt4ghSecretKey.generate()) {
            byte[] strange = Uploads.encryptedFor(stranger.publicKey(), plain);
            bad("for-a-stranger.c4gh", strange, facts, Reason.NO_KEY_FITS);
        }
    }

    private void wrongDeclarations() throws IOException {
        bad("plain-md5.c4gh", sent, right().with(Fact.PLAIN_MD5, WRONG_MD5), Reason.PLAIN_CHECKSUM_MISMATCH);
        bad("plain-sha.c4gh", sent, right().with(Fact.PLAIN_SHA256, WRONG_SHA256), Reason.PLAIN_CHECKSUM_MISMATCH);
        bad("plain-size.c4gh", sent, right().with(Fact.PLAIN_SIZE, "199999"), Reason.PLAIN_SIZE_MISMATCH);
        bad("sent-md5.c4gh", sent, right().with(Fact.ENCRYPTED_MD5, WRONG_MD5), Reason.ENCRYPTED_CHECKSUM_MISMATCH);
        bad(
                "sent-sha.c4gh",
                sent,
                right().with(Fact.ENCRYPTED_SHA256, WRONG_SHA256),
                Reason.ENCRYPTED_CHECKSUM_MISMATCH);
        bad("sent-size.c4gh", sent, right().with(Fact.ENCRYPTED_SIZE, "1"), Reason.ENCRYPTED_SIZE_MISMATCH);
    }

    private void egaAesFaults() throws IOException {
        byte[] cip = Uploads.inEgaAes(Uploads.AES_PASSWORD, plain, 128);
        byte[] flipped = cip.clone();
        flipped[5000] ^= 1;
        Facts facts = Facts.ofPlain(plain);
        bad("password.cip", Uploads.inEgaAes("another", plain, 128), facts, Reason.PLAIN_CHECKSUM_MISMATCH);
        bad("flipped.cip", flipped, facts, Reason.PLAIN_CHECKSUM_MISMATCH);
        bad("cut.cip", Arrays.copyOf(cip, cip.length - 1), facts, Reason.PLAIN_SIZE_MISMATCH);
        bad("in-the-iv.cip", Arrays.copyOf(cip, 7), facts, Reason.TRUNCATED);
        bad("unprovable.cip", cip, Facts.of(plain, cip).only(Fact.ENCRYPTED_SHA256), Reason.UNPROVABLE);
    }

    private void otherFormats() throws IOException {
        bad("plain.bam", plain, Facts.ofPlain(plain), Reason.PLAINTEXT_REFUSED);
        bad("pgp.gpg", plain, Facts.ofPlain(plain), Reason.FORMAT_NOT_READ);
    }

    private void bad(String path, byte[] bytes, Facts facts, Reason reason) throws IOException {
        consignment.add(path, bytes, facts);
        expected.put(path, reason.name());
    }

    /** Bad, for whatever reason. */
    private void badSomehow(String path, byte[] bytes, Facts facts) throws IOException {
        consignment.add(path, bytes, facts);
        expected.put(path, "QUARANTINED");
    }

    private void good(String path, byte[] bytes, Facts facts) throws IOException {
        consignment.add(path, bytes, facts);
        expected.put(path, "PROCESSED");
    }

    /** Runs up to processing: each file has the fate that was expected, and nothing of the bad ones was kept. */
    private void assertFates(House house) throws IOException {
        consignment.declareAs("D");
        house.run("ega", Stage.INTAKE);
        house.run("ega", Stage.TRANSFER);
        StageResult result = house.run("ega", Stage.PROCESSING);
        Floor floor = new Floor(house);

        Map<String, String> fates = floor.fates();
        expected.forEach((path, fate) -> fates.computeIfPresent(
                path, (same, found) -> fate.equals("QUARANTINED") && isReason(found) ? "QUARANTINED" : found));
        assertThat(fates).isEqualTo(expected);
        long good = expected.values().stream().filter("PROCESSED"::equals).count();
        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().found()).isEqualTo(expected.size());
        assertThat(result.counts().done()).isEqualTo(good);
        assertThat(result.counts().quarantined()).isEqualTo(expected.size() - good);
        List<String> results = new ArrayList<>();
        for (String path : expected.keySet()) {
            boolean done = "PROCESSED".equals(expected.get(path));
            Path original = done ? floor.received(path) : floor.quarantine(path);
            Path nowhere = done ? floor.quarantine(path) : floor.received(path);
            assertThat(Files.readAllBytes(original))
                    .as(path)
                    .isEqualTo(consignment.sent().get(path));
            assertThat(nowhere).as(path).doesNotExist();
            if (done) {
                results.add(".waybill/processed/" + floor.id(path));
            }
        }
        assertThat(Floor.filesBelow(floor.archive())).containsExactlyInAnyOrderElementsOf(results);
    }

    private static boolean isReason(String fate) {
        return Arrays.stream(Reason.values()).anyMatch(reason -> reason.name().equals(fate));
    }

    private Facts right() {
        return Facts.of(plain, sent);
    }

    private byte[] flipped(int at) {
        byte[] flipped = sent.clone();
        flipped[at] ^= 1;
        return flipped;
    }

    private byte[] swapped() {
        byte[] swapped = sent.clone();
        System.arraycopy(sent, HEADER, swapped, HEADER + SEGMENT, SEGMENT);
        System.arraycopy(sent, HEADER + SEGMENT, swapped, HEADER, SEGMENT);
        return swapped;
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
