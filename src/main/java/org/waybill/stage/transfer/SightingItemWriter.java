package org.waybill.stage.transfer;

import java.util.List;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.waybill.ledger.arrival.Observations;
import org.waybill.ledger.arrival.Observations.Sighting;
import org.waybill.run.StageRun;

/** Remembers what was seen. */
class SightingItemWriter implements ItemWriter<List<Sighting>> {

    private final Observations observations;
    private final StageRun run;

    SightingItemWriter(Observations observations, StageRun run) {
        this.observations = observations;
        this.run = run;
    }

    @Override
    public void write(Chunk<? extends List<Sighting>> chunk) {
        for (List<Sighting> sightings : chunk) {
            observations.observe(
                    run.route().name(),
                    sightings.get(0).look(),
                    sightings,
                    run.route().transfer().quietFor(),
                    run.route().transfer().undeclared().isPresent());
        }
        run.confirmOwnershipUntilCommit();
    }
}
