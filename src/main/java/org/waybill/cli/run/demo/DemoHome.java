package org.waybill.cli.run.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.format.DataFormat;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;

/**
 * The home that the demo works in.
 *
 * @param path absolute
 */
record DemoHome(Path path) {

    static final String ROUTE_NAME = "ega";
    static final int EGA_AES_BITS = 256;

    private static final String MARK = "# Made by waybill demo";
    private static final int PASSWORD_BYTES = 16;

    private static final String ROUTE = MARK + """
            , for data that nobody has. See jobs/ega.yaml of the program for all that can be written here.
            route: ega
            description: The demo
            folders:
              incoming: data/ega/incoming
              archive: data/ega/archive
            intake:
              manifests: data/ega/manifests
            transfer:
              rule: renamed                        # the demo renames a file when it is whole
            processing:
              decrypt:
                crypt4gh: { keys: [keys/node.sec] }
                ega-aes: { password: "file:keys/ega-aes-password", bits: 256 }
              encrypt:
                recipients: [keys/archive.pub]
            archive:
              sidecars: [md5, sha256]
            """;

    private static final String PLAINTEXT_AFTER = "processing:\n";
    private static final String PLAINTEXT =
            "  plaintext: accept                    # the demo was asked for plain files\n";
    private static final String OPENPGP_AFTER = "  decrypt:\n";
    private static final String OPENPGP = "    openpgp: { keys: [keys/node-pgp.asc] }\n";

    /**
     * Makes what is not there yet, and lets the route take the formats that are asked for.
     *
     * @throws CommandFailedException if somebody else's routes are there
     */
    static DemoHome prepare(Path path, Envelope.Mix mix) throws IOException {
        DemoHome home = new DemoHome(path);
        home.refuseRealData();
        for (Path folder : List.of(home.incoming(), home.manifests(), path.resolve("keys"), path.resolve("jobs"))) {
            Files.createDirectories(folder);
        }
        home.makeKeys("node");
        home.makeKeys("archive");
        home.makePassword();
        home.openPgpKey().make();
        if (!Files.exists(home.route())) {
            Files.writeString(home.route(), ROUTE);
        }
        if (mix.has(DataFormat.OPENPGP)) {
            home.addToRoute(OPENPGP, OPENPGP_AFTER);
        }
        if (mix.has(DataFormat.PLAIN)) {
            home.addToRoute(PLAINTEXT, PLAINTEXT_AFTER);
        }
        return home;
    }

    Path incoming() {
        return path.resolve("data/ega/incoming");
    }

    Path manifests() {
        return path.resolve("data/ega/manifests");
    }

    /** For whom the demo encrypts. */
    Path publicKey() {
        return path.resolve("keys/node.pub");
    }

    Path egaAesPassword() {
        return path.resolve("keys/ega-aes-password");
    }

    /** Of submitters who use OpenPGP. */
    OpenPgpNodeKey openPgpKey() {
        return new OpenPgpNodeKey(path.resolve("keys/node-pgp.asc"));
    }

    private Path route() {
        return path.resolve("jobs/" + ROUTE_NAME + ".yaml");
    }

    private void refuseRealData() throws IOException {
        Path jobs = path.resolve("jobs");
        if (!Files.exists(jobs)) {
            return;
        }
        boolean isOurs = !Files.exists(route()) || Files.readString(route()).startsWith(MARK);
        try (Stream<Path> routes = Files.list(jobs)) {
            if (!isOurs || routes.anyMatch(file -> !file.equals(route()))) {
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        jobs + ": has routes that no demo made, and the demo never works in real data; name another"
                                + " --home, or leave it out: then it is demo/ in the current folder");
            }
        }
    }

    /** Adds a line behind another, once. What a person changed in the route stays. */
    private void addToRoute(String line, String after) throws IOException {
        String text = Files.readString(route());
        String key = line.substring(0, line.indexOf(':') + 1);
        if (!text.contains("\n" + key)) {
            Path unready = Files.writeString(path.resolve("ega.yaml.part"), text.replace(after, after + line));
            Files.move(unready, route(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void makeKeys(String name) throws IOException {
        Path secretFile = path.resolve("keys/" + name + ".sec");
        if (!Files.exists(secretFile)) {
            try (Crypt4ghSecretKey key = Crypt4ghSecretKey.generate()) {
                KeyFileWriter.writePublic(key.publicKey(), path.resolve("keys/" + name + ".pub"));
                KeyFileWriter.writeSecret(key, secretFile, null);
            }
        }
    }

    private void makePassword() throws IOException {
        if (!Files.exists(egaAesPassword())) {
            byte[] password = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(password);
            Files.createFile(
                    egaAesPassword(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(egaAesPassword(), HexFormat.of().formatHex(password) + "\n");
        }
    }
}
