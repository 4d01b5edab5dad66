package org.waybill.stage.processing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.waybill.ledger.Contents;
import org.waybill.ledger.Contents.Measured;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Ledger.Move;
import org.waybill.ledger.Readers;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.checked.CheckedContents;
import org.waybill.ledger.checked.Evidence;
import org.waybill.run.StageRun;
import org.waybill.stage.processing.pass.PassResult;
import org.waybill.stage.processing.pass.PassResult.Passed;
import org.waybill.stage.processing.pass.PassResult.Refused;

/** Records what came of a batch, in one transaction that confirms the ownership last. */
class PassResultItemWriter implements ItemWriter<List<PassResult>> {

    private final Ledger ledger;
    private final Contents contents;
    private final CheckedContents checked;
    private final SettingRight settingRight;
    private final Readers readers;
    private final StageRun run;

    PassResultItemWriter(
            Ledger ledger,
            Contents contents,
            CheckedContents checked,
            SettingRight settingRight,
            Readers readers,
            StageRun run) {
        this.ledger = ledger;
        this.contents = contents;
        this.checked = checked;
        this.settingRight = settingRight;
        this.readers = readers;
        this.run = run;
    }

    @Override
    public void write(Chunk<? extends List<PassResult>> batches) {
        Stamp stamp = run.stamp();
        List<Move> moves = new ArrayList<>();
        Map<Long, Measured> measured = new LinkedHashMap<>();
        Map<Long, Optional<Evidence>> evidence = new LinkedHashMap<>();
        for (List<PassResult> batch : batches) {
            for (PassResult result : batch) {
                moves.add(move(result));
                if (result instanceof Passed passed) {
                    measured.put(passed.file().id(), passed.measured());
                    evidence.put(passed.file().id(), passed.evidence());
                }
            }
        }
        contents.record(measured, readers, stamp.at());
        checked.record(evidence, stamp.at());
        Set<Long> moved = ledger.move(moves, stamp);
        run.confirmOwnershipUntilCommit();
        setAsideAfterCommit(moves, moved);
    }

    /** What dies before this is done is set right by the next run. */
    private void setAsideAfterCommit(List<Move> moves, Set<Long> moved) {
        long[] refused = moves.stream()
                .filter(move -> move.to() == FileState.QUARANTINED && moved.contains(move.fileId()))
                .mapToLong(Move::fileId)
                .toArray();
        if (refused.length > 0) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    settingRight.setAside(refused);
                }
            });
        }
    }

    private static Move move(PassResult result) {
        long id = result.file().id();
        if (result instanceof Passed passed) {
            return new Move(id, FileState.ARRIVED, FileState.PROCESSED, "VERIFIED", proof(passed));
        }
        Refused refused = (Refused) result;
        return new Move(
                id, FileState.ARRIVED, FileState.QUARANTINED, refused.reason().name(), refused.detail());
    }

    private static String proof(Passed passed) {
        List<String> proof = new ArrayList<>(List.of(
                passed.measured().receivedFormat(),
                passed.measured().plainSize() + " bytes",
                "complete by " + passed.measured().completeness()));
        passed.evidence().ifPresent(evidence -> proof.add(evidence.toString()));
        proof.addAll(passed.remarks());
        return String.join(", ", proof);
    }
}
