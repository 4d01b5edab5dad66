package org.waybill.cli.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.ledger.delivery.DeliveryListing;
import org.waybill.ledger.delivery.DeliveryListing.Filter;
import org.waybill.ledger.delivery.DeliverySheet;
import org.waybill.ledger.delivery.DeliveryState;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at deliveries, and moves them by hand. */
@Command(
        name = "deliveries",
        description = "Lists who gets which file, shows all of one delivery, and has it sent again or taken back.",
        subcommands = {
            DeliveriesCommand.Listing.class,
            DeliveriesCommand.Show.class,
            DeliveryMoveCommands.Resend.class,
            DeliveryMoveCommands.Recall.class
        })
public final class DeliveriesCommand implements Subcommand {

    @Mixin
    private Narrowed list = new Narrowed();

    @Override
    public ExitCode run(Session session) {
        return list.run(session);
    }

    /** The same with its name. */
    @Command(name = "list", description = "Lists deliveries in the order of their ids.")
    static final class Listing implements Subcommand {

        @Mixin
        private Narrowed list = new Narrowed();

        @Override
        public ExitCode run(Session session) {
            return list.run(session);
        }
    }

    /** All that is known of one. */
    @Command(name = "show", description = "Shows where a delivery stands, why it goes there, and every event of it.")
    static final class Show implements Subcommand {

        @Parameters(paramLabel = "ID", description = "Id of a delivery.")
        private long id;

        @Override
        public ExitCode run(Session session) {
            DeliverySheet sheet = find(id, session);
            session.output().result(sheet, () -> DeliverySheetText.of(sheet, session.program()));
            return ExitCode.DONE;
        }
    }

    static DeliverySheet find(long id, Session session) {
        return session.bean(DeliveryListing.class)
                .sheet(id)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED,
                        "there is no delivery " + id + "; see them with: " + session.program() + " deliveries"));
    }

    /** What a list can be narrowed by. */
    static final class Narrowed {

        private static final int DEFAULT_LIMIT = 100;

        @Option(names = "--route", paramLabel = "ROUTE", description = "Only deliveries of this route.")
        private @Nullable String route;

        @Option(
                names = "--state",
                paramLabel = "STATE",
                description = "Only deliveries that are ${COMPLETION-CANDIDATES}.")
        private @Nullable DeliveryState state;

        @Option(names = "--recipient", paramLabel = "NAME", description = "Only deliveries to this recipient.")
        private @Nullable String recipient;

        @Option(names = "--find", paramLabel = "TEXT", description = "Only deliveries with this in their path or name.")
        private @Nullable String find;

        @Option(names = "--limit", paramLabel = "N", description = "Only so many. Default: 100 as text, all as JSON.")
        private @Nullable Integer limit;

        ExitCode run(Session session) {
            Integer atMost = limit != null || session.output().isJson() ? limit : Integer.valueOf(DEFAULT_LIMIT);
            List<DeliveryListing.Row> rows =
                    session.bean(DeliveryListing.class).list(new Filter(route, state, recipient, find, atMost));
            session.output()
                    .result(
                            rows,
                            () -> rows.isEmpty() ? "no deliveries" : table(rows).toString());
            if (limit == null && atMost != null && rows.size() == atMost) {
                session.output().note("these are the first " + atMost + "; for more, give --limit");
            }
            return ExitCode.DONE;
        }

        private static TextTable table(List<DeliveryListing.Row> rows) {
            TextTable table = new TextTable()
                    .right("ID")
                    .left("STATE")
                    .left("SINCE")
                    .left("ROUTE")
                    .left("RECIPIENT")
                    .right("FILE")
                    .right("VERSION")
                    .left("PLACED AS")
                    .left("REASON");
            rows.forEach(row -> table.row(
                    row.id(),
                    row.state(),
                    Quantity.instant(row.since()),
                    row.route(),
                    row.recipient(),
                    row.fileId(),
                    row.version(),
                    row.placedAs(),
                    row.reason() == null ? "" : row.reason()));
            return table;
        }
    }
}
