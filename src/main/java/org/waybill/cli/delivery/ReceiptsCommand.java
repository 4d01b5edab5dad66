package org.waybill.cli.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.ledger.delivery.ReceiptListing;
import org.waybill.ledger.delivery.ReceiptListing.Filter;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at what is proved of deliveries. */
@Command(
        name = "receipts",
        description = {
            "Lists what is proved of each delivery that was placed, by recipient, and by what evidence.",
            "P0: placed only; P1: the recipient asked for it; P2: it was sent in full; P3: the recipient returned its SHA-256."
        },
        subcommands = ReceiptsCommand.Listing.class)
public final class ReceiptsCommand implements Subcommand {

    @Mixin
    private Narrowed list = new Narrowed();

    @Override
    public ExitCode run(Session session) {
        return list.run(session);
    }

    /** The same with its name. */
    @Command(name = "list", description = "Lists them by recipient, in the order in which they were placed.")
    static final class Listing implements Subcommand {

        @Mixin
        private Narrowed list = new Narrowed();

        @Override
        public ExitCode run(Session session) {
            return list.run(session);
        }
    }

    /** What a list can be narrowed by. */
    static final class Narrowed {

        @Option(names = "--route", paramLabel = "ROUTE", description = "Only deliveries of this route.")
        private @Nullable String route;

        @Option(names = "--recipient", paramLabel = "NAME", description = "Only deliveries to this recipient.")
        private @Nullable String recipient;

        @Option(names = "--overdue", description = "Only deliveries that are not acknowledged (P2) in time.")
        private boolean overdue;

        @Option(
                names = "--since",
                paramLabel = "WHEN",
                description = "Only what was placed or proved since: 24h, 7d, 2026-07-01, 2026-07-01T18:00:00Z.")
        private @Nullable Instant since;

        ExitCode run(Session session) {
            List<ReceiptListing.Row> rows =
                    session.bean(ReceiptListing.class).list(new Filter(route, recipient, overdue, since));
            session.output()
                    .result(
                            rows,
                            () -> rows.isEmpty() ? "no receipts" : table(rows).toString());
            return ExitCode.DONE;
        }

        private static TextTable table(List<ReceiptListing.Row> rows) {
            TextTable table = new TextTable()
                    .left("ROUTE")
                    .left("RECIPIENT")
                    .right("DELIVERY")
                    .left("STATE")
                    .left("DELIVERED AT")
                    .left("RUNG")
                    .left("SINCE")
                    .left("WAITING FOR P2")
                    .left("PLACED AS")
                    .left("EVIDENCE");
            rows.forEach(row -> table.row(
                    row.route(),
                    row.recipient(),
                    row.deliveryId(),
                    row.state(),
                    Quantity.instant(row.deliveredAt()),
                    row.rung(),
                    Quantity.instant(row.since()),
                    waiting(row),
                    row.placedAs(),
                    row.evidence()));
            return table;
        }

        private static @Nullable String waiting(ReceiptListing.Row row) {
            if (row.waitingSeconds() == null) {
                return null;
            }
            String age = Quantity.duration(Duration.ofMillis((long) (row.waitingSeconds() * 1000)));
            return row.overdue() ? age + ", overdue" : age;
        }
    }
}
