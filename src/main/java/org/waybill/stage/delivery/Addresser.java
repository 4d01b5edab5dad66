package org.waybill.stage.delivery;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.waybill.format.DataFormat;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Reason;
import org.waybill.ledger.delivery.Addressees.Decided;
import org.waybill.ledger.delivery.Addressees.Undecided;
import org.waybill.route.Route;
import org.waybill.route.delivery.AddressRule;
import org.waybill.route.delivery.Addressing;
import org.waybill.route.delivery.DeliveryForm;
import org.waybill.route.delivery.DeliveryRoute;
import org.waybill.route.delivery.Recipient;

/** Decides who gets archived files, and under which names. */
final class Addresser {

    private final DeliveryRoute delivery;
    private final Addressing addressing;
    private final DataFormat archivedAs;

    /** What is decided of some files. */
    record Decisions(List<Decided> addressed, List<Ledger.Move> quarantined) {}

    Addresser(Route route, Addressing addressing) {
        this.delivery = route.delivery().orElseThrow();
        this.addressing = addressing;
        this.archivedAs =
                route.processing().encrypt().recipients().isEmpty() ? DataFormat.EGA_AES : DataFormat.CRYPT4GH;
    }

    Decisions decide(List<Undecided> files) {
        Decisions decisions = new Decisions(new ArrayList<>(), new ArrayList<>());
        for (Undecided file : files) {
            Addressing.Decision decision =
                    addressing.decide(new AddressRule.Subject(file.path(), file.type(), file.datasets()));
            if (decision instanceof Addressing.Addressed addressed) {
                addressed
                        .recipients()
                        .forEach(recipient -> decisions.addressed().add(decided(file, recipient, addressed.why())));
            } else if (decision instanceof Addressing.Ambiguous ambiguous) {
                decisions.quarantined().add(quarantine(file, Reason.RECIPIENT_AMBIGUOUS, ambiguous.detail()));
            } else if (decision instanceof Addressing.Unknown unknown) {
                decisions.quarantined().add(quarantine(file, Reason.RECIPIENT_UNKNOWN, unknown.detail()));
            }
        }
        return decisions;
    }

    private Decided decided(Undecided file, Recipient recipient, String why) {
        String day = LocalDate.ofInstant(file.archivedAt(), delivery.zone()).toString();
        String ending = recipient.form() == DeliveryForm.PLAIN ? "" : archivedAs.suffix();
        String dataset = file.datasets().isEmpty() ? day : file.datasets().get(0);
        String name = delivery.name().of(file.path(), ending, file.version(), dataset, day);
        return new Decided(
                file.fileId(),
                recipient.name(),
                recipient.label(),
                why,
                recipient.channel(),
                recipient.folder().isEmpty() ? name : recipient.folder() + "/" + name,
                recipient.form().name());
    }

    private static Ledger.Move quarantine(Undecided file, Reason reason, String detail) {
        return new Ledger.Move(file.fileId(), FileState.ARCHIVED, FileState.QUARANTINED, reason.name(), detail);
    }
}
