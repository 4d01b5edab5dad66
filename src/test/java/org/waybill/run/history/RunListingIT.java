package org.waybill.run.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.House;
import org.waybill.ledger.Night;
import org.waybill.run.history.RunSheet.Step;
import org.waybill.run.ownership.Owners;
import org.waybill.run.ownership.Ownership;

/** What a person reads of the runs after a night. */
class RunListingIT {

    @TempDir
    private static Path home;

    private static House house;
    private static RunListing listing;

    @BeforeAll
    static void open() throws Exception {
        house = Night.in(home);
        listing = house.bean(RunListing.class);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,       -,          -,      -,                    -, '[8, 7, 6, 5, 4, 3, 2, 1]'",
                "-,       -,          -,      -,                    2, '[8, 7]'",
                "imaging, -,          -,      -,                    -, '[6]'",
                "ega,     processing, -,      -,                    -, '[4, 3]'",
                "-,       -,          FAILED, -,                    -, '[6, 3]'",
                "-,       -,          -,      2026-07-02T01:00:00Z, -, '[8, 7, 6, 5]'",
            })
    void filtersNewestFirst(
            @Nullable String route,
            @Nullable String stage,
            @Nullable String status,
            @Nullable Instant since,
            @Nullable Integer limit,
            String ids) {
        assertThat(listing.list(new RunFilter(route, stage, status, since, limit)).stream()
                        .map(RunRow::id)
                        .toList())
                .hasToString(ids);
    }

    @Test
    void onlyARunWhoseStageIsOwnedIsAlive() throws Exception {
        assertThat(archiveRun().alive()).isFalse();
        try (Ownership ownership = house.bean(Owners.class).take("ega", "archive")) {
            assertThat(ownership.fence()).isPositive();
            assertThat(archiveRun().alive()).isTrue();
            assertThat(listing.list(new RunFilter("ega", "processing", null, null, null)))
                    .noneMatch(RunRow::alive);
        }
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10); // the server notices a moment later
        while (archiveRun().alive() && System.nanoTime() < giveUp) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(archiveRun().alive()).isFalse();
    }

    @Test
    void runsThatEndedAreNotAliveWhenTheirStageIsOwned() throws Exception {
        try (Ownership ownership = house.bean(Owners.class).take("ega", "processing")) {
            assertThat(ownership.fence()).isPositive();
            assertThat(listing.list(new RunFilter("ega", "processing", null, null, null)))
                    .hasSize(2)
                    .noneMatch(RunRow::alive);
        }
    }

    private static RunRow archiveRun() {
        return listing.list(new RunFilter("ega", "archive", null, null, null)).get(0);
    }

    @Test
    void sheetHoldsWhatWasAskedForAndEachStep() {
        RunSheet sheet = listing.of(3).orElseThrow();

        assertThat(sheet.run())
                .extracting(RunRow::status, RunRow::seconds, RunRow::message)
                .containsExactly("FAILED", 8.0, "IOException: No space left on device");
        assertThat(sheet.launch().dataset()).isEqualTo("EGAD1");
        assertThat(sheet.launch().files()).containsExactly("sub/b.bam", "a.bam");
        assertThat(sheet.launch().by()).isEqualTo("ada");
        assertThat(sheet.runsOfLaunch()).isEqualTo(List.of(3L));
        assertThat(sheet.steps())
                .extracting(Step::name, Step::status, Step::seconds, Step::fault)
                .containsExactly(
                        tuple("cut", "COMPLETED", 1.0, null),
                        tuple("part:part0", "FAILED", 6.5, "java.io.IOException: No space left on device"));
        assertThat(listing.of(99)).isEmpty();
    }
}
