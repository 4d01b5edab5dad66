package org.waybill.stage.processing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.format.egaaes.EgaAesInputStream;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.remote.res.FakeRes;
import org.waybill.route.RouteFiles;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Consignment;
import org.waybill.stage.Consignment.Fact;
import org.waybill.stage.Consignment.Facts;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;
import org.waybill.stage.processing.Reencryption.Lie;

/** Files that go through the re-encryption service, a right one and lying ones: what comes is believed only if it is proven. */
class ReencryptionIT {

    private static final String ARCHIVE_PASSWORD = "Geheim+nis & ä";
    private static final List<Lie> OF_THE_WORLD =
            List.of(Lie.SHORT, Lie.LONG, Lie.PAGE, Lie.PAGE_AS_A_FILE, Lie.RESET, Lie.CUT, Lie.BUSY, Lie.UNKNOWN_FILE);

    @TempDir
    Path home;

    private Uploads uploads;
    private Reencryption service;
    private FakeRes res;
    private final byte[] plain = bytes(3_000_000);
    private final byte[] small = bytes(5_000);

    @BeforeEach
    void open() throws IOException {
        uploads = Uploads.in(home);
        service = new Reencryption(home.resolve("incoming"));
        res = new FakeRes(service);
    }

    @AfterEach
    void close() throws IOException {
        res.close();
    }

    @Test
    void whatTheServiceDecryptsIsArchivedAndItsOwnFaultsAreTold() throws IOException {
        decryptThroughTheService();
        byte[] cip = Uploads.inEgaAes(Uploads.AES_PASSWORD, plain, 128);
        byte[] flipped = cip.clone();
        flipped[16 + 1000] ^= 1;
        byte[] empty = Uploads.inEgaAes(Uploads.AES_PASSWORD, new byte[0], 128);
        new Consignment(home)
                .add("a.bam.cip", cip, Facts.of(plain, cip))
                .add("sub/empty.cip", empty, Facts.ofPlain(new byte[0]))
                .add("here.bam.c4gh", uploads.encrypted(small), Facts.ofPlain(small))
                .add("flipped.cip", flipped, Facts.ofPlain(plain))
                .add("damaged-on-the-way.cip", flipped, Facts.of(plain, cip))
                .add("password.cip", Uploads.inEgaAes("another", small, 128), Facts.ofPlain(small))
                .add("cut.cip", Arrays.copyOf(cip, cip.length - 1), Facts.ofPlain(plain))
                .add("in-the-counter.cip", Arrays.copyOf(cip, 7), Facts.ofPlain(plain))
                .add("unprovable.cip", cip, Facts.ofPlain(plain).only(Fact.PLAIN_SIZE))
                .add("plain.bam", plain, Facts.ofPlain(plain))
                .declareAs("D");

        try (House house = House.in(home)) {
            house.runAll("ega");

            assertThat(new Floor(house).fates())
                    .containsOnly(
                            Map.entry("a.bam.cip", "ARCHIVED"),
                            Map.entry("sub/empty.cip", "ARCHIVED"),
                            Map.entry("here.bam.c4gh", "ARCHIVED"),
                            Map.entry("flipped.cip", "PLAIN_CHECKSUM_MISMATCH"),
                            Map.entry("damaged-on-the-way.cip", "ENCRYPTED_CHECKSUM_MISMATCH"),
                            Map.entry("password.cip", "PLAIN_CHECKSUM_MISMATCH"),
                            Map.entry("cut.cip", "PLAIN_SIZE_MISMATCH"),
                            Map.entry("in-the-counter.cip", "TRUNCATED"),
                            Map.entry("unprovable.cip", "UNPROVABLE"),
                            Map.entry("plain.bam", "PLAINTEXT_REFUSED"));
            assertThat(uploads.fromArchive("D/a.bam.c4gh")).isEqualTo(plain);
            assertThat(uploads.fromArchive("D/sub/empty.c4gh")).isEmpty();
            assertThat(uploads.fromArchive("D/here.bam.c4gh")).isEqualTo(small);
            assertThat(res.targets())
                    .as("only what can be proven is asked for, and nothing that is read here")
                    .hasSize(5)
                    .allMatch(target ->
                            target.contains("sourceFormat=aes128") && target.contains("destinationFormat=plain"));
            assertThat(proofs(house)).anyMatch(proof -> proof.endsWith(", decrypted by RES"));
        }
    }

