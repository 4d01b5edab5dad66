package org.waybill.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.remote.sftp.OpenSshServer;
import org.waybill.run.Stage;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Uploads;

/**
 * Claim: a delivery may be killed at any moment; running it again is all that is needed. Fault: SIGKILL at random moments, of deliveries to
 * folders of this machine and to a real SSH server. Allowed in between: under a final name there is nothing, or the whole file. Pass: in the
 * end each recipient has each of its files once, whole, and nothing else; each delivery was recorded as done once; every invariant holds.
 */
class KilledDeliveryIT {

    private static final int KILLS = Integer.getInteger("waybill.delivery.kills", 6);
    private static final long SEED = Long.getLong("waybill.seed", 20261128);
    private static final int FILES = 120;
    private static final int LARGE_EVERY = 10;
    private static final String DELIVERY = """
            delivery:
              keys: [keys/archive.sec]
              form: plain
              channels:
                web: { folder: www }
                partner:
                  sftp: { host: 127.0.0.1, port: %d, user: "%s", key: keys/login, known-hosts: keys/known_hosts, folder: %s }
              recipients:
                here: { channel: web }
                there: { channel: partner }
              rules:
                - { name: all, to: [here, there] }
            """;

    @TempDir
    Path folder;

    @Test
    void killedDeliveriesEndAsUndisturbedOnes() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path partner = Files.createDirectory(folder.resolve("partner"));
        Random random = new Random(SEED);
        try (OpenSshServer server = OpenSshServer.start(Files.createDirectory(folder.resolve("sshd")))) {
            Map<String, byte[]> contents = prepare(home, partner, server, random);
            try (House house = House.in(home)) {
                Stage.way().forEach(stage -> assertThat(house.run("ega", stage).status())
                        .isEqualTo(Status.COMPLETED));
                int hits = 0;
                int attempts = 0;
                while (hits < KILLS && attempts++ < 3 * KILLS) {
                    long before = files(home.resolve("www/here")) + files(partner.resolve("there"));
                    Child child = Child.start(home, house.environment()).ready().go();
                    long many = before + 1 + random.nextInt(2 * FILES / KILLS);
                    hits += child.killOnce(() ->
                                            files(home.resolve("www/here")) + files(partner.resolve("there")) >= many)
                                    && delivered(house) < 2 * FILES
                            ? 1
                            : 0;
                    requireWhole(home.resolve("www/here"), contents);
                    requireWhole(partner.resolve("there"), contents);
                }
                assertThat(Child.start(home, house.environment()).ready().go().end())
                        .satisfies(
                                end -> assertThat(end.exitCode()).as(end.said()).isZero());
                System.out.printf("%d kills of deliveries in mid-run, seed %d%n", hits, SEED);

                assertThat(hits).isGreaterThan(KILLS / 2);
                assertThat(placed(home.resolve("www/here"))).isEqualTo(digests(contents));
                assertThat(placed(partner.resolve("there"))).isEqualTo(digests(contents));
                assertThat(Invariants.violations(home, house.jdbc(), List.of())).isEmpty();
                assertThat(delivered(house)).isEqualTo(2 * FILES);
            }
        }
    }

    private static Map<String, byte[]> prepare(Path home, Path partner, OpenSshServer server, Random random)
            throws IOException {
        Uploads uploads = Uploads.in(home);
        Files.createDirectory(home.resolve("www"));
        Files.copy(server.userKey(), home.resolve("keys/login"));
        Files.setPosixFilePermissions(home.resolve("keys/login"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(home.resolve("keys/known_hosts"), server.knownHostsLine());
        uploads.route(text -> text + DELIVERY.formatted(server.port(), System.getProperty("user.name"), partner));
        Map<String, byte[]> contents = new TreeMap<>();
        StringBuilder manifest = new StringBuilder();
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[i % LARGE_EVERY == 0 ? 2_000_000 : 10_000];
            random.nextBytes(content);
            String name = "file-%03d".formatted(i);
            contents.put(name, content);
            uploads.crypt4gh(name + ".c4gh", content);
            manifest.append(Uploads.sha256(content)).append("  ").append(name).append('\n');
        }
        uploads.manifest("D.sha256", manifest.toString());
        return contents;
    }

    private static long files(Path recipient) {
        String[] names = recipient.toFile().list();
        return names == null ? 0 : names.length;
    }

    private static long delivered(House house) {
        return house.jdbc()
                .sql("select count(*) from delivery where state = 'DELIVERED'")
                .query(Long.class)
                .single();
    }

    /** What has a final name is whole; temporary names are hidden ones. */
    private static void requireWhole(Path recipient, Map<String, byte[]> contents) throws IOException {
        Map<String, String> digests = digests(contents);
        placed(recipient).forEach((name, digest) -> {
            if (!name.startsWith(".")) {
                assertThat(digest).as(name).isEqualTo(digests.get(name));
            }
        });
    }

    private static Map<String, String> placed(Path recipient) throws IOException {
        Map<String, String> placed = new TreeMap<>();
        if (Files.isDirectory(recipient)) {
            try (Stream<Path> files = Files.list(recipient)) {
                for (Path file : files.toList()) {
                    placed.put(file.getFileName().toString(), Uploads.sha256(Files.readAllBytes(file)));
                }
            }
        }
        return placed;
    }

    private static Map<String, String> digests(Map<String, byte[]> contents) {
        Map<String, String> digests = new TreeMap<>();
        contents.forEach((name, bytes) -> digests.put(name, Uploads.sha256(bytes)));
        return digests;
    }
}
