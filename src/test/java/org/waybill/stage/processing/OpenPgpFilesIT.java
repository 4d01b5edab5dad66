package org.waybill.stage.processing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.format.openpgp.Gnupg;
import org.waybill.stage.Consignment;
import org.waybill.stage.Consignment.Facts;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/** What submitters make with the real GnuPG, good and bad, through the whole route. */
class OpenPgpFilesIT {

    private static final String NODE = "node@example.org";
    private static final String SUBMITTER = "submitter@example.org";
    private static final String STRANGER = "stranger@example.org";

    @TempDir
    Path home;

    private final byte[] plain = bytes(3_000_000);
    private final Map<String, String> expected = new LinkedHashMap<>();

    @Test
    void messagesOfSubmittersAreArchivedOrRefusedWithTheirReason() throws Exception {
        Uploads uploads = Uploads.in(home);
        Consignment consignment = new Consignment(home);
        try (Gnupg gpg = Gnupg.start()) {
            gpg.run("geheim", "--quick-gen-key", NODE, "rsa2048", "encr");
            gpg.run("", "--quick-gen-key", SUBMITTER, "future-default");
            gpg.run("", "--quick-gen-key", STRANGER, "future-default");
            gpg.exportSecret("geheim", home.resolve("keys/node-pgp.asc"), NODE);
            gpg.run(
                    "",
                    "--armor",
                    "--output",
                    home.resolve("keys/submitter.asc").toString(),
                    "--export",
                    SUBMITTER);
            ownerOnly("keys/node-pgp.asc");
            uploads.secret("keys/pgp-passphrase", "geheim\n".getBytes(UTF_8));
            uploads.secret("keys/pgp-password", "Losung\n".getBytes(UTF_8));
            uploads.route(route -> route.replace("    ega-aes:", """
                        openpgp:
                          keys: [keys/node-pgp.asc]
                          passphrase: file:keys/pgp-passphrase
                          password: file:keys/pgp-password
                          signers: [keys/submitter.asc]
                          max-expansion: 10
                        ega-aes:""".indent(4).stripTrailing()));

            good(consignment, "a.bam.gpg", made(gpg, "", "--recipient", NODE, "--encrypt"));
            good(consignment, "armoured.pgp", made(gpg, "", "--recipient", NODE, "--armor", "--encrypt"));
            good(consignment, "cast5.gpg", made(gpg, "", "--recipient", NODE, "--cipher-algo", "CAST5", "--encrypt"));
            good(consignment, "by-password.gpg", made(gpg, "Losung", "--symmetric"));
            good(
                    consignment,
                    "signed.gpg",
                    made(gpg, "", "--local-user", SUBMITTER, "--recipient", NODE, "--sign", "--encrypt"));
            good(
                    consignment,
                    "stranger.gpg",
                    made(gpg, "", "--local-user", STRANGER, "--recipient", NODE, "--sign", "--encrypt"));

            byte[] whole = made(gpg, "", "--recipient", NODE, "--compress-algo", "none", "--encrypt");
            byte[] damaged = whole.clone();
            damaged[2_000_000] ^= 1;
            bad(consignment, "damaged.gpg", damaged, "DAMAGED");
            bad(consignment, "cut.gpg", Arrays.copyOf(whole, 1_500_000), "TRUNCATED");
            bad(consignment, "other.gpg", made(gpg, "", "--recipient", STRANGER, "--encrypt"), "NO_KEY_FITS");
            bad(consignment, "trailing.gpg", Arrays.copyOf(whole, whole.length + 3), "MALFORMED");
            Path zeros = Files.write(home.resolve("zeros"), new byte[100_000_000]);
            bad(consignment, "bomb.gpg", made(gpg, zeros, "", "--recipient", NODE, "--encrypt"), "INFLATES_TOO_MUCH");
        }
        consignment.declareAs("D");

        try (House house = House.in(home)) {
            house.runAll("ega");
            assertThat(new Floor(house).fates()).containsExactlyInAnyOrderEntriesOf(expected);
            for (Map.Entry<String, String> each : expected.entrySet()) {
                if (each.getValue().equals("ARCHIVED")) {
                    String name = each.getKey().replaceAll("\\.(gpg|pgp)$", "");
                    assertThat(uploads.fromArchive("D/" + name + ".c4gh")).isEqualTo(plain);
                }
            }
            assertThat(proofs(house))
                    .anySatisfy(proof -> assertThat(proof).matches(".*, signed by [0-9A-F]{40}"))
                    .anySatisfy(proof -> assertThat(proof).matches(".*, signed by [0-9A-F]{16}, not verified"));
        }
    }

    private void good(Consignment consignment, String name, byte[] message) throws Exception {
        consignment.add(name, message, Facts.of(plain, message));
        expected.put(name, "ARCHIVED");
    }

    private void bad(Consignment consignment, String name, byte[] message, String reason) throws Exception {
        consignment.add(name, message, Facts.ofPlain(plain));
        expected.put(name, reason);
    }

    private byte[] made(Gnupg gpg, String passphrase, String... how) throws Exception {
        return made(gpg, Files.write(home.resolve("plain"), plain), passphrase, how);
    }

    private byte[] made(Gnupg gpg, Path content, String passphrase, String... how) throws Exception {
        Path message = home.resolve("message");
        String[] arguments = Arrays.copyOf(how, how.length + 3);
        System.arraycopy(how, 0, arguments, 2, how.length);
        arguments[0] = "--output";
        arguments[1] = message.toString();
        arguments[how.length + 2] = content.toString();
        gpg.run(passphrase, arguments);
        return Files.readAllBytes(message);
    }

    private void ownerOnly(String path) throws Exception {
        Files.setPosixFilePermissions(
                home.resolve(path), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }

    private static java.util.List<String> proofs(House house) {
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
