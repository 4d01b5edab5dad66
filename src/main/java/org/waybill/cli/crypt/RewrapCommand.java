package org.waybill.cli.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.crypt.key.Recipients;
import org.waybill.cli.crypt.key.SecretKeys;
import org.waybill.cli.crypt.stream.Checksums;
import org.waybill.cli.crypt.stream.Destination;
import org.waybill.cli.crypt.stream.Measured;
import org.waybill.cli.crypt.stream.Source;
import org.waybill.cli.crypt.stream.Taps;
import org.waybill.format.DataFormat;
import org.waybill.format.checksum.lane.Tap;
import org.waybill.format.crypt4gh.Crypt4ghFormat;
import org.waybill.format.crypt4gh.Crypt4ghHeader;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.HeaderContents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Hands one file to other readers. */
@Command(
        name = "rewrap",
        description = {
            "Makes a Crypt4GH file readable for others: a new header, and the data copied as it is, not decrypted.",
            "Only the new recipients can open OUT. What was wrong with the data of IN is wrong with that of OUT."
        })
final class RewrapCommand implements Subcommand {

    @Mixin
    private SecretKeys keys = new SecretKeys();

    @Mixin
    private Recipients recipients = new Recipients();

    @Parameters(index = "0", paramLabel = "IN", description = "The Crypt4GH file; - is standard input.")
    private String in = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The new file; - is standard output.")
    private String out = "";

    /** Its shape is an interface. */
    record Rewrapped(String file, String format, List<String> recipients, Map<String, Object> encrypted) {}

    @Override
    public ExitCode run(Session session) throws Exception {
        List<Crypt4ghPublicKey> readers = recipients.read();
        Source source = new Source(in);
        Destination destination = new Destination(out);
        Measured encrypted = destination.write(
                session, sink -> source.read((input, format) -> rewrap(input, source, sink, readers)));
        if (!destination.isStandardOutput()) {
            session.output()
                    .result(
                            new Rewrapped(
                                    out,
                                    Inspection.label(DataFormat.CRYPT4GH),
                                    Recipients.names(readers),
                                    encrypted.document()),
                            () -> out + "\n" + encrypted.text("encrypted"));
        }
        return ExitCode.DONE;
    }

    private Measured rewrap(InputStream input, Source source, OutputStream sink, List<Crypt4ghPublicKey> readers)
            throws IOException {
        Crypt4ghHeader header = Crypt4ghHeader.read(input);
        byte[] newHeader = keys.openCrypt4gh(secretKeys -> newHeader(header.open(secretKeys), readers));
        try (Taps taps = new Taps();
                Tap encrypted = taps.before(sink, source, Checksums.usual())) {
            encrypted.write(newHeader);
            Source.copy(input, encrypted);
            Crypt4ghFormat.plainSize(encrypted.count() - newHeader.length); // refuses a size that no body has
            return Measured.by(encrypted);
        }
    }

    private static byte[] newHeader(HeaderContents contents, List<Crypt4ghPublicKey> readers) {
        try (contents) {
            return contents.sealFor(readers);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
