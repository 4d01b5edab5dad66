package org.waybill.cli.delivery;

import org.jspecify.annotations.Nullable;
import org.waybill.ledger.delivery.DeliverySheet;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;

/** A delivery for a person. */
final class DeliverySheetText {

    private final StringBuilder text = new StringBuilder();

    private DeliverySheetText() {}

    static String of(DeliverySheet sheet, String program) {
        DeliverySheetText made = new DeliverySheetText();
        made.facts(sheet);
        if (sheet.reason() != null) {
            made.held(sheet, program);
        }
        made.events(sheet);
        return made.text.toString();
    }

    private void facts(DeliverySheet sheet) {
        text.append(TextTable.printable("delivery %d of route %s to %s, %s: %s"
                        .formatted(sheet.id(), sheet.route(), sheet.recipient(), sheet.state(), sheet.placedAs())))
                .append("\n\n");
        line("file", sheet.fileId() + ", version " + sheet.version() + ": " + sheet.path());
        line("recipient", sheet.recipient() + (sheet.label().isEmpty() ? "" : " (" + sheet.label() + ")"));
        line("by rule", sheet.rule());
        line("by channel", sheet.channel());
        line("form", sheet.form());
        if (sheet.deliveredAt() != null && sheet.sizeBytes() != null) {
            line("delivered", Quantity.instant(sheet.deliveredAt()));
            line("size", sheet.sizeBytes() + " bytes (" + Quantity.bytes(sheet.sizeBytes()) + ")");
            line("SHA256", sheet.sha256());
            line(
                    "compared by",
                    sheet.verifiedBy() + (Boolean.TRUE.equals(sheet.forced()) ? ", forced to disk" : ", not forced"));
        }
        if (sheet.acknowledgeBy() != null) {
            line("overdue from", Quantity.instant(sheet.acknowledgeBy()));
        }
        sheet.receipts()
                .forEach(receipt ->
                        line("receipt " + receipt.rung(), Quantity.instant(receipt.at()) + ", " + receipt.evidence()));
    }

    private void held(DeliverySheet sheet, String program) {
        text.append('\n');
        line("held", sheet.reason());
        line("cause", sheet.cause());
        line("what to do", sheet.cure());
        text.append("    ")
                .append(program)
                .append(" deliveries resend ")
                .append(sheet.id())
                .append(" --reason \"…\"\n");
    }

    private void events(DeliverySheet sheet) {
        TextTable table = new TextTable()
                .left("TIME")
                .left("EVENT")
                .left("REASON")
                .right("RUN")
                .left("BY")
                .left("DETAIL");
        sheet.events()
                .forEach(event -> table.row(
                        Quantity.instant(event.at()),
                        event.from() == null ? event.to() : event.from() + " -> " + event.to(),
                        event.reason(),
                        event.runId(),
                        event.actor(),
                        event.detail()));
        text.append('\n').append(table);
    }

    private void line(String what, @Nullable String value) {
        text.append("  %-22s %s%n".formatted(what, TextTable.printable(value == null ? "" : value)));
    }
}
