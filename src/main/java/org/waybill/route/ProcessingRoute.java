package org.waybill.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waybill.route.checks.CheckCommand;
import org.waybill.route.checks.ContentChecks;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.SecretReference;
import org.waybill.route.yaml.YamlSection;

/**
 * How files are read and written again.
 *
 * @param partitions into how many parts, balanced by bytes, the files of a run are cut: 1 to {@value #MAX_PARTITIONS}; without a
 *     number in the route, as many as this machine has processors
 * @param acceptPlaintext whether files that arrive unencrypted are taken; without a word in the route they are not
 * @param encrypt how the archived files are encrypted
 * @param res the re-encryption service; there if, and only if, something goes through it
 * @param checks what contents must be like before they leave
 */
public record ProcessingRoute(
        int partitions,
        Optional<Crypt4ghKeys> crypt4gh,
        Optional<OpenPgp> openPgp,
        Optional<EgaAesPassword> egaAes,
        boolean acceptPlaintext,
        Encryption encrypt,
        Optional<Res> res,
        Optional<ContentChecks> checks) {

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
        YamlSection encrypt = processing.section("encrypt");
        ProcessingRoute route = new ProcessingRoute(
                partitions,
                decrypt.optionalSection("crypt4gh").map(crypt4gh -> Crypt4ghKeys.from(crypt4gh, home)),
                decrypt.optionalSection("openpgp").map(openPgp -> OpenPgp.from(openPgp, home)),
                decrypt.optionalSection("ega-aes").map(egaAes -> EgaAesPassword.from(egaAes, home)),
                acceptPlaintext,
                Encryption.from(encrypt, home),
                processing.optionalSection("res").map(Res::from),
                processing.optionalSection("checks").map(checks -> ContentChecks.from(checks, home)));
        route.refuseHalfAService(processing, encrypt);
        return route;
    }

    /** The program that judges contents, if the route has one. */
    public Optional<Path> checkProgram() {
        return checks.flatMap(ContentChecks::command).map(CheckCommand::program);
    }

    private void refuseHalfAService(YamlSection processing, YamlSection encrypt) {
        boolean decrypts = egaAes.filter(EgaAesPassword::throughRes).isPresent();
        boolean encrypts = encrypt().egaAes().filter(EgaAesPassword::throughRes).isPresent();
        if ((decrypts || encrypts) && res.isEmpty()) {
            processing.refuse(
                    "res",
                    "is missing, and something goes through it",
                    "write it with the url of the re-encryption service");
        }
        if (!decrypts && !encrypts && res.isPresent()) {
            processing.refuse(
                    "res", "is there, and nothing goes through it", "write through: res where it shall, or remove it");
        }
        if (encrypts && (crypt4gh.isPresent() || openPgp.isPresent() || (egaAes.isPresent() && !decrypts))) {
            encrypt.refuse(
                    "through",
                    "is res, which must read itself what arrives, and the route has it decrypted here",
                    "leave nothing in decrypt but ega-aes with through: res");
        }
    }

    /**
     * How the archived files are encrypted.
     *
     * @param recipients Crypt4GH public keys of those who will be able to read them; at least one
     * @param rewrap whether a file that arrives as Crypt4GH keeps its encrypted body, and so the data key that its sender
     *     knows, and gets a new header only; without a word in the route it does not
     * @param egaAes if archived files are {@code .cip}, the password that they get; then there are no recipients
     */
    public record Encryption(List<Path> recipients, boolean rewrap, Optional<EgaAesPassword> egaAes) {

        private static final Map<String, Boolean> IS_EGA_AES = Map.of("crypt4gh", false, "ega-aes", true);
        private static final Map<String, Boolean> REWRAP = Map.of("never", false, "allow", true);

        public Encryption {
            recipients = List.copyOf(recipients);
        }

        private static Encryption from(YamlSection encrypt, Path home) {
            if (encrypt.value("format", RouteValues.word(IS_EGA_AES)).orElse(false)) {
                return new Encryption(List.of(), false, Optional.of(EgaAesPassword.from(encrypt, home)));
            }
            encrypt.refuseIfPresent("through", "is for ega-aes: RES does not write crypt4gh", "leave it out");
            return new Encryption(
                    encrypt.requiredList(
                            "recipients",
                            RouteValues.pathIn(home),
                            "write the public keys to encrypt for, such as [keys/archive.pub]"),
                    encrypt.value("rewrap", RouteValues.word(REWRAP)).orElse(false),
                    Optional.empty());
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
            crypt4gh.refuseIfPresent("through", "is for ega-aes: RES does not read crypt4gh", "leave it out");
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
            openPgp.refuseIfPresent("through", "is for ega-aes: RES leaves openpgp undone", "leave it out");
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

    /**
     * The password of {@code .cip} files.
     *
     * @param bits the key's length: 128 or 256 bits, 256 if the route is silent
     * @param throughRes whether the re-encryption service does the work; this machine, if the route is silent
     */
    public record EgaAesPassword(SecretReference password, int bits, boolean throughRes) {

        private static final Map<String, Integer> KEY_BITS = Map.of("128", 128, "256", 256);
        private static final Map<String, Boolean> THROUGH = Map.of("here", false, "res", true);

        public EgaAesPassword {
            if (!KEY_BITS.containsValue(bits)) {
                throw new IllegalArgumentException("a key of EGA's has 128 or 256 bits, not " + bits);
            }
        }

        private static EgaAesPassword from(YamlSection egaAes, Path home) {
            return new EgaAesPassword(
                    egaAes.required("password", RouteValues.secretIn(home), "write env:NAME or file:PATH")
                            .orElse(new SecretReference.Environment("UNKNOWN")),
                    egaAes.value("bits", RouteValues.word(KEY_BITS)).orElse(256),
                    egaAes.value("through", RouteValues.word(THROUGH)).orElse(false));
        }
    }

    /**
     * RES, EGA's re-encryption service.
     *
     * @param url what stands before its {@code /file}; HTTPS, except for this machine
     * @param incoming the incoming folder as the service reads it, a path or an address; empty: by its path here
     */
    public record Res(String url, Optional<String> incoming) {

        private static Res from(YamlSection res) {
            return new Res(
                    res.required("url", Res::url, "write the address of the re-encryption service")
                            .orElse(""),
                    res.value("incoming", Res::withoutCredentials));
        }

        private static String url(String text) throws RouteValues.Unusable {
            RouteValues.requireSafe(withoutCredentials(text), "keys");
            return text;
        }

        private static String withoutCredentials(String text) throws RouteValues.Unusable {
            if (RouteValues.hasCredentials(text)) {
                throw new RouteValues.Unusable("has credentials in it", "leave them out: RES takes none");
            }
            if (text.contains("?") || text.contains("#")) {
                throw new RouteValues.Unusable("has a ? or # in it", "write only what stands before");
            }
            return text;
        }
    }
}
