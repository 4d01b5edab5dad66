package org.waybill.cli.files;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.ledger.FileState;
import org.waybill.ledger.listing.FileFilter;
import org.waybill.ledger.listing.FileListing;
import org.waybill.ledger.listing.FileRow;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a list of files can be narrowed by. */
final class FileListOptions {

    private static final int DEFAULT_LIMIT = 100;

    @Option(names = "--route", paramLabel = "ROUTE", description = "Only files of this route.")
    private @Nullable String route;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = StateName.class,
            description =
                    "Only files that are EXPECTED, ARRIVED, PROCESSED, ARCHIVED or QUARANTINED; or UNEXPECTED: what lies in"
                            + " incoming folders and will not be taken.")
    private @Nullable String state;

    @Option(names = "--dataset", paramLabel = "ID", description = "Only files of this dataset.")
    private @Nullable String dataset;

    @Option(names = "--find", paramLabel = "TEXT", description = "Only files with this in their path.")
    private @Nullable String find;

    @Option(names = "--limit", paramLabel = "N", description = "Only so many. Default: 100 as text, all as JSON.")
    private @Nullable Integer limit;

    ExitCode run(Session session) {
        Integer atMost = limit != null || session.output().isJson() ? limit : Integer.valueOf(DEFAULT_LIMIT);
        List<FileRow> files = session.bean(FileListing.class).list(new FileFilter(route, state, dataset, find, atMost));
        session.output()
                .result(files, () -> files.isEmpty() ? "no files" : table(files).toString());
        if (limit == null && atMost != null && files.size() == atMost) {
            session.output().note("these are the first " + atMost + "; for more, give --limit");
        }
        return ExitCode.DONE;
    }

    static TextTable table(List<FileRow> files) {
        TextTable table = new TextTable()
                .right("ID")
                .left("STATE")
                .right("SIZE")
                .left("SINCE")
                .left("ROUTE")
                .left("DATASETS")
                .left("PATH")
                .right("VERSION")
                .left("REASON");
        files.forEach(file -> table.row(
                file.id(),
                file.state(),
                file.sizeBytes() == null ? null : Quantity.bytes(file.sizeBytes()),
                Quantity.instant(file.since()),
                file.route(),
                file.datasets().isEmpty() ? null : String.join(", ", file.datasets()),
                file.path(),
                file.version(),
                file.reason() == null ? "" : file.reason()));
        return table;
    }

    /** A state, or {@link FileFilter#UNEXPECTED}, in upper or lower case. */
    static final class StateName implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            List<String> names = Stream.concat(
                            Arrays.stream(FileState.values()).map(FileState::name), Stream.of(FileFilter.UNEXPECTED))
                    .toList();
            String name = text.toUpperCase(Locale.ROOT);
            if (!names.contains(name)) {
                throw new TypeConversionException(
                        "'" + text + "' is not a state; they are " + String.join(", ", names));
            }
            return name;
        }
    }
}