    @Test
    void whatTheServiceEncryptsIsArchivedAsItCame() throws IOException {
        encryptThroughTheService();
        uploads.route(route -> route.replace("plaintext: reject", "plaintext: accept"));
        byte[] cip = Uploads.inEgaAes(Uploads.AES_PASSWORD, plain, 128);
        byte[] c4gh = uploads.encrypted(plain);
        new Consignment(home)
                .add("a.bam.cip", cip, Facts.of(plain, cip))
                .add("plain.bam", small, Facts.ofPlain(small))
                .add("empty", new byte[0], Facts.ofPlain(new byte[0]))
                .add("other.bam.c4gh", c4gh, Facts.ofPlain(plain))
                .add("password.cip", Uploads.inEgaAes("another", small, 128), Facts.ofPlain(small))
                .declareAs("D");

        try (House house = House.in(home)) {
            house.runAll("ega");

            Floor floor = new Floor(house);
            assertThat(floor.fates())
                    .containsOnly(
                            Map.entry("a.bam.cip", "ARCHIVED"),
                            Map.entry("plain.bam", "ARCHIVED"),
                            Map.entry("empty", "ARCHIVED"),
                            Map.entry("other.bam.c4gh", "FORMAT_NOT_READ"),
                            Map.entry("password.cip", "PLAIN_CHECKSUM_MISMATCH"));
            assertThat(floor.published())
                    .filteredOn(name -> !name.matches(".*\\.(md5|sha256)"))
                    .containsExactlyInAnyOrder("D/a.bam.cip", "D/plain.bam.cip", "D/empty.cip");
            assertThat(fromArchive("D/a.bam.cip")).isEqualTo(plain);
            assertThat(fromArchive("D/plain.bam.cip")).isEqualTo(small);
            assertThat(fromArchive("D/empty.cip")).isEmpty();
            assertThat(Files.readString(home.resolve("archive/D/a.bam.cip.md5")))
                    .isEqualTo(Uploads.md5(Files.readAllBytes(home.resolve("archive/D/a.bam.cip"))) + "  a.bam.cip\n");
            assertThat(proofs(house)).allMatch(proof -> proof.endsWith(", encrypted by RES"));

            var route = new RouteFiles(home).named("ega");
            assertThat(house.bean(Runner.class).check(route, Stage.REWRAP))
                    .singleElement()
                    .asString()
                    .contains("processing.encrypt.format: is ega-aes");
        }
    }

    /** Without the service, too: the archive's own cipher is then this machine's. */
    @Test
    void anArchiveOfCipFilesIsEncryptedHere() throws IOException {
        archiveAsCip("");
        new Consignment(home)
                .add("a.bam.c4gh", uploads.encrypted(plain), Facts.ofPlain(plain))
                .declareAs("D");

        try (House house = House.in(home)) {
            house.runAll("ega");

            assertThat(fromArchive("D/a.bam.cip")).isEqualTo(plain);
            assertThat(res.targets()).isEmpty();
        }
    }

    @Test
    void plaintextIsRefusedAlsoWhereTheServiceCouldEncryptIt() throws IOException {
        encryptThroughTheService();
        new Consignment(home).add("plain.bam", small, Facts.ofPlain(small)).declareAs("D");

        try (House house = House.in(home)) {
            house.runAll("ega");

            assertThat(new Floor(house).fates()).containsOnly(Map.entry("plain.bam", "PLAINTEXT_REFUSED"));
            assertThat(res.targets()).isEmpty();
        }
    }

    @Test
    void nothingThatALyingServiceDecryptsIsAccepted() throws IOException {
        decryptThroughTheService();
        assertNoLieIsBelieved(".c4gh");
    }

    @Test
    void nothingThatALyingServiceEncryptsIsAccepted() throws IOException {
        encryptThroughTheService();
        assertNoLieIsBelieved(".cip");
    }

    /** Of what arrived unencrypted we know all that the service had to encrypt: no lie is the file's fault. */
    @Test
    void aLieAboutPlaintextIsTheServicesFault() throws IOException {
        encryptThroughTheService();
        uploads.route(route -> route.replace("plaintext: reject", "plaintext: accept"));
        new Consignment(home).add("a", small, Facts.ofPlain(small)).declareAs("D");

        try (House house = House.in(home)) {
            house.run("ega", Stage.INTAKE);
            house.run("ega", Stage.TRANSFER);
            house.jdbc().sql("delete from declared_checksum").update();
            service.tell(Lie.WRONG_BYTES);
            assertFailed(house, house.run("ega", Stage.PROCESSING), "a");
        }
    }

    @Test
    void checkSaysWhetherTheServiceAnswers() throws IOException {
        decryptThroughTheService();
        try (House house = House.in(home)) {
            assertThat(remarks(house)).contains("re-encryption service " + res.url() + ": it answers");
            assertThat(res.targets()).containsExactly("/res/stats/load");
            res.close();
            assertThat(remarks(house))
                    .anyMatch(remark ->
                            remark.startsWith("re-encryption service " + res.url() + " does not work: no answer"));
        }
    }

