package org.waybill.torture.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.waybill.House;
import org.waybill.run.StageResult.Status;
import org.waybill.stage.Uploads;
import org.waybill.torture.Invariants;
import org.waybill.torture.Outcome;
import org.waybill.torture.Shipments;

/** What runs make of shipments when nobody disturbs them: what it must come to in the end. */
record Undisturbed(Map<String, String> outcome) {

    /** @param home an empty folder */
    static Undisturbed runsOn(Path home, int shipments, int filesEach) throws IOException {
        Uploads uploads = Uploads.in(home);
        for (int number = 1; number <= shipments; number++) {
            Shipments.send(home, uploads, number, filesEach);
        }
        try (House house = House.in(home)) {
            house.runAll("ega").forEach(result -> assertThat(result.status()).isEqualTo(Status.COMPLETED));
            return new Undisturbed(Outcome.of(house.jdbc(), uploads));
        }
    }

    /** Runs the route again, as the next scheduled command would, and checks that all is good now. */
    void assertReachedBy(House house, Uploads uploads) {
        house.runAll("ega")
                .forEach(result ->
                        assertThat(result.status()).as(result::toString).isEqualTo(Status.COMPLETED));
        assertThat(Invariants.violations(house.home(), house.jdbc(), List.of(Shipments.CANARY)))
                .isEmpty();
        assertThat(Outcome.of(house.jdbc(), uploads)).isEqualTo(outcome);
    }
}
