package org.waybill.stage.acknowledgement;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.waybill.ledger.receipt.LogReading;
import org.waybill.ledger.receipt.LogStreams;
import org.waybill.ledger.receipt.Placements;
import org.waybill.run.StageRun;
import org.waybill.stage.acknowledgement.shelf.Shelves;

/** Reads what is new in the logs. The position is in the ledger: a restart goes on behind what was recorded. */
class LogPieceItemReader implements ItemStreamReader<LogReading> {

    private static final int LINES_AT_MOST = 20_000;

    private final LogStreams streams;
    private final Placements placements;
    private final Shelves shelves;
    private final StageRun run;
    private @Nullable OpenLogs logs;

    LogPieceItemReader(LogStreams streams, Placements placements, Shelves shelves, StageRun run) {
        this.streams = streams;
        this.placements = placements;
        this.shelves = shelves;
        this.run = run;
    }

    @Override
    public void open(ExecutionContext context) {
        try {
            logs = new OpenLogs(streams, placements, shelves, run, LINES_AT_MOST);
        } catch (IOException e) {
            throw new ItemStreamException("the logs cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable LogReading read() throws IOException {
        run.continueOrStop();
        return logs == null ? null : logs.next();
    }

    @Override
    public void close() {
        try {
            if (logs != null) {
                logs.close();
            }
        } catch (IOException e) {
            throw new ItemStreamException("a log cannot be closed", e);
        }
    }
}
