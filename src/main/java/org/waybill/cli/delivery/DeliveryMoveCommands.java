package org.waybill.cli.delivery;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.delivery.Deliveries;
import org.waybill.ledger.delivery.DeliverySheet;
import org.waybill.ledger.delivery.DeliveryState;
import org.waybill.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person may do with deliveries. */
final class DeliveryMoveCommands {

    private DeliveryMoveCommands() {}

    /** A delivery that a person moved. As JSON its shape is an interface. */
    record Moved(long id, String route, String recipient, String placedAs, DeliveryState from, DeliveryState to) {

        String text() {
            return TextTable.printable("delivery %d to %s: %s -> %s  %s".formatted(id, recipient, from, to, placedAs));
        }
    }

    /** Which deliveries, and why. */
    static final class Chosen {

        @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of deliveries.")
        private List<Long> ids = new ArrayList<>();

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept with the delivery.")
        private String reason = "";

        /** Moves all of them, or none if one cannot be moved so. */
        ExitCode move(Session session, String code, DeliveryState to, String afterwards) {
            List<DeliverySheet> sheets =
                    ids.stream().map(id -> DeliveriesCommand.find(id, session)).toList();
            for (DeliverySheet sheet : sheets) {
                if (!sheet.state().canBeSetTo(to)) {
                    throw new CommandFailedException(
                            ExitCode.FAILED,
                            "delivery " + sheet.id() + " is " + sheet.state() + "; nothing was changed");
                }
            }
            List<Moved> moved = new ArrayList<>();
            Stamp stamp = new Stamp(session.bean(InstantSource.class).instant(), null, session.actor());
            for (DeliverySheet sheet : sheets) {
                if (!session.bean(Deliveries.class).set(sheet.id(), sheet.state(), to, code, reason, stamp)) {
                    throw new CommandFailedException(
                            ExitCode.FAILED,
                            "delivery " + sheet.id() + " is no longer " + sheet.state()
                                    + ": somebody was faster; look at it again");
                }
                moved.add(new Moved(sheet.id(), sheet.route(), sheet.recipient(), sheet.placedAs(), sheet.state(), to));
            }
            session.output().result(moved, () -> moved.stream().map(Moved::text).collect(Collectors.joining("\n")));
            sheets.stream().map(DeliverySheet::route).distinct().forEach(route -> session.output()
                    .note(afterwards + ": " + session.program() + " run " + route + ".delivery"));
            return ExitCode.DONE;
        }
    }

    /** Once more. */
    @Command(
            name = "resend",
            description = {
                "Has deliveries sent again that are HELD, RECALLED or DELIVERED.",
                "What stands at the recipient already and is the same counts as sent."
            })
    static final class Resend implements Subcommand {

        @Mixin
        private Chosen chosen = new Chosen();

        @Override
        public ExitCode run(Session session) {
            return chosen.move(session, "RESEND", DeliveryState.PENDING, "the next run sends them");
        }
    }

    /** Back. */
    @Command(
            name = "recall",
            description = {
                "Takes deliveries back: what was placed is removed at the recipient, if it is still what we placed.",
                "It cannot be known whether the recipient has read or copied it before."
            })
    static final class Recall implements Subcommand {

        @Mixin
        private Chosen chosen = new Chosen();

        @Override
        public ExitCode run(Session session) {
            return chosen.move(session, "RECALL", DeliveryState.RECALLING, "the next run takes them back");
        }
    }
}
