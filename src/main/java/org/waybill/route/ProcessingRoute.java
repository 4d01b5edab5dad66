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
 * @param encrypt how the archived files are encrypted
 */
public record ProcessingRoute(
        int partitions,
        Optional<Crypt4ghKeys> crypt4gh,
        Optional<OpenPgp> openPgp,
        Optional<EgaAesPassword> egaAes,
        boolean acceptPlaintext,
        Encryption encrypt) {

    /** More do not make one machine faster: each part holds a thread and a database connection. */
    public static final int MAX_PARTITIONS = 256;

    private static final Map<String, Boolean> PLAINTEXT = Map.of("reject", false, "accept", true);

    public ProcessingRoute {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException("there are 1 to " + MAX_PARTITIONS + " partitions, not " + partitions);
        }
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
                    "write it with crypt4gh, openpgp or ega-aes in it, or plaintext: accept");
        }
        YamlSection decrypt = processing.section("decrypt");
        return new ProcessingRoute(
                partitions,
                decrypt.optionalSection("crypt4gh").map(crypt4gh -> Crypt4ghKeys.from(crypt4gh, home)),
                decrypt.optionalSection("openpgp").map(openPgp -> OpenPgp.from(openPgp, home)),
                decrypt.optionalSection("ega-aes").map(egaAes -> EgaAesPassword.from(egaAes, home)),
                acceptPlaintext,
                Encryption.from(processing.section("encrypt"), home));
    }

    /**
     * How the archived files are encrypted.
     *
     * @param recipients Crypt4GH public keys of those who will be able to read them; at least one
     * @param rewrap whether a file that arrives as Crypt4GH keeps its encrypted body, and so the data key that its sender
     *     knows, and gets a new header only; without a word in the route it does not
     */
    public record Encryption(List<Path> recipients, boolean rewrap) {

        private static final Map<String, String> FORMATS = Map.of("crypt4gh", "crypt4gh");
        private static final Map<String, Boolean> REWRAP = Map.of("never", false, "allow", true);

        public Encryption {
            recipients = List.copyOf(recipients);
        }

        private static Encryption from(YamlSection encrypt, Path home) {
            encrypt.value("format", RouteValues.word(FORMATS));
            return new Encryption(
                    encrypt.requiredList(
                            "recipients",
                            RouteValues.pathIn(home),
                            "write the public keys to encrypt for, such as [keys/archive.pub]"),
                    encrypt.value("rewrap", RouteValues.word(REWRAP)).orElse(false));
        }
    }

    /**
     * Who opens arriving Crypt4GH files.
     *
     * @param keys secret keys, any of which may
     * @param passphrase unlocks each of them
     * @param senders public keys, with one of which a file must have been written; empty: anybody's will do
     */
    public record Crypt4ghKeys(List<Path> keys, Optional<SecretReference> passphrase, List<Path> senders) {

        public Crypt4ghKeys {
            keys = List.copyOf(keys);
            senders = List.copyOf(senders);
        }

        private static Crypt4ghKeys from(YamlSection crypt4gh, Path home) {
            return new Crypt4ghKeys(
                    crypt4gh.requiredList(
                            "keys",
                            RouteValues.pathIn(home),
                            "write the secret keys that open arriving files, such as [keys/node.sec]"),
                    crypt4gh.value("passphrase", RouteValues.secretIn(home)),
                    crypt4gh.list("senders", RouteValues.pathIn(home)).orElse(List.of()));
        }
    }

    /**
     * Who opens arriving OpenPGP messages.
     *
     * @param keys files of secret keys, any of which may; the passphrase, where given, unlocks each of them
     * @param password of messages that are encrypted without a key
     * @param signers files of public keys, whose signatures are verified
     * @param signature whether a message that none of the signers has signed is refused
     * @param maxSizeBytes what a message may hold at most
     * @param maxExpansion how many bytes each byte of a message may inflate to
     */
    public record OpenPgp(
            List<Path> keys,
            Optional<SecretReference> passphrase,
            Optional<SecretReference> password,
            List<Path> signers,
            boolean signature,
            long maxSizeBytes,
            int maxExpansion) {

        private static final Map<String, Boolean> SIGNATURE = Map.of("accept", false, "require", true);
        private static final long MAX_SIZE_BYTES = 16L << 40;
        private static final int MAX_EXPANSION = 250; // runs of one byte compress better, and hardly anything else
        private static final int LARGEST_EXPANSION = 1_000_000;

        public OpenPgp {
            keys = List.copyOf(keys);
            signers = List.copyOf(signers);
        }

        private static OpenPgp from(YamlSection openPgp, Path home) {
            List<Path> keys = openPgp.list("keys", RouteValues.pathIn(home)).orElse(List.of());
            Optional<SecretReference> password = openPgp.value("password", RouteValues.secretIn(home));
            if (keys.isEmpty() && password.isEmpty()) {
                openPgp.refuse(
                        "keys",
                        "is missing, so no message could be opened",
                        "write the secret keys, such as [keys/node-pgp.asc], or password: env:NAME");
            }
            List<Path> signers =
                    openPgp.list("signers", RouteValues.pathIn(home)).orElse(List.of());
            boolean signature =
                    openPgp.value("signature", RouteValues.word(SIGNATURE)).orElse(false);
            if (signature && signers.isEmpty()) {
                openPgp.refuse(
                        "signature",
                        "is required, and no signer is named",
                        "write signers: [keys/partner.asc], or leave it out");
            }
            return new OpenPgp(
                    keys,
                    openPgp.value("passphrase", RouteValues.secretIn(home)),
                    password,
                    signers,
                    signature,
                    openPgp.value("max-size", RouteValues::size).orElse(MAX_SIZE_BYTES),
                    openPgp.value("max-expansion", RouteValues.number(1, LARGEST_EXPANSION))
                            .orElse(MAX_EXPANSION));
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
