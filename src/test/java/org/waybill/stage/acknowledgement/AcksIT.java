package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.report.Report;
import org.waybill.report.Report.Finding;
import org.waybill.run.Counts;
import org.waybill.run.Stage;
import org.waybill.run.StageResult.Status;
import org.waybill.run.failure.OpenFailures;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/** What recipients write themselves is the highest rung, if it has the right SHA-256. */
class AcksIT {

    @TempDir
    Path home;

    private Clinic clinic;

    @BeforeEach
    void openClinic() throws IOException {
        Files.createDirectories(home.resolve("acks/north"));
        Files.createDirectories(home.resolve("acks/south"));
        clinic = Clinic.in(home, "acknowledgement: { acks: { folder: acks } }\n");
        clinic.deliver("N-1", "N-2", "S-3");
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    @Test
    void theRightHashIsAnAcknowledgementInEachFormThatPeopleWrite() throws Exception {
        acknowledge("north/N-1.ack", sha256("N-1"));
        acknowledge("north/N-2.ack", sha256("N-2").toUpperCase(Locale.ROOT) + " *C:\\results\\N-2\r\n");
        acknowledge("south/S-3.ack", sha256("S-3") + "  S-3\n");

        assertThat(clinic.read().counts()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));

        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P3", "clinics/north/N-2 P3", "south/S-3 P3");
        assertThat(clinic.rows("select distinct rung || ' ' || overdue from receipt_overview"))
                .containsExactly("P3 false");
        assertThat(clinic.rows("select evidence from receipt_overview where placed_as = 'south/S-3'"))
                .containsExactly("acknowledgement S-3.ack");
        assertThat(Floor.filesBelow(home.resolve("acks/north"))).isEmpty();
        assertThat(Floor.filesBelow(home.resolve("acks/.waybill/acks"))).hasSize(3);
        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);
    }

    @Test
    void whatIsNoneIsTakenAndShownAndIsNoReceipt() throws Exception {
        acknowledge("north/N-1.ack", sha256("N-2"));
        acknowledge("north/S-3.ack", sha256("S-3"));
        acknowledge("south/clinics/north/N-1.ack", sha256("N-1"));
        acknowledge("south/S-3.ack", "got it, thanks");
        Path old = acknowledge("north/N-2.ack", sha256("N-2").substring(1));
        for (String name : List.of("south/S-3.ack", "north/N-2.ack")) {
            Files.setLastModifiedTime(
                    home.resolve("acks").resolve(name),
                    FileTime.from(clinic.now().minus(Duration.ofHours(1))));
        }
        assertThat(old).exists();

        assertThat(clinic.read().counts()).isEqualTo(new Counts(5, 0, 5, 0, 0, 0));

        assertThat(clinic.receipts()).isEmpty();
        assertThat(clinic.rows("select recipient || '/' || name || ' ' || finding from ack_file order by 1"))
                .containsExactly(
                        "north/N-1.ack WRONG_HASH",
                        "north/N-2.ack UNREADABLE",
                        "north/S-3.ack UNKNOWN_FILE",
                        "south/S-3.ack UNREADABLE",
                        "south/clinics/north/N-1.ack UNKNOWN_FILE");

        assertThat(open()).containsExactly("clinics/north/N-1 WRONG_HASH");
        Report report = clinic.report();
        assertThat(report.verdict()).contains("5 acknowledgements were refused");
        assertThat(report.findings())
                .extracting(Finding::what)
                .contains("an acknowledgement of north for route results was refused: WRONG_HASH")
                .hasSize(5);

        acknowledge("north/N-1.ack", sha256("N-1"));
        assertThat(clinic.read().counts().done()).isEqualTo(1);
        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P3");
        assertThat(open()).isEmpty();
    }

    private List<String> open() {
        return clinic.house().bean(OpenFailures.class).deliveries().stream()
                .map(delivery -> delivery.placedAs() + " " + delivery.reason())
                .toList();
    }

    @Test
    void aHalfWrittenOneIsLeftUntilItIsWhole() throws Exception {
        Path ack = acknowledge("north/N-1.ack", sha256("N-1").substring(0, 40));
        Files.setLastModifiedTime(ack, FileTime.from(clinic.now()));
        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);
        assertThat(ack).exists();

        acknowledge("north/N-1.ack", sha256("N-1"));

        assertThat(clinic.read().counts().done()).isEqualTo(1);
    }

    @Test
    void linksAreNotFollowedAndOtherFilesAreLeft() throws Exception {
        Path secret = Files.writeString(home.resolve("secret"), sha256("N-1"));
        Files.createSymbolicLink(home.resolve("acks/north/N-1.ack"), secret);
        Files.createDirectory(home.resolve("elsewhere"));
        Files.writeString(home.resolve("elsewhere/N-2.ack"), sha256("N-2"));
        Files.createSymbolicLink(home.resolve("acks/north/clinics"), home.resolve("elsewhere"));
        acknowledge("north/letter.txt", sha256("N-1"));
        acknowledge("nobody/N-1.ack", sha256("N-1"));

        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);

        assertThat(clinic.receipts()).isEmpty();
        assertThat(secret).exists();
    }

    /** It is recorded, and then the run dies before it is moved away. */
    @Test
    void oneThatIsRecordedAlreadyCountsOnce() throws Exception {
        Path ack = acknowledge("north/N-1.ack", sha256("N-1"));
        Files.writeString(home.resolve("acks/.waybill"), "in the way");

        assertThat(clinic.house().run("results", Stage.ACKNOWLEDGEMENT).status())
                .isEqualTo(Status.FAILED);
        assertThat(ack).exists();
        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P3");

        Files.delete(home.resolve("acks/.waybill"));
        assertThat(clinic.read().status()).isEqualTo(Status.COMPLETED);
        assertThat(ack).doesNotExist();
        assertThat(clinic.rows("select count(*) from ack_file")).containsExactly("1");
        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P3");
    }

    private static String sha256(String name) {
        return Uploads.sha256(Clinic.content(name));
    }

    private Path acknowledge(String path, String text) throws IOException {
        Path file = home.resolve("acks").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
