package org.waybill.cli.files;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.listing.FileSheet;
import org.waybill.ledger.listing.FileSheet.Archived;
import org.waybill.ledger.listing.FileSheet.Arrived;
import org.waybill.ledger.listing.FileSheet.Checked;
import org.waybill.ledger.listing.FileSheet.Processed;
import org.waybill.ledger.listing.FileSheet.Quarantine;
import org.waybill.ledger.listing.FileSheet.Version;
import org.waybill.report.Quantity;
import org.waybill.report.TextTable;

/** A waybill as a person reads it. */
final class FileSheetText {

    private final TextTable facts = new TextTable().indented(2).left("").left("");

    private FileSheetText() {}

    static String of(FileSheet sheet, String program) {
        StringBuilder text = new StringBuilder();
        text.append("file ")
                .append(sheet.id())
                .append(" of route ")
                .append(sheet.route())
                .append(", ");
        text.append(sheet.state())
                .append(": ")
                .append(TextTable.printable(sheet.path()))
                .append("\n\n");
        Quarantine quarantine = sheet.quarantine();
        if (quarantine != null) {
            text.append(quarantine(sheet, quarantine, program)).append('\n');
        }
        return text.append(new FileSheetText().facts(sheet))
                .append('\n')
                .append(events(sheet))
                .append(deliveries(sheet, program))
                .toString();
    }

    private static String quarantine(FileSheet sheet, Quarantine quarantine, String program) {
        String detail = sheet.events().get(sheet.events().size() - 1).detail();
        TextTable why = new TextTable().indented(2).left("").left("");
        why.row("reason", quarantine.reason());
        why.row("cause", quarantine.cause());
        why.row("found", detail.isEmpty() ? null : detail);
        why.row("cure", quarantine.cure());
        why.row("then", program + " files readmit " + sheet.id() + " --reason \"why it is good now\"");
        return "in quarantine, until somebody readmits it to " + quarantine.heldState() + "\n" + why;
    }

    private TextTable facts(FileSheet sheet) {
        fact("version", version(sheet));
        sheet.otherVersions().forEach(other -> fact("  other", version(other)));
        fact("declared", Quantity.instant(sheet.declared().at()));
        size("  plain size", sheet.declared().plainSizeBytes());
        size("  encrypted size", sheet.declared().encryptedSizeBytes());
        sheet.declared()
                .checksums()
                .forEach(checksum -> fact(
                        "  " + checksum.side().toLowerCase(Locale.ROOT) + " " + checksum.algorithm(),
                        checksum.value() + "  (" + checksum.manifest() + ")"));
        arrived(sheet.arrived());
        processed(sheet.processed());
        archived(sheet.archived());
        sheet.datasets().forEach(dataset -> {
            fact(
                    "dataset " + dataset.name(),
                    dataset.manifest() == null
                            ? "no manifest: taken as it came"
                            : dataset.manifest() + ", line " + dataset.line());
            fact("  archived as", dataset.archivedAs());
        });
        return facts;
    }

    private static String version(FileSheet sheet) {
        return sheet.version() + duplicate(sheet.duplicateOf());
    }

    private static String version(Version other) {
        return other.version() + ": file " + other.id() + ", " + other.state() + duplicate(other.duplicateOf());
    }

    private static String duplicate(@Nullable Long of) {
        return of == null ? "" : ", come again: a duplicate of file " + of;
    }

    private void arrived(@Nullable Arrived arrived) {
        fact("arrived", arrived == null ? null : Quantity.instant(arrived.at()) + ", by the rule " + arrived.rule());
        if (arrived != null) {
            fact("  as", arrived.as());
            size("  size", arrived.sizeBytes());
        }
    }

    private void processed(@Nullable Processed processed) {
        fact("processed", processed == null ? null : Quantity.instant(processed.at()));
        if (processed != null) {
            fact("  format", processed.format());
            size("  plain size", processed.plainSizeBytes());
            fact("  plain MD5", processed.plainMd5());
            fact("  plain SHA256", processed.plainSha256());
            fact("  complete by", processed.completeBy());
            checked(processed.checked());
        }
    }

    private void checked(@Nullable Checked checked) {
        if (checked != null) {
            fact("  content is", checked.type());
            fact("  name fits", checked.name());
            fact(
                    "  identifier",
                    checked.page() == null
                            ? null
                            : "on page " + checked.page() + ", after " + checked.position() + " characters");
            fact(
                    "  command exit",
                    checked.commandExit() == null ? null : checked.commandExit().toString());
        }
    }

    private void archived(@Nullable Archived archived) {
        Instant at = archived == null ? null : archived.at();
        fact("archived", at == null ? null : Quantity.instant(at));
        if (archived != null) {
            size("  size", archived.sizeBytes());
            fact("  MD5", archived.md5());
            fact("  SHA256", archived.sha256());
        }
    }

    private void size(String name, @Nullable Long bytes) {
        if (bytes != null) {
            fact(name, bytes + " bytes (" + Quantity.bytes(bytes) + ")");
        }
    }

    private void fact(String name, @Nullable String value) {
        facts.row(name, value);
    }

    private static String events(FileSheet sheet) {
        TextTable events = new TextTable()
                .left("TIME")
                .left("EVENT")
                .left("REASON")
                .right("RUN")
                .left("BY")
                .left("DETAIL");
        sheet.events()
                .forEach(event -> events.row(
                        Quantity.instant(event.at()),
                        (event.from() == null ? "" : event.from() + " -> ") + event.to(),
                        event.reason(),
                        event.runId(),
                        event.actor(),
                        event.detail()));
        return events.toString();
    }

    private static String deliveries(FileSheet sheet, String program) {
        if (sheet.deliveries().isEmpty()) {
            return "";
        }
        TextTable deliveries = new TextTable()
                .right("DELIVERY")
                .left("RECIPIENT")
                .left("CHANNEL")
                .left("PLACED AS")
                .left("STATE")
                .left("REASON")
                .left("DELIVERED AT")
                .left("OVERDUE FROM")
                .left("RUNG");
        sheet.deliveries()
                .forEach(delivery -> deliveries.row(
                        delivery.id(),
                        delivery.recipient(),
                        delivery.channel(),
                        delivery.placedAs(),
                        delivery.state(),
                        delivery.reason(),
                        delivery.deliveredAt() == null ? null : Quantity.instant(delivery.deliveredAt()),
                        delivery.acknowledgeBy() == null ? null : Quantity.instant(delivery.acknowledgeBy()),
                        delivery.rung()));
        return "\n" + deliveries + "more of one: " + program + " deliveries show DELIVERY\n";
    }
}
