package org.waybill.stage.transfer;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.waybill.ledger.arrival.Observations.Sighting;

/** Reads what lies in the incoming folder, in one look or several; an item is a part of one look. */
class IncomingItemReader implements ItemStreamReader<List<Sighting>> {

    private final Looks looks;

    IncomingItemReader(Looks looks) {
        this.looks = looks;
    }

    @Override
    public void open(ExecutionContext context) {
        looks.begin();
    }

    @Override
    public @Nullable List<Sighting> read() throws IOException, InterruptedException {
        return looks.next();
    }

    @Override
    public void close() {
        try {
            looks.close();
        } catch (IOException e) {
            throw new ItemStreamException("the incoming folder cannot be closed", e);
        }
    }
}
