package org.waybill.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How files are read and written again.
 *
 * @param partitions into how many parts, balanced by bytes, the files of a run are cut: 1 to {@value #MAX_PARTITIONS}; without a
 *     number in the route, as many as this machine has processors
 * @param acceptPlaintext whether files that arrive unencrypted are taken; without a word in the route they are not
 * @param recipients Crypt4GH public keys for which the archived files are encrypted; at least one
 */
public record ProcessingRoute(
        int partitions,
        Optional<Crypt4ghKeys> crypt4gh,
        Optional<EgaAesPassword> egaAes,
        boolean acceptPlaintext,
        List<Path> recipients) {

    /** More do not make one machine faster: each part holds a thread and a database connection. */
    public static final int MAX_PARTITIONS = 256;

    private static final Map<String, Boolean> PLAINTEXT = Map.of("reject", false, "accept", true);
    private static final Map<String, String> WRITTEN_FORMATS = Map.of("crypt4gh", "crypt4gh");

    public ProcessingRoute {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException("there are 1 to " + MAX_PARTITIONS + " partitions, not " + partitions);
        }
        recipients = List.copyOf(recipients);
    }

    static ProcessingRoute from(YamlSection processing, Path home) {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAX_PARTITIONS);
        int partitions = processing
                .value("partitions", RouteValues.number(1, MAX_PARTITIONS))
                .orElse(processors);
        boolean acceptPlaintext =
                processing.value("plaintext", RouteValues.word(PLAINTEXT)).orElse(false);
        if (!processing.has("decrypt") && !acceptPlaintext) {
            processing.refuse(
                    "decrypt",
                    "is missing, so no file could be read",
                    "write it with crypt4gh or ega-aes in it, or plaintext: accept");
        }
        YamlSection decrypt = processing.section("decrypt");
        decrypt.refuseIfPresent("openpgp", "this version does not read OpenPGP yet", "leave it out");
        YamlSection encrypt = processing.section("encrypt");
        encrypt.value("format", RouteValues.word(WRITTEN_FORMATS));
        return new ProcessingRoute(
                partitions,
                decrypt.optionalSection("crypt4gh").map(crypt4gh -> Crypt4ghKeys.from(crypt4gh, home)),
                decrypt.optionalSection("ega-aes").map(egaAes -> EgaAesPassword.from(egaAes, home)),
                acceptPlaintext,
                encrypt.requiredList(
                        "recipients",
                        RouteValues.pathIn(home),
                        "write the public keys to encrypt for, such as [keys/archive.pub]"));
    }

    /** Secret keys that open arriving Crypt4GH files; the passphrase, where given, unlocks each of them. */
    public record Crypt4ghKeys(List<Path> keys, Optional<SecretReference> passphrase) {

        public Crypt4ghKeys {
            keys = List.copyOf(keys);
        }

        private static Crypt4ghKeys from(YamlSection crypt4gh, Path home) {
            return new Crypt4ghKeys(
                    crypt4gh.requiredList(
                            "keys",
                            RouteValues.pathIn(home),
                            "write the secret keys that open arriving files, such as [keys/node.sec]"),
                    crypt4gh.value("passphrase", RouteValues.secretIn(home)));
        }
    }

    /** The password that opens arriving {@code .cip} files, and the key's length: 128 or 256 bits, 256 if the route is silent. */
    public record EgaAesPassword(SecretReference password, int bits) {

        private static final Map<String, Integer> KEY_BITS = Map.of("128", 128, "256", 256);

        public EgaAesPassword {
            if (!KEY_BITS.containsValue(bits)) {
                throw new IllegalArgumentException("a key of EGA's has 128 or 256 bits, not " + bits);
            }
        }

        private static EgaAesPassword from(YamlSection egaAes, Path home) {
            return new EgaAesPassword(
                    egaAes.required("password", RouteValues.secretIn(home), "write env:NAME or file:PATH")
                            .orElse(new SecretReference.Environment("UNKNOWN")),
                    egaAes.value("bits", RouteValues.word(KEY_BITS)).orElse(256));
        }
    }
}
