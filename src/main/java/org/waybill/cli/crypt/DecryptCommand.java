package org.waybill.cli.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.crypt.stream.Checksums;
import org.waybill.cli.crypt.stream.Destination;
import org.waybill.cli.crypt.stream.Measured;
import org.waybill.cli.crypt.stream.Source;
import org.waybill.cli.crypt.stream.Taps;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.DataFormat;
import org.waybill.format.checksum.lane.Tap;
import org.waybill.format.checksum.lane.TappedInputStream;
import org.waybill.format.openpgp.OpenPgpInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Decrypts one file. */
@Command(
        name = "decrypt",
        description = {
            "Decrypts a Crypt4GH file or an OpenPGP message (known by their first bytes) or an EGA AES file (known by its"
                    + " name, .cip), and prints size, MD5 and SHA-256 of both sides.",
            "After a failure OUT does not exist; a file that exists is never replaced.",
            "Crypt4GH and EGA AES do not prove that a file is whole: name what you expect of its plaintext, if you know"
                    + " it. OpenPGP does; a signature that is bad is a failure, one that is missing is only told."
        })
final class DecryptCommand implements Subcommand {

    @Mixin
    private Decryption decryption = new Decryption();

    @Mixin
    private Expectation expectation = new Expectation();

    @Mixin
    private Checksums checksums = new Checksums();

    @Parameters(index = "0", paramLabel = "IN", description = "The encrypted file; - is standard input.")
    private String in = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The new file; - is standard output.")
    private String out = "";

    /**
     * Its shape is an interface.
     *
     * @param expectationMet whether the plaintext was compared with what was expected of it; without that nothing proves
     *     that it is whole, unless it was OpenPGP
     * @param signature null of other formats than OpenPGP
     */
    record Decrypted(
            String file,
            String format,
            Map<String, Object> plain,
            boolean expectationMet,
            Map<String, Object> encrypted,
            @Nullable Signature signature) {}

    private record Opened(
            DataFormat format,
            Measured plain,
            Measured encrypted,
            @Nullable Signature signature) {

        String text() {
            return plain.text("plain")
                    + encrypted.text("encrypted")
                    + (signature == null ? "" : "%-10s%s%n".formatted("signature", signature.text()));
        }
    }

    @Override
    public ExitCode run(Session session) throws Exception {
        decryption.requirePossible();
        Source source = new Source(in);
        Destination destination = new Destination(out);
        Opened opened = destination.write(
                session,
                sink -> source.read((input, format) -> decrypt(input, decryption.known(format, source), sink, source)));
        if (!destination.isStandardOutput()) {
            session.output().result(document(opened), () -> out + "\n" + opened.text());
        }
        tellWhatIsNotProven(opened, destination, session);
        return ExitCode.DONE;
    }

    private Decrypted document(Opened opened) {
        return new Decrypted(
                out,
                Inspection.label(opened.format()),
                opened.plain().document(),
                expectation.isThere(),
                opened.encrypted().document(),
                opened.signature());
    }

    private Opened decrypt(InputStream input, DataFormat format, OutputStream sink, Source source) throws IOException {
        Set<ChecksumAlgorithm> ofPlain = checksums.algorithms();
        ofPlain.addAll(expectation.algorithms());
        try (Taps taps = new Taps();
                Tap encrypted = taps.on(source, checksums.algorithms());
                Tap plain = taps.before(sink, source, ofPlain);
                InputStream opened = decryption.open(new TappedInputStream(input, encrypted), format, source)) {
            Source.copy(opened, plain);
            Measured measured = Measured.by(plain);
            expectation.require(measured, source.name());
            Signature signature = opened instanceof OpenPgpInputStream message ? signature(message, source) : null;
            return new Opened(format, measured, Measured.by(encrypted), signature);
        }
    }

    private static Signature signature(OpenPgpInputStream message, Source source) {
        Signature signature = Signature.of(message.signature());
        if (signature.isBad()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    source.name() + ": the signature is " + signature.text()
                            + "; ask the sender for the message, and for the key, once more");
        }
        return signature;
    }

    private void tellWhatIsNotProven(Opened opened, Destination destination, Session session) {
        Signature signature = opened.signature();
        boolean untold = destination.isStandardOutput() || (signature != null && !signature.isGood());
        if (signature != null && decryption.isSignerNamed() && untold) {
            session.output().note("signature " + signature.text());
        }
        if (!expectation.isThere() && opened.format() != DataFormat.OPENPGP) {
            session.output().note(unproven(opened.format()));
        }
    }

    private static String unproven(DataFormat format) {
        String reason = format == DataFormat.CRYPT4GH
                ? "Crypt4GH does not show whether whole segments were cut off"
                : "EGA AES shows neither a wrong password nor changed or missing bytes";
        return reason + "; give --expect-sha256, --expect-md5 or --expect-size to prove that the plaintext is whole";
    }
}
