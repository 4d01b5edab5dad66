package org.waybill.cli.crypt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Failure;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.crypt.stream.Measured;
import org.waybill.cli.crypt.stream.Source;
import org.waybill.cli.crypt.stream.Taps;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.SidecarLine;
import org.waybill.format.checksum.lane.Tap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Digests files. */
@Command(
        name = "checksum",
        description = {
            "Prints the checksums of files, each file read once, in lines that md5sum -c and sha256sum -c read.",
            "A file that cannot be read is named on standard error; the others are printed all the same."
        })
public final class ChecksumCommand implements Subcommand {

    @Option(
            names = "--algorithm",
            split = ",",
            paramLabel = "NAME",
            description = "md5, sha1, sha256 or sha512; repeat it, or separate them by commas. Default: md5,sha256.")
    private List<ChecksumAlgorithm> algorithms = new ArrayList<>();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Override
    public ExitCode run(Session session) {
        Set<ChecksumAlgorithm> chosen = algorithms.isEmpty()
                ? EnumSet.of(ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA256)
                : EnumSet.copyOf(algorithms);
        List<Map<String, Object>> documents = new ArrayList<>();
        boolean failed = false;
        try (Taps taps = new Taps()) {
            for (String file : files) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("file", file);
                try {
                    Measured measured = measure(new Source(file), taps, chosen);
                    document.putAll(measured.document());
                    session.output().partOfResult(lines(measured.checksums(), file));
                } catch (CommandFailedException | IOException e) {
                    Failure failure = Failure.of(e);
                    session.output().note(failure.message());
                    document.put("error", failure.message());
                    failed = true;
                }
                documents.add(document);
            }
        }
        session.output().result(documents, String::new);
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static Measured measure(Source source, Taps taps, Set<ChecksumAlgorithm> algorithms) throws IOException {
        return source.read((in, format) -> {
            try (Tap bytes = taps.on(source, algorithms)) {
                Source.copy(in, bytes);
                return Measured.by(bytes);
            }
        });
    }

    private static String lines(List<Checksum> checksums, String file) {
        StringBuilder lines = new StringBuilder();
        checksums.forEach(checksum -> lines.append(new SidecarLine(checksum, file).text()));
        return lines.toString();
    }
}
