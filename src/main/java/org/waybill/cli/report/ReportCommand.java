package org.waybill.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Output;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.report.Report;
import org.waybill.report.Reports;
import org.waybill.report.TextReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reports on what happened, and on what needs a person. */
@Command(name = "report", description = "Reports what happened, and what needs a person, with the commands to paste.")
public final class ReportCommand implements Subcommand {

    private static final Duration DEFAULT_TIME = Duration.ofHours(24);

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "From when on: 24h, 7d, 2026-07-01, 2026-07-01T18:00:00Z. Default: 24h.")
    private @Nullable Instant since;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json. Default: text.")
    private Format format = Format.TEXT;

    @Option(names = "--out", paramLabel = "FILE", description = "Write it to this file instead of standard output.")
    private @Nullable Path out;

    /** In upper or lower case. */
    enum Format {
        TEXT,
        JSON
    }

    @Override
    public ExitCode run(Session session) throws IOException {
        Instant now = session.bean(InstantSource.class).instant();
        Report report = session.bean(Reports.class)
                .between(since == null ? now.minus(DEFAULT_TIME) : since, now, session.program());
        boolean asJson = format == Format.JSON || session.output().isJson();
        if (out != null) {
            write(out, asJson ? Output.toJson(report) + "\n" : TextReport.of(report));
            session.output().result(new Written(out.toString()), () -> "");
        } else {
            session.output().result(report, () -> asJson ? Output.toJson(report) : TextReport.of(report));
        }
        return ExitCode.DONE;
    }

    /** What is printed as JSON when the report went to a file. */
    record Written(String out) {}

    /** Whoever reads the file never sees half a report. Only its owner can read it, because it names files. */
    private static void write(Path out, String text) throws IOException {
        Path folder = out.toAbsolutePath().getParent();
        Path beside = Files.createTempFile(folder, ".report", ".tmp");
        try {
            Files.writeString(beside, text);
            Files.move(beside, out, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
