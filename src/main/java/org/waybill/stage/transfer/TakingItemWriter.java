package org.waybill.stage.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Ledger.Move;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.arrival.Arrivals;
import org.waybill.ledger.arrival.Arrivals.Claim;
import org.waybill.run.StageRun;
import org.waybill.stage.transfer.Taking.Taken;
import org.waybill.storage.Directories;
import org.waybill.storage.WorkingFolders;

/** Forces the folder of the files that were moved, and records them as arrived. */
class TakingItemWriter implements ItemWriter<Taking> {

    private final Ledger ledger;
    private final Arrivals arrivals;
    private final WorkingFolders folders;
    private final StageRun run;

    TakingItemWriter(Ledger ledger, Arrivals arrivals, WorkingFolders folders, StageRun run) {
        this.ledger = ledger;
        this.arrivals = arrivals;
        this.folders = folders;
        this.run = run;
    }

    @Override
    public void write(Chunk<? extends Taking> chunk) throws IOException {
        List<Claim> taken = new ArrayList<>();
        List<Claim> givenUp = new ArrayList<>();
        chunk.forEach(taking -> (taking instanceof Taken ? taken : givenUp).add(taking.claim()));
        Directories.force(folders.received());

        Stamp stamp = run.stamp();
        arrivals.record(taken, stamp.at());
        ledger.move(
                taken.stream()
                        .map(claim -> new Move(
                                claim.fileId(),
                                FileState.EXPECTED,
                                FileState.ARRIVED,
                                claim.rule(),
                                "as " + claim.path() + ", " + claim.sizeBytes() + " bytes"))
                        .toList(),
                stamp);
        arrivals.giveUp(givenUp);
        run.progress()
                .add(taken.size(), taken.stream().mapToLong(Claim::sizeBytes).sum());
        run.confirmOwnershipUntilCommit();
    }
}
