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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.format.crypt4gh.ChaCha20Poly1305;
import org.waybill.format.crypt4gh.Crypt4ghFormat;
import org.waybill.format.crypt4gh.HandMadeFile;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;
import org.waybill.stage.Consignment;
import org.waybill.stage.Consignment.Facts;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/** Files that keep their bodies, where the route allows it; and senders who are not trusted. */
class RewrappingIT {

    private static final int HEADER = (int) Crypt4ghFormat.headerSize(1);

    @TempDir
    Path home;

    private Uploads uploads;
    private Consignment consignment;

    private record Sent(String name, byte[] plain, byte[] bytes) {}

    @BeforeEach
    void open() throws IOException {
        uploads = Uploads.in(home);
        consignment = new Consignment(home);
    }

    @Test
    void bodyStaysAndOnlyTheKeeperReadsIt() throws IOException {
        uploads.route(route -> route.replace("format: crypt4gh", "format: crypt4gh\n    rewrap: allow"));
        List<Sent> files = new ArrayList<>();
        for (int size : new int[] {0, 1, Crypt4ghFormat.SEGMENT_PLAIN_BYTES, 200_000, 5_000_001}) {
            byte[] plain = bytes(size);
            Sent file = new Sent("a" + size, plain, uploads.encrypted(plain));
            files.add(file);
            consignment.add(file.name() + ".c4gh", file.bytes(), Facts.of(plain, file.bytes()));
        }
        byte[] plain = bytes(200_000);
        byte[] damaged = uploads.encrypted(plain);
        damaged[150_000] ^= 1;
        consignment.add("damaged.c4gh", damaged, Facts.ofPlain(plain));
        byte[] aes = bytes(300_000);
        consignment.add("aes.cip", Uploads.inEgaAes(Uploads.AES_PASSWORD, aes, 128), Facts.ofPlain(aes));
        consignment.declareAs("D");

        try (House house = House.in(home)) {
            house.runAll("ega");
            Floor floor = new Floor(house);
            assertThat(floor.fates()).containsEntry("damaged.c4gh", "DAMAGED").containsEntry("aes.cip", "ARCHIVED");
            for (Sent file : files) {
                String name = "D/" + file.name() + ".c4gh";
                byte[] archived = Files.readAllBytes(home.resolve("archive").resolve(name));
                assertThat(body(archived)).as("body of %s", name).isEqualTo(body(file.bytes()));
                assertThat(header(archived)).isNotEqualTo(header(file.bytes()));
                assertThat(uploads.fromArchive(name)).isEqualTo(file.plain());
                assertThat(home.resolve("archive").resolve(name + ".sha256"))
                        .content()
                        .startsWith(Uploads.sha256(archived));
            }
            assertThat(uploads.fromArchive("D/aes.c4gh")).isEqualTo(aes);
            assertThat(house.jdbc()
                            .sql("select count(*) from file_event where detail like '%, header rewrapped'")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(files.size());
        }
    }

    /** What an edit list hides is in the body: it must not get into the archive. */
    @Test
    void fileWithAnEditListIsEncryptedAnew() throws IOException {
        uploads.route(route -> route.replace("format: crypt4gh", "format: crypt4gh\n    rewrap: allow"));
        byte[] whole = bytes(1_000);
        ChaCha20Poly1305.Key key = ChaCha20Poly1305.Key.of(bytes(32));
        byte[] sent = new HandMadeFile(KeyFileReader.readPublic(home.resolve("keys/node.pub")))
                .dataKey(key)
                .editList(100, 300)
                .segment(key, whole)
                .bytes();
        byte[] visible = Arrays.copyOfRange(whole, 100, 400);
        consignment.add("edited.c4gh", sent, Facts.ofPlain(visible)).declareAs("D");

        try (House house = House.in(home)) {
            house.runAll("ega");
            assertThat(uploads.fromArchive("D/edited.c4gh")).isEqualTo(visible);
            assertThat(Files.size(home.resolve("archive/D/edited.c4gh")))
                    .isEqualTo(Crypt4ghFormat.encryptedSize(visible.length, 1));
        }
    }

    @Test
    void senderWhoIsNotTrustedIsRefused() throws IOException {
        byte[] plain = bytes(70_000);
        ChaCha20Poly1305.Key key = ChaCha20Poly1305.Key.of(bytes(32));
        HandMadeFile trusted = new HandMadeFile(KeyFileReader.readPublic(home.resolve("keys/node.pub")))
                .dataKey(key)
                .segment(key, Arrays.copyOf(plain, 65_536))
                .segment(key, Arrays.copyOfRange(plain, 65_536, plain.length));
        KeyFileWriter.writePublic(trusted.writer(), home.resolve("keys/partner.pub"));
        uploads.route(route ->
                route.replace("{ keys: [keys/node.sec] }", "{ keys: [keys/node.sec], senders: [keys/partner.pub] }"));
        consignment
                .add("trusted.c4gh", trusted.bytes(), Facts.ofPlain(plain))
                .add("stranger.c4gh", uploads.encrypted(plain), Facts.ofPlain(plain))
                .declareAs("D");

        try (House house = House.in(home)) {
            house.runAll("ega");
            assertThat(new Floor(house).fates())
                    .containsOnly(
                            Map.entry("trusted.c4gh", "ARCHIVED"), Map.entry("stranger.c4gh", "SENDER_NOT_TRUSTED"));
        }
    }

    private static byte[] header(byte[] file) {
        return Arrays.copyOf(file, HEADER);
    }

    private static byte[] body(byte[] file) {
        return Arrays.copyOfRange(file, HEADER, file.length);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
