package org.waybill.stage.processing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.waybill.House;
import org.waybill.format.document.Documents;
import org.waybill.ledger.listing.FileSheet;
import org.waybill.ledger.listing.FileSheets;
import org.waybill.run.Stage;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Consignment;
import org.waybill.stage.Consignment.Facts;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;
import org.waybill.torture.Invariants;

/** Results of laboratories in one run, good ones and bad ones: only what is proved to be what it says goes on. */
class CheckedContentsIT {

    private static final String CANARY = "CANARY-of-a-result-90b1";
    private static final String ID = "066-12000001-3";

    private static final String CHECKS = """
              checks:
                names:
                  - { name: bhs, pattern: '^(?<identifier>066\\-(?<site>[0-9]{2})[0-9]{6}\\-[0-9]{1})( v[0-9])?\\.[a-z]+$' }
                  - { name: cdc, pattern: '^(?<identifier>[123]{1}(?<site>[0-9]{2})\\-[0-9]{4})\\.pdf$' }
                types:
                  - application/pdf
                  - text/plain
                  - application/vnd.openxmlformats-officedocument.wordprocessingml.document
                identifier-in-text: true
                max-size: 2MB
                command: { run: [/bin/sh, -c, "! grep -q REFUSE-ME"], time-limit: 60s }
            archive:
            """;

    @TempDir
    Path home;

    private final Map<String, String> expected = new LinkedHashMap<>();

    @Test
    void onlyWhatIsProvedGoesOn() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        Uploads uploads = Uploads.in(home);
        uploads.route(route -> route.replace("archive:\n  sidecars", CHECKS + "  sidecars"));
        Consignment consignment = new Consignment(home);
        byte[] right = Documents.pdf(CANARY, "two", "Subject: 066-12000001-\n3");

        send(uploads, consignment, "a/066-12000001-3.pdf", right, "PROCESSED");
        send(uploads, consignment, "b/066-12000001-3.txt", (CANARY + " µg " + ID).getBytes(UTF_8), "PROCESSED");
        send(uploads, consignment, "b/066-12000001-3.docx", Documents.word(word(ID)), "PROCESSED");
        send(uploads, consignment, "213-4567.pdf", Documents.pdf(CANARY + " 213-4567"), "PROCESSED");
        send(uploads, consignment, "c/066-12000002-3.pdf", right, "IDENTIFIER_NOT_IN_TEXT");
        send(uploads, consignment, "result.pdf", right, "NAME_NOT_ALLOWED");
        send(uploads, consignment, "d/066-12000001-3.pdf", "<html>".getBytes(UTF_8), "TYPE_NOT_ALLOWED");
        send(uploads, consignment, "e/066-12000001-3.pdf", Documents.locked("o", "u", ID), "UNREADABLE_DOCUMENT");
        send(uploads, consignment, "f/066-12000001-3.pdf", Documents.scan(), "UNREADABLE_DOCUMENT");
        send(uploads, consignment, "g/066-12000001-3.pdf", cut(right), "UNREADABLE_DOCUMENT");
        send(uploads, consignment, "h/066-12000001-3.pdf", bomb(), "UNREADABLE_DOCUMENT");
        send(uploads, consignment, "i/066-12000001-3.txt", (ID + " REFUSE-ME").getBytes(UTF_8), "CHECK_FAILED");
        send(
                uploads,
                consignment,
                "j/066-12000001-3.txt",
                (ID + " ".repeat(2_000_000)).getBytes(UTF_8),
                "INFLATES_TOO_MUCH");
        consignment.declareAs("D");

        List<String> temporary = temporaryFiles();
        try (House house = House.in(home)) {
            house.run("ega", Stage.INTAKE);
            house.run("ega", Stage.TRANSFER);
            assertThat(house.run("ega", Stage.PROCESSING).status()).isEqualTo(Status.COMPLETED);
            Floor floor = new Floor(house);
            assertThat(floor.fates()).containsExactlyInAnyOrderEntriesOf(expected);

            FileSheet sheet = sheet(house, floor.id("a/066-12000001-3.pdf.c4gh"));
            assertThat(requireNonNull(sheet.processed()).checked())
                    .isEqualTo(new FileSheet.Checked("application/pdf", "bhs", 3, 9, 0));
            assertThat(sheet.events().get(sheet.events().size() - 1).detail())
                    .endsWith(
                            "checked: application/pdf, name bhs, identifier on page 3 after 9 characters, command exit 0");
            assertThat(requireNonNull(
                                    sheet(house, floor.id("213-4567.pdf.c4gh")).processed())
                            .checked())
                    .isEqualTo(new FileSheet.Checked("application/pdf", "cdc", 1, CANARY.length() + 1, 0));
            assertThat(house.jdbc()
                            .sql("select count(*) from checked_content")
                            .query(Long.class)
                            .single())
                    .isEqualTo(4);

            house.run("ega", Stage.ARCHIVE);
            assertThat(uploads.fromArchive("D/a/066-12000001-3.pdf.c4gh")).isEqualTo(right);
            assertThat(Invariants.violations(home, house.jdbc(), List.of(CANARY)))
                    .isEmpty();
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).noneSatisfy(event -> assertThat(event.getFormattedMessage())
                .containsAnyOf(CANARY, "066-1200000", "213-4567"));
        assertThat(temporaryFiles()).isEqualTo(temporary);
    }

    private void send(Uploads uploads, Consignment consignment, String path, byte[] plain, String fate)
            throws IOException {
        consignment.add(path + ".c4gh", uploads.encrypted(plain), Facts.ofPlain(plain));
        expected.put(path + ".c4gh", fate);
    }

    private static FileSheet sheet(House house, long fileId) {
        return house.bean(FileSheets.class).of(fileId).orElseThrow();
    }

    private static String word(String text) {
        return "<w:p><w:r><w:t>" + CANARY + " " + text + "</w:t></w:r></w:p>";
    }

    private static byte[] cut(byte[] pdf) {
        return java.util.Arrays.copyOf(pdf, pdf.length * 3 / 4);
    }

    private static byte[] bomb() {
        return Documents.bomb(300 << 20, COSName.FLATE_DECODE);
    }

    /** What PDFBox and Tika call theirs. */
    private static List<String> temporaryFiles() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("(?i).*(pdfbox|tika).*"))
                    .sorted()
                    .toList();
        }
    }
}
