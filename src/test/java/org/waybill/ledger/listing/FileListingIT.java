package org.waybill.ledger.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.House;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Night;
import org.waybill.ledger.listing.DatasetListing.DatasetRow;

/** What a person reads in the ledger after a night. */
class FileListingIT {

    @TempDir
    private static Path home;

    private static House house;
    private static FileListing listing;

    @BeforeAll
    static void open() throws Exception {
        house = Night.in(home);
        listing = house.bean(FileListing.class);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void listsAllInTheOrderOfTheirIds() {
        assertThat(listing.list(FileFilter.ALL))
                .extracting(FileRow::id, FileRow::route, FileRow::path, FileRow::state, FileRow::reason)
                .containsExactly(
                        tuple(1L, "ega", "a.bam", "ARCHIVED", null),
                        tuple(2L, "ega", "sub/b.bam", "QUARANTINED", "PLAIN_CHECKSUM_MISMATCH"),
                        tuple(3L, "ega", "c.bam", "EXPECTED", null),
                        tuple(4L, "ega", "other/b.bam", "PROCESSED", null),
                        tuple(5L, "ega", "d.bam", "EXPECTED", null),
                        tuple(6L, "imaging", "scan/x.dcm", "ARRIVED", null));
    }

    @Test
    void tellsTheBestKnownSizeAndSinceWhenTheStateIs() {
        assertThat(listing.list(new FileFilter("ega", null, null, null, null)))
                .extracting(FileRow::sizeBytes, FileRow::datasets, FileRow::since)
                .containsExactly(
                        tuple(1000L, List.of("EGAD1", "EGAD2"), Instant.parse("2026-07-02T05:59:30Z")),
                        tuple(2048L, List.of("EGAD1"), Instant.parse("2026-07-01T21:00:08Z")),
                        tuple(3000L, List.of("EGAD1"), Instant.parse("2026-07-01T18:00:02Z")),
                        tuple(4096L, List.of("EGAD1"), Instant.parse("2026-07-01T21:00:10Z")),
                        tuple(null, List.of("EGAD1"), Instant.parse("2026-07-01T18:00:02Z")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "imaging, -,           -,     -,     -, '[6]'",
                "-,       EXPECTED,    -,     -,     -, '[3, 5]'",
                "-,       QUARANTINED, EGAD1, -,     -, '[2]'",
                "-,       -,           EGAD2, -,     -, '[1]'",
                "ega,     -,           EGAD1, -,     3, '[1, 2, 3]'",
                "-,       -,           -,     B.BAM, -, '[2, 4]'",
                "-,       -,           -,     .CIP,  -, '[2]'",
                "-,       -,           -,     %,     -, '[]'",
                "-,       -,           EGAD9, -,     -, '[]'",
            })
    void filters(
            @Nullable String route,
            @Nullable String state,
            @Nullable String dataset,
            @Nullable String find,
            @Nullable Integer limit,
            String ids) {
        assertThat(listing.list(new FileFilter(route, state, dataset, find, limit)).stream()
                        .map(FileRow::id)
                        .toList())
                .hasToString(ids);
    }

    @Test
    void unexpectedIsWhatWillNotBeTakenAsThingsAre() {
        assertThat(listing.list(new FileFilter(null, FileFilter.UNEXPECTED, null, null, null)))
                .extracting(FileRow::id, FileRow::path, FileRow::state, FileRow::reason)
                .containsExactly(
                        tuple(
                                null,
                                "one/d.bam",
                                "UNEXPECTED",
                                "a manifest names it without a folder, and several folders have it"),
                        tuple(null, "stranger.bam", "UNEXPECTED", "no manifest expects it"),
                        tuple(null, "sub/b.bam.cip", "UNEXPECTED", "file 2 of this path is QUARANTINED"),
                        tuple(
                                null,
                                "two/d.bam",
                                "UNEXPECTED",
                                "a manifest names it without a folder, and several folders have it"),
                        tuple(null, "pipe", "UNEXPECTED", "not a regular file"));
        assertThat(listing.list(new FileFilter("ega", FileFilter.UNEXPECTED, null, "STRANGE", null)))
                .hasSize(1);
        assertThat(listing.list(new FileFilter(null, FileFilter.UNEXPECTED, "EGAD1", null, null)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2,                '[2]'",
        "sub/b.bam,        '[2]'",
        "sub/b.bam.cip,    '[2]'",
        "EGAD2/a.bam.c4gh, '[1]'",
        "b.bam,            '[2, 4]'",
        "b.bam.cip,        '[2]'",
        "am,               '[]'",
        "99,               '[]'",
    })
    void findsWhatAPersonMeans(String idOrName, String ids) {
        assertThat(listing.named(idOrName).stream().map(FileRow::id).toList()).hasToString(ids);
    }

    @Test
    void sheetOfAnArchivedFileHoldsItsWholeWay() {
        FileSheet sheet = house.bean(FileSheets.class).of(1).orElseThrow();

        assertThat(sheet.state()).isEqualTo(FileState.ARCHIVED);
        assertThat(sheet.quarantine()).isNull();
        assertThat(sheet.declared().checksums())
                .containsExactly(new FileSheet.DeclaredChecksum("PLAIN", "MD5", "a".repeat(32), "EGAD1.csv"));
        assertThat(sheet.arrived())
                .isEqualTo(new FileSheet.Arrived(
                        Instant.parse("2026-07-01T19:00:10Z"), "a.bam.c4gh", "DECLARED_SIZE", 1124));
        assertThat(sheet.processed()).extracting("format", "completeBy").containsExactly("CRYPT4GH", "DIGEST");
        assertThat(sheet.archived()).extracting("sizeBytes", "sha256").containsExactly(1124L, "b".repeat(64));
        assertThat(sheet.datasets())
                .containsExactly(
                        new FileSheet.InDataset("EGAD1", "EGAD1.csv", 2L, "EGAD1/a.bam.c4gh"),
                        new FileSheet.InDataset("EGAD2", "EGAD1.csv", 2L, "EGAD2/a.bam.c4gh"));
        assertThat(sheet.events())
                .extracting(FileSheet.Event::from, FileSheet.Event::to, FileSheet.Event::runId)
                .containsExactly(
                        tuple(null, "EXPECTED", 1L),
                        tuple("EXPECTED", "ARRIVED", 2L),
                        tuple("ARRIVED", "PROCESSED", 3L),
                        tuple("PROCESSED", "ARCHIVED", 5L),
                        tuple("ARCHIVED", "ARCHIVED", 5L), // published in one dataset
                        tuple("ARCHIVED", "ARCHIVED", 5L)); // and in the other
    }

    @Test
    void sheetOfAQuarantinedFileSaysWhyAndWhereItGoesBackTo() {
        FileSheet sheet = house.bean(FileSheets.class).of(2).orElseThrow();

        assertThat(sheet.quarantine())
                .extracting("reason", "heldState")
                .containsExactly("PLAIN_CHECKSUM_MISMATCH", FileState.ARRIVED);
        assertThat(sheet.processed()).isNull();
        assertThat(sheet.archived()).isNull();
        assertThat(house.bean(FileSheets.class).of(99)).isEmpty();
    }

    @Test
    void sheetOfAnArchivedFileGoesOnToItsRecipients() {
        FileSheet sheet = house.bean(FileSheets.class).of(1).orElseThrow();

        assertThat(sheet.deliveries())
                .extracting(
                        FileSheet.Delivery::recipient,
                        FileSheet.Delivery::state,
                        FileSheet.Delivery::reason,
                        FileSheet.Delivery::deliveredAt,
                        FileSheet.Delivery::rung)
                .containsExactly(
                        tuple("north", "PENDING", null, null, null),
                        tuple("partner", "DELIVERED", null, Instant.parse("2026-07-02T05:59:40Z"), "P1"),
                        tuple("south", "RECALLED", null, null, null),
                        tuple("vault", "HELD", "PLACE_TAKEN", null, null),
                        tuple("west", "DELIVERED", null, Instant.parse("2026-07-02T05:59:42Z"), "P2"));
        assertThat(house.bean(FileSheets.class).of(2).orElseThrow().deliveries())
                .isEmpty();
    }

    @Test
    void datasetsSayHowFarTheyHaveCome() {
        DatasetListing datasets = house.bean(DatasetListing.class);

        assertThat(datasets.list("ega"))
                .extracting(
                        DatasetRow::name,
                        DatasetRow::files,
                        DatasetRow::arrived,
                        DatasetRow::processed,
                        DatasetRow::archived,
                        DatasetRow::quarantined,
                        DatasetRow::missing,
                        DatasetRow::processingEndedAt)
                .containsExactly(
                        tuple("EGAD1", 5L, 3L, 2L, 1L, 1L, 2L, null),
                        tuple("EGAD2", 1L, 1L, 1L, 1L, 0L, 0L, Instant.parse("2026-07-01T20:00:05Z")));
        assertThat(datasets.list(null)).hasSize(3);
        assertThat(datasets.named("EGAD1")).extracting(DatasetRow::route).containsExactly("ega", "imaging");
        assertThat(datasets.named("2")).extracting(DatasetRow::name).containsExactly("EGAD2");
        assertThat(datasets.named("EGAD9")).isEmpty();
    }
}
