package org.waybill.stage.acknowledgement;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.receipt.LogReading;
import org.waybill.ledger.receipt.LogReadings;
import org.waybill.ledger.receipt.Receipts;
import org.waybill.run.StageRun;

/** Records pieces of logs, with the position behind them and the receipts that follow. */
class LogPieceItemWriter implements ItemWriter<LogReading> {

    private final LogReadings readings;
    private final Receipts receipts;
    private final StageRun run;

    LogPieceItemWriter(LogReadings readings, Receipts receipts, StageRun run) {
        this.readings = readings;
        this.receipts = receipts;
        this.run = run;
    }

    @Override
    public void write(Chunk<? extends LogReading> chunk) {
        Stamp stamp = run.stamp();
        for (LogReading piece : chunk) {
            readings.add(piece, stamp);
            receipts.conclude(piece, stamp);
            run.progress().add(piece.lines(), piece.to() - piece.from());
        }
        run.confirmOwnershipUntilCommit();
    }
}
