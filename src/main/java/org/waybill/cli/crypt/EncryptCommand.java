package org.waybill.cli.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.crypt.key.Password;
import org.waybill.cli.crypt.key.Recipients;
import org.waybill.cli.crypt.stream.Checksums;
import org.waybill.cli.crypt.stream.Destination;
import org.waybill.cli.crypt.stream.Measured;
import org.waybill.cli.crypt.stream.Source;
import org.waybill.cli.crypt.stream.Taps;
import org.waybill.format.DataFormat;
import org.waybill.format.checksum.lane.Tap;
import org.waybill.format.checksum.lane.TappedInputStream;
import org.waybill.format.crypt4gh.Crypt4ghOutputStream;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.format.egaaes.EgaAesOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Encrypts one file. */
@Command(
        name = "encrypt",
        description = {
            "Encrypts a file as Crypt4GH for --recipient PUB, or as EGA AES (.cip) by --password REF, and prints size, MD5"
                    + " and SHA-256 of both sides.",
            "After a failure OUT does not exist; a file that exists is never replaced."
        })
final class EncryptCommand implements Subcommand {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "crypt4gh",
            converter = WrittenFormat.class,
            description = "crypt4gh or ega-aes. Default: crypt4gh.")
    private DataFormat format = DataFormat.CRYPT4GH;

    @Mixin
    private Recipients recipients = new Recipients();

    @Mixin
    private Password password = new Password();

    @Mixin
    private Checksums checksums = new Checksums();

    @Parameters(index = "0", paramLabel = "IN", description = "The file; - is standard input.")
    private String in = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The new file; - is standard output.")
    private String out = "";

    /**
     * Its shape is an interface.
     *
     * @param recipients public keys; empty where a password opens the file
     */
    record Encrypted(
            String file,
            String format,
            List<String> recipients,
            Map<String, Object> plain,
            Map<String, Object> encrypted) {}

    private record Sides(Measured plain, Measured encrypted) {}

    /** Copies the plaintext into the sink, encrypted. */
    @FunctionalInterface
    private interface Encryption {
        void copy(InputStream plain, OutputStream sink) throws IOException;
    }

    @Override
    public ExitCode run(Session session) throws Exception {
        refuseWhatTheFormatLacks();
        return format == DataFormat.EGA_AES ? encryptByPassword(session) : encryptForRecipients(session);
    }

    private void refuseWhatTheFormatLacks() {
        if (format == DataFormat.EGA_AES && recipients.areNamed()) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE,
                    "EGA AES has no recipients, who knows the password can open it; leave --recipient out, or --format");
        }
        if (format == DataFormat.CRYPT4GH && (password.isNamed() || password.areBitsNamed())) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE,
                    "Crypt4GH has no passwords; leave --password and --bits out, or write --format ega-aes");
        }
    }

    private ExitCode encryptByPassword(Session session) throws Exception {
        try (EgaAesKey key = password.egaAesKey()) {
            write(session, List.of(), (plain, sink) -> Source.copy(plain, new EgaAesOutputStream(sink, key)));
        }
        session.output()
                .note("EGA AES shows neither a wrong password nor changed or missing bytes; send the plain size and"
                        + " checksum along");
        if (!out.equals("-") && DataFormat.ofName(out) != DataFormat.EGA_AES) {
            session.output().note(out + ": nothing but a name that ends in .cip tells that this is EGA AES");
        }
        return ExitCode.DONE;
    }

    private ExitCode encryptForRecipients(Session session) throws Exception {
        List<Crypt4ghPublicKey> readers = recipients.read();
        write(session, Recipients.names(readers), (plain, sink) -> {
            Crypt4ghOutputStream envelope = envelope(sink, readers);
            try {
                Source.copy(plain, envelope);
                envelope.finish();
            } finally {
                envelope.abandon();
            }
        });
        return ExitCode.DONE;
    }

    private void write(Session session, List<String> readers, Encryption encryption) throws Exception {
        Source source = new Source(in);
        Destination destination = new Destination(out);
        Sides sides =
                destination.write(session, sink -> source.read((in, found) -> encrypt(in, source, sink, encryption)));
        if (!destination.isStandardOutput()) {
            session.output()
                    .result(
                            new Encrypted(
                                    out,
                                    Inspection.label(format),
                                    readers,
                                    sides.plain().document(),
                                    sides.encrypted().document()),
                            () -> out + "\n" + sides.plain().text("plain")
                                    + sides.encrypted().text("encrypted"));
        }
    }

    private Sides encrypt(InputStream input, Source source, OutputStream sink, Encryption encryption)
            throws IOException {
        try (Taps taps = new Taps();
                Tap plain = taps.on(source, checksums.algorithms());
                Tap encrypted = taps.before(sink, source, checksums.algorithms())) {
            encryption.copy(new TappedInputStream(input, plain), encrypted);
            return new Sides(Measured.by(plain), Measured.by(encrypted));
        }
    }

    private static Crypt4ghOutputStream envelope(OutputStream sink, List<Crypt4ghPublicKey> readers) {
        try {
            return new Crypt4ghOutputStream(sink, readers);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** The formats that are written, as routes write their names. */
    static final class WrittenFormat implements ITypeConverter<DataFormat> {
        @Override
        public DataFormat convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "crypt4gh" -> DataFormat.CRYPT4GH;
                case "ega-aes" -> DataFormat.EGA_AES;
                case "openpgp" ->
                    throw new TypeConversionException("OpenPGP is only read; crypt4gh and ega-aes are written");
                default -> throw new TypeConversionException("'" + text + "' is not written; crypt4gh and ega-aes are");
            };
        }
    }
}
