package org.waybill.cli.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.crypt.stream.Destination;
import org.waybill.cli.crypt.stream.Measured;
import org.waybill.cli.crypt.stream.Source;
import org.waybill.format.DataFormat;
import org.waybill.format.checksum.DigestingInputStream;
import org.waybill.format.checksum.Digests;
import org.waybill.format.crypt4gh.Crypt4ghInputStream;
import org.waybill.format.egaaes.EgaAesInputStream;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.route.SecretReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decrypts one file. */
@Command(
        name = "decrypt",
        description = {
            "Decrypts a Crypt4GH file (known by its first bytes) or an EGA AES file (known by its name, .cip).",
            "After a failure OUT does not exist; a file that exists is never replaced.",
            "Neither format proves that a file is whole: name what you expect of its plaintext, if you know it."
        })
final class DecryptCommand implements Subcommand {

    @Mixin
    private SecretKeys keys = new SecretKeys();

    @Option(
            names = "--password",
            paramLabel = "REF",
            converter = Secrets.Converter.class,
            description = "Opens an EGA AES file: env:NAME or file:PATH, where the password is.")
    private @Nullable SecretReference password;

    @Option(
            names = "--bits",
            paramLabel = "128|256",
            defaultValue = "256",
            description = "The key's length of an EGA AES file. Default: 256.")
    private int bits;

    @Mixin
    private Expectation expectation = new Expectation();

    @Parameters(index = "0", paramLabel = "IN", description = "The encrypted file; - is standard input.")
    private String in = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The new file; - is standard output.")
    private String out = "";

    /**
     * Its shape is an interface.
     *
     * @param expectationMet whether the plaintext was compared with what was expected of it; without that nothing proves
     *     that it is whole
     */
    record Decrypted(String file, String format, Map<String, Object> plain, boolean expectationMet) {}

    private record Opened(DataFormat format, Measured plain) {}

    @Override
    public ExitCode run(Session session) throws Exception {
        if (bits != 128 && bits != 256) {
            throw new CommandFailedException(ExitCode.WRONG_USAGE, "--bits is 128 or 256, not " + bits);
        }
        Source source = new Source(in);
        Destination destination = new Destination(out);
        Opened opened = destination.write(
                session, sink -> source.read((input, format) -> decrypt(input, known(format, source), sink, source)));
        if (!destination.isStandardOutput()) {
            session.output()
                    .result(
                            new Decrypted(
                                    out,
                                    Inspection.label(opened.format()),
                                    opened.plain().document(),
                                    expectation.isThere()),
                            () -> out + "\n" + opened.plain().text("plain"));
        }
        if (!expectation.isThere()) {
            session.output().note(unproven(opened.format()));
        }
        return ExitCode.DONE;
    }

    /** Standard input has no name that could tell EGA AES, so that the password does. */
    private DataFormat known(DataFormat format, Source source) {
        boolean passwordTells = source.isStandardInput() && format == DataFormat.PLAIN && password != null;
        return passwordTells ? DataFormat.EGA_AES : format;
    }

    private Opened decrypt(InputStream encrypted, DataFormat format, OutputStream sink, Source source)
            throws IOException {
        try (DigestingInputStream plain =
                new DigestingInputStream(open(encrypted, format, source), new Digests(expectation.algorithms()))) {
            Source.copy(plain, sink);
            Measured measured = new Measured(plain.count(), plain.finish());
            expectation.require(measured, source.name());
            return new Opened(format, measured);
        }
    }

    private InputStream open(InputStream encrypted, DataFormat format, Source source) throws IOException {
        return switch (format) {
            case CRYPT4GH -> keys.open(secretKeys -> new Crypt4ghInputStream(encrypted, secretKeys));
            case EGA_AES -> openEgaAes(encrypted);
            case OPENPGP, PLAIN ->
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        source.name() + ": expected Crypt4GH, or a name that ends in .cip, and found "
                                + (format == DataFormat.PLAIN ? "neither" : "OpenPGP, which is not supported"));
        };
    }

    private InputStream openEgaAes(InputStream encrypted) throws IOException {
        if (password == null) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE,
                    "an EGA AES file (.cip) is opened by a password; name it with --password REF");
        }
        char[] secret = Secrets.resolve(password);
        try (EgaAesKey key = EgaAesKey.derive(secret, bits)) {
            return new EgaAesInputStream(encrypted, key);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static String unproven(DataFormat format) {
        String reason = format == DataFormat.CRYPT4GH
                ? "Crypt4GH does not show whether whole segments were cut off"
                : "EGA AES shows neither a wrong password nor changed or missing bytes";
        return reason + "; give --expect-sha256, --expect-md5 or --expect-size to prove that the plaintext is whole";
    }
}
