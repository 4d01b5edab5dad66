package org.waybill.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Output;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.report.CsvReport;
import org.waybill.report.Period;
import org.waybill.report.Report;
import org.waybill.report.Report.Section;
import org.waybill.report.Reports;
import org.waybill.report.TextReport;
import org.waybill.report.html.HtmlReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reports on what happened, and on what needs a person. */
@Command(name = "report", description = "Reports what happened, and what needs a person, with the commands to paste.")
public final class ReportCommand implements Subcommand {

    private static final Duration DEFAULT_TIME = Duration.ofHours(24);
    private static final String IN_THE_HOME = "./waybill"; // the same bytes, whoever asks from where

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "From when on: 24h, 7d, 2026-07-01, 2026-07-01T18:00:00Z. Default: 24h.")
    private @Nullable Instant since;

    @Option(
            names = "--night",
            paramLabel = "DATE",
            description = "Of one night, as it was at its end: from noon of this day to noon of the next one.")
    private @Nullable LocalDate night;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Whose noon: such as Europe/Oslo. Default: UTC.")
    private @Nullable String zone;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, html, csv or json. Default: text.")
    private Format format = Format.TEXT;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write it to this file instead of standard output; with csv, into this folder, if it is one:"
                    + " a table for each section.")
    private @Nullable Path out;

    /** In upper or lower case. */
    enum Format {
        TEXT,
        HTML,
        CSV,
        JSON
    }

    @Override
    public ExitCode run(Session session) throws IOException {
        ZoneId nightsZone = zone();
        Period period = period(session.bean(InstantSource.class).instant(), nightsZone);
        String program = night == null ? session.program() : IN_THE_HOME;
        Format wanted = session.output().isJson() && out == null ? Format.JSON : format;
        Report report = session.bean(Reports.class).of(period, program);
        if (out == null) {
            print(report, wanted, program, session.output());
            return ExitCode.DONE;
        }
        if (wanted == Format.CSV && Files.isDirectory(out)) {
            for (String name : report.sections().keySet()) {
                Section section = report.sections().get(name);
                write(out.resolve(name + ".csv"), to -> to.write(CsvReport.table(section)));
            }
            write(out.resolve("report.csv"), to -> CsvReport.write(report, to));
        } else {
            write(out, to -> write(report, wanted, program, to));
        }
        session.output().result(new Written(out.toString()), () -> "");
        return ExitCode.DONE;
    }

    /** What is printed as JSON when the report went to a file. */
    record Written(String out) {}

    private Period period(Instant now, ZoneId nightsZone) {
        if (night == null) {
            return Period.upTo(now, since == null ? now.minus(DEFAULT_TIME) : since);
        }
        Period period = Period.night(night, nightsZone);
        if (period.since().isAfter(now)) {
            throw wrong("the night of " + night + " has not begun; name the day on which a night began");
        }
        return period;
    }

    private ZoneId zone() {
        if (night == null && zone != null) {
            throw wrong("--zone says whose noon a night begins at; name the night with --night");
        }
        if (night != null && since != null) {
            throw wrong("--since and --night exclude each other; leave one out");
        }
        try {
            return ZoneId.of(zone == null ? "UTC" : zone);
        } catch (DateTimeException e) {
            throw wrong("'" + zone + "' is not a time zone; write UTC, or such as Europe/Oslo");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void print(Report report, Format format, String program, Output output) throws IOException {
        if (format == Format.TEXT || format == Format.JSON) {
            output.result(report, () -> format == Format.JSON ? Output.toJson(report) : TextReport.of(report, program));
            return;
        }
        try (Writer to = new OutputStreamWriter(output.bytes(), StandardCharsets.UTF_8)) {
            write(report, format, program, to);
        }
    }

    private static void write(Report report, Format format, String program, Writer to) throws IOException {
        switch (format) {
            case TEXT -> to.write(TextReport.of(report, program));
            case HTML -> HtmlReport.write(report, program, to);
            case CSV -> CsvReport.write(report, to);
            case JSON -> to.write(Output.toJson(report) + "\n");
        }
    }

    private interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    /** Whoever reads the file never sees half a report. Only its owner can read it, because it names files. */
    private static void write(Path out, Content content) throws IOException {
        Path folder = out.toAbsolutePath().getParent();
        Path beside = Files.createTempFile(folder, ".report", ".tmp");
        try {
            try (OutputStream bytes = Files.newOutputStream(beside);
                    Writer to = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
                content.writeTo(to);
            }
            Files.move(beside, out, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