    private List<String> remarks(House house) {
        var route = new RouteFiles(home).named("ega");
        assertThat(house.bean(Runner.class).check(route, Stage.PROCESSING)).isEmpty();
        return house.bean(Runner.class).remarks(route, Stage.PROCESSING);
    }

    /** Each lie fails the run or sends the file to quarantine; where the world was at fault, the next run archives it. */
    private void assertNoLieIsBelieved(String suffix) throws IOException {
        Map<String, String> fates = new TreeMap<>();
        try (House house = House.in(home)) {
            for (Lie lie : Lie.values()) {
                byte[] content = bytes(200_000 + lie.ordinal());
                byte[] cip = Uploads.inEgaAes(Uploads.AES_PASSWORD, content, 128);
                String name = lie.name().toLowerCase(java.util.Locale.ROOT);
                new Consignment(home)
                        .add(name + ".cip", cip, Facts.of(content, cip))
                        .declareAs(lie.name());
                service.tell(lie);
                house.run("ega", Stage.INTAKE);
                house.run("ega", Stage.TRANSFER);
                StageResult result = house.run("ega", Stage.PROCESSING);
                if (OF_THE_WORLD.contains(lie)) {
                    assertFailed(house, result, name + ".cip");
                    service.tell(Lie.NONE);
                    result = house.run("ega", Stage.PROCESSING);
                }
                assertThat(result.status()).as(name).isEqualTo(Status.COMPLETED);
                house.run("ega", Stage.ARCHIVE);
                boolean isBad = lie == Lie.WRONG_BYTES || lie == Lie.WRONG_PASSWORD;
                fates.put(name + ".cip", isBad ? "PLAIN_CHECKSUM_MISMATCH" : "ARCHIVED");
                assertThat(new Floor(house).fates()).as(name).isEqualTo(fates);
                Path archived = home.resolve("archive").resolve(lie.name() + "/" + name + suffix);
                assertThat(Files.exists(archived)).as(name).isEqualTo(!isBad);
                if (!isBad) {
                    String inArchive = lie.name() + "/" + name + suffix;
                    assertThat(suffix.equals(".cip") ? fromArchive(inArchive) : uploads.fromArchive(inArchive))
                            .isEqualTo(content);
                }
            }
            assertThat(house.jdbc()
                            .sql("select exit_message from batch_step_execution union select detail from file_event")
                            .query(String.class)
                            .list())
                    .filteredOn(java.util.Objects::nonNull)
                    .noneMatch(text -> text.contains(Uploads.AES_PASSWORD)
                            || text.contains("Geheim")
                            || text.contains("sourceKey"));
        }
    }

    private static void assertFailed(House house, StageResult result, String name) {
        Floor floor = new Floor(house);
        assertThat(result.status()).as(name).isEqualTo(Status.FAILED);
        assertThat(result.message())
                .as(name)
                .contains("re-encryption service")
                .doesNotContain(Uploads.AES_PASSWORD, "Geheim", "Key=");
        assertThat(floor.fates()).containsEntry(name, "ARRIVED");
        assertThat(floor.processed(name)).doesNotExist();
        assertThat(floor.unpublished()).isEmpty();
    }

    private void decryptThroughTheService() throws IOException {
        uploads.route(route -> withService(route).replace("bits: 128 }", "bits: 128, through: res }"));
    }

    private void encryptThroughTheService() throws IOException {
        decryptThroughTheService();
        uploads.route(route -> route.replace("    crypt4gh: { keys: [keys/node.sec] }\n", ""));
        archiveAsCip("    through: res\n");
    }

    private void archiveAsCip(String through) throws IOException {
        uploads.secret("keys/archive-aes", (ARCHIVE_PASSWORD + "\n").getBytes(UTF_8));
        uploads.route(route -> route.replace(
                "    format: crypt4gh\n    recipients: [keys/archive.pub]\n",
                "    format: ega-aes\n    password: file:keys/archive-aes\n" + through));
    }

    private String withService(String route) {
        return route.replace(
                "  partitions: 2\n",
                "  partitions: 2\n  res: { url: \"" + res.url() + "\", incoming: " + Reencryption.INCOMING + " }\n");
    }

    private byte[] fromArchive(String name) throws IOException {
        try (EgaAesKey key = EgaAesKey.derive(ARCHIVE_PASSWORD.toCharArray(), 256);
                var in = new EgaAesInputStream(
                        Files.newInputStream(home.resolve("archive").resolve(name)), key)) {
            return in.readAllBytes();
        }
    }

    private static List<String> proofs(House house) {
        return house.jdbc()
                .sql("select detail from file_event where reason = 'VERIFIED'")
                .query(String.class)
                .list();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
