package org.waybill.cli.crypt;

import java.io.IOException;
import java.io.InputStream;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.crypt.stream.Source;
import org.waybill.format.DataFormat;
import org.waybill.format.crypt4gh.Crypt4ghHeader;
import org.waybill.format.crypt4gh.HeaderContents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks into one file. */
@Command(
        name = "inspect",
        description = {
            "Prints what a file says of itself; with a key, what it says to the holder of that key. Never a secret.",
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
        if (format != DataFormat.CRYPT4GH) {
            return Inspection.of(file, format, source.size(in, 0));
        }
        Crypt4ghHeader header = Crypt4ghHeader.read(in);
        long size = source.size(in, header.lengthBytes());
        if (!keys.areNamed()) {
            return Inspection.of(file, header, null, size);
        }
        return keys.open(secretKeys -> {
            try (HeaderContents contents = header.open(secretKeys)) {
                return Inspection.of(file, header, contents, size);
            }
        });
    }
}
