package org.waybill.stage.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.stage.Consignment;
import org.waybill.stage.Consignment.Fact;
import org.waybill.stage.Consignment.Facts;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/** Files that other implementations wrote take the whole route; see the READMEs beside them. */
class ForeignFilesIT {

    private static final Path CRYPT4GH = Path.of("src/test/resources/crypt4gh");
    private static final Path EGA_AES = Path.of("src/test/resources/ega-aes");

    @TempDir
    Path home;

    private final Map<String, String> expectedMd5 = new TreeMap<>();

    @Test
    void filesOfSixWritersAreArchived() throws IOException {
        Uploads uploads = withKey("node-python.sec", "pypass");
        Consignment consignment = new Consignment(home);
        add(consignment, CRYPT4GH.resolve("files"), CRYPT4GH.resolve("plaintexts.csv"), 1);
        add(consignment, EGA_AES, EGA_AES.resolve("plaintexts.csv"), 2);
        consignment.declareAs("D");
        try (House house = House.in(home)) {
            house.runAll("ega");
            assertThat(expectedMd5).hasSize(38);
            assertThat(new Floor(house).fates())
                    .hasSize(38)
                    .allSatisfy((path, fate) -> assertThat(fate).as(path).isEqualTo("ARCHIVED"));
            for (Map.Entry<String, String> file : expectedMd5.entrySet()) {
                assertThat(Uploads.md5(uploads.fromArchive("D/" + file.getKey() + ".c4gh")))
                        .as(file.getKey())
                        .isEqualTo(file.getValue());
            }
        }
    }

    @Test
    void secondOfTwoRecipientsReadsToo() throws IOException {
        Uploads uploads = withKey("node-go.sec", "gopass");
        byte[] sent = Files.readAllBytes(CRYPT4GH.resolve("files/two-recipients.200000.c4gh"));
        new Consignment(home)
                .add("two.c4gh", sent, new Facts().with(Fact.PLAIN_SIZE, "200000"))
                .declareAs("D");
        try (House house = House.in(home)) {
            house.runAll("ega");
            assertThat(uploads.fromArchive("D/two.c4gh")).hasSize(200_000);
        }
    }

    private Uploads withKey(String key, String passphrase) throws IOException {
        Uploads uploads = Uploads.in(home);
        uploads.secret(
                "keys/foreign.sec", Files.readAllBytes(CRYPT4GH.resolve("keys").resolve(key)));
        uploads.secret("keys/passphrase", (passphrase + "\n").getBytes(StandardCharsets.US_ASCII));
        uploads.route(route -> route.replace(
                "{ keys: [keys/node.sec] }", "{ keys: [keys/foreign.sec], passphrase: \"file:keys/passphrase\" }"));
        return uploads;
    }

    /** Declares each file by its size, which is a segment of its name. */
    private void add(Consignment consignment, Path folder, Path plaintexts, int sizeSegment) throws IOException {
        List<String[]> lines = Files.readAllLines(plaintexts).stream()
                .map(line -> line.split(","))
                .toList();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".c4gh") || name.endsWith(".cip")) {
                    String stem = name.substring(0, name.lastIndexOf('.'));
                    String size = name.startsWith("edit") ? "61072" : stem.split("\\.")[sizeSegment];
                    String md5 = name.startsWith("edit")
                            ? "f90acef34acca4d3bdf4f4206da3a1eb"
                            : lines.stream()
                                    .filter(line -> line[0].equals(size))
                                    .map(line -> line[1])
                                    .findFirst()
                                    .orElse("");
                    if (!md5.isEmpty()) {
                        Facts facts = new Facts().with(Fact.PLAIN_SIZE, size).with(Fact.PLAIN_MD5, md5);
                        consignment.add(name, Files.readAllBytes(file), facts);
                        expectedMd5.put(stem, md5);
                    }
                }
            }
        }
    }
}
