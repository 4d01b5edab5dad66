package org.waybill.cli.crypt;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.crypt.key.Password;
import org.waybill.cli.crypt.key.SecretKeys;
import org.waybill.cli.crypt.stream.OpenPgpHeader;
import org.waybill.cli.crypt.stream.Source;
import org.waybill.format.DataFormat;
import org.waybill.format.WrongKeyException;
import org.waybill.format.crypt4gh.Crypt4ghHeader;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.HeaderContents;
import org.waybill.format.openpgp.OpenPgpInputStream;
import org.waybill.format.openpgp.OpenPgpLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks into one file. */
@Command(
        name = "inspect",
        description = {
            "Prints what a file says of itself; with a key, what it says to the holder of that key. Never a secret.",
            "An OpenPGP message names the keys that it is for, if the sender did not hide them; Crypt4GH and EGA AES name"
                    + " nobody.",
            "The data is not decrypted: that it is intact is shown by crypt decrypt."
        })
final class InspectCommand implements Subcommand {

    @Mixin
    private SecretKeys keys = new SecretKeys();

    @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
    private String file = "";

    @Override
    public ExitCode run(Session session) throws IOException {
        Source source = new Source(file);
        Inspection inspection = source.read((in, format) -> inspect(in, format, source));
        session.output().result(inspection, inspection::text);
        return ExitCode.DONE;
    }

    private Inspection inspect(InputStream in, DataFormat format, Source source) throws IOException {
        return switch (format) {
            case CRYPT4GH -> inspectCrypt4gh(new BufferedInputStream(in), source);
            case OPENPGP -> inspectOpenPgp(new BufferedInputStream(in), source);
            case EGA_AES, PLAIN -> Inspection.of(file, format, source.size(in, 0));
        };
    }

    private Inspection inspectCrypt4gh(BufferedInputStream in, Source source) throws IOException {
        in.mark(Integer.MAX_VALUE); // of what the header needs, which is bounded
        Crypt4ghHeader header = Crypt4ghHeader.read(in);
        in.reset();
        List<Long> packetSizes = Inspection.packetSizes(in.readNBytes(Math.toIntExact(header.lengthBytes())));
        in.mark(0); // so that nothing more is kept
        long size = source.size(in, header.lengthBytes());
        if (!keys.areNamed()) {
            return Inspection.of(file, header, packetSizes, null, size);
        }
        return keys.openCrypt4gh(secretKeys -> {
            try (HeaderContents contents = header.open(secretKeys)) {
                Inspection.Contents opened =
                        Inspection.Contents.of(contents, readers(header, secretKeys), size - header.lengthBytes());
                return Inspection.of(file, header, packetSizes, opened, size);
            }
        });
    }

    /** Which of the keys have a data key in the header. */
    private static List<String> readers(Crypt4ghHeader header, List<Crypt4ghSecretKey> keys) {
        List<String> readers = new ArrayList<>();
        for (Crypt4ghSecretKey key : keys) {
            try (HeaderContents contents = header.open(List.of(key))) {
                if (contents.dataKeyCount() > 0) {
                    readers.add(key.publicKey().toString());
                }
            } catch (WrongKeyException e) {
                // Somebody else's packets: this key is named, and is no reader.
            }
        }
        return readers;
    }

    private Inspection inspectOpenPgp(BufferedInputStream in, Source source) throws IOException {
        in.mark(Integer.MAX_VALUE);
        OpenPgpHeader header = OpenPgpHeader.read(in);
        in.reset();
        boolean opened = keys.areNamed() && opens(in);
        in.reset();
        in.mark(0);
        return Inspection.of(file, OpenPgpInspection.of(header, opened), source.size(in, 0));
    }

    /** Fails, and says for whom the message is, if it is for none of the keys. */
    private boolean opens(InputStream message) throws IOException {
        return keys.openOpenPgp(new Password(), ours -> {
            new OpenPgpInputStream(leftOpen(message), ours, OpenPgpLimits.USUAL).close();
            return true;
        });
    }

    private static InputStream leftOpen(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {
                // What stands behind the header is still to be counted.
            }
        };
    }
}
