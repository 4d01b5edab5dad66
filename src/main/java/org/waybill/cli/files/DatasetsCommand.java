package org.waybill.cli.files;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.ledger.listing.DatasetListing;
import org.waybill.ledger.listing.DatasetListing.DatasetRow;
import org.waybill.ledger.listing.FileFilter;
import org.waybill.ledger.listing.FileListing;
import org.waybill.ledger.listing.FileRow;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at datasets. */
@Command(
        name = "datasets",
        description = "Lists datasets with how far they have come, or shows one with its files.",
        subcommands = {DatasetsCommand.Listing.class, DatasetsCommand.Show.class})
public final class DatasetsCommand implements Subcommand {

    @Option(names = "--route", paramLabel = "ROUTE", description = "Only datasets of this route.")
    private @Nullable String route;

    @Override
    public ExitCode run(Session session) {
        return list(route, session);
    }

    /** The same with its name. */
    @Command(name = "list", description = "Lists datasets, oldest request first.")
    static final class Listing implements Subcommand {

        @Option(names = "--route", paramLabel = "ROUTE", description = "Only datasets of this route.")
        private @Nullable String route;

        @Override
        public ExitCode run(Session session) {
            return list(route, session);
        }
    }

    /** One dataset. */
    @Command(name = "show", description = "Shows a dataset with its files.")
    static final class Show implements Subcommand {

        @Parameters(paramLabel = "ID", description = "Name or ledger id of the dataset.")
        private String idOrName = "";

        @Option(names = "--route", paramLabel = "ROUTE", description = "Which one, if several routes have it.")
        private @Nullable String route;

        /** What {@code datasets show} prints as JSON. */
        record DatasetDocument(DatasetRow dataset, List<FileRow> files) {}

        @Override
        public ExitCode run(Session session) {
            DatasetRow dataset = only(session);
            List<FileRow> files =
                    session.bean(FileListing.class).list(FileFilter.ofDataset(dataset.route(), dataset.name()));
            session.output()
                    .result(
                            new DatasetDocument(dataset, files),
                            () -> table(List.of(dataset)) + "\n" + FileListOptions.table(files));
            return ExitCode.DONE;
        }

        private DatasetRow only(Session session) {
            List<DatasetRow> datasets = session.bean(DatasetListing.class).named(idOrName).stream()
                    .filter(dataset -> route == null || dataset.route().equals(route))
                    .toList();
            if (datasets.isEmpty()) {
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        "no dataset has the name or id " + TextTable.printable(idOrName) + "; see " + session.program()
                                + " datasets list");
            }
            if (datasets.size() > 1) {
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        "several routes have a dataset of this name: "
                                + datasets.stream().map(DatasetRow::route).toList() + "; say which with --route");
            }
            return datasets.get(0);
        }
    }

    private static ExitCode list(@Nullable String route, Session session) {
        List<DatasetRow> datasets = session.bean(DatasetListing.class).list(route);
        session.output()
                .result(
                        datasets,
                        () -> datasets.isEmpty()
                                ? "no datasets"
                                : table(datasets).toString());
        return ExitCode.DONE;
    }

    private static TextTable table(List<DatasetRow> datasets) {
        TextTable table = new TextTable()
                .right("ID")
                .left("ROUTE")
                .left("DATASET")
                .right("FILES")
                .right("ARRIVED")
                .right("PROCESSED")
                .right("ARCHIVED")
                .right("QUARANTINED")
                .right("MISSING")
                .right("SIZE")
                .left("REQUESTED")
                .left("FIRST ARRIVAL")
                .left("LAST ARRIVAL")
                .left("PROCESSING ENDED");
        datasets.forEach(dataset -> table.row(
                dataset.id(),
                dataset.route(),
                dataset.name(),
                dataset.files(),
                dataset.arrived(),
                dataset.processed(),
                dataset.archived(),
                dataset.quarantined(),
                dataset.missing(),
                Quantity.bytes(dataset.plainBytes()),
                Quantity.instant(dataset.requestedAt()),
                textOrNull(dataset.firstArrivalAt()),
                textOrNull(dataset.lastArrivalAt()),
                textOrNull(dataset.processingEndedAt())));
        return table;
    }

    private static @Nullable String textOrNull(@Nullable Instant at) {
        return at == null ? null : Quantity.instant(at);
    }
}
