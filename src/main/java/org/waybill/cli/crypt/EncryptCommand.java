package org.waybill.cli.crypt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.crypt.stream.Destination;
import org.waybill.cli.crypt.stream.Measured;
import org.waybill.cli.crypt.stream.Source;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.DataFormat;
import org.waybill.format.checksum.DigestingInputStream;
import org.waybill.format.checksum.DigestingOutputStream;
import org.waybill.format.checksum.Digests;
import org.waybill.format.crypt4gh.Crypt4ghOutputStream;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Encrypts one file. */
@Command(
        name = "encrypt",
        description = {
            "Encrypts a file as Crypt4GH, and prints size, MD5 and SHA-256 of both sides.",
            "After a failure OUT does not exist; a file that exists is never replaced."
        })
final class EncryptCommand implements Subcommand {

    private static final Set<ChecksumAlgorithm> ALGORITHMS = Set.of(ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA256);

    @Mixin
    private Recipients recipients = new Recipients();

    @Parameters(index = "0", paramLabel = "IN", description = "The file; - is standard input.")
    private String in = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The new file; - is standard output.")
    private String out = "";

    /** Its shape is an interface. */
    record Encrypted(
            String file,
            String format,
            List<String> recipients,
            Map<String, Object> plain,
            Map<String, Object> encrypted) {}

    @Override
    public ExitCode run(Session session) throws Exception {
        List<Crypt4ghPublicKey> readers = recipients.read();
        Source source = new Source(in);
        Destination destination = new Destination(out);
        Sides sides = destination.write(session, sink -> source.read((plain, format) -> encrypt(plain, sink, readers)));
        if (!destination.isStandardOutput()) {
            session.output()
                    .result(
                            new Encrypted(
                                    out,
                                    Inspection.label(DataFormat.CRYPT4GH),
                                    Recipients.names(readers),
                                    sides.plain().document(),
                                    sides.encrypted().document()),
                            () -> out + "\n" + sides.plain().text("plain")
                                    + sides.encrypted().text("encrypted"));
        }
        return ExitCode.DONE;
    }

    private record Sides(Measured plain, Measured encrypted) {}

    private static Sides encrypt(InputStream source, OutputStream sink, List<Crypt4ghPublicKey> readers)
            throws IOException {
        DigestingInputStream plain = new DigestingInputStream(source, new Digests(ALGORITHMS));
        DigestingOutputStream encrypted = new DigestingOutputStream(sink, new Digests(ALGORITHMS));
        Crypt4ghOutputStream envelope = envelope(encrypted, readers);
        try {
            Source.copy(plain, envelope);
            envelope.finish();
        } finally {
            envelope.abandon();
        }
        return new Sides(
                new Measured(plain.count(), plain.finish()), new Measured(encrypted.count(), encrypted.finish()));
    }

    private static Crypt4ghOutputStream envelope(OutputStream sink, List<Crypt4ghPublicKey> readers) {
        try {
            return new Crypt4ghOutputStream(sink, readers);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
