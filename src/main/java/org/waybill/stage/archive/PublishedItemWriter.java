package org.waybill.stage.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Ledger.Move;
import org.waybill.ledger.Publications;
import org.waybill.ledger.Publications.Publication;
import org.waybill.ledger.Publications.PublishedAs;
import org.waybill.ledger.Stamp;
import org.waybill.run.StageRun;
import org.waybill.stage.archive.Published.Duplicate;
import org.waybill.stage.archive.Published.Refused;
import org.waybill.stage.archive.Published.Stands;
import org.waybill.storage.Directories;

/** Forces the folders of a batch, records it in one transaction that confirms the ownership last, then removes the sources. */
class PublishedItemWriter implements ItemWriter<List<Published>> {

    private final Ledger ledger;
    private final Publications publications;
    private final Leftovers leftovers;
    private final StageRun run;

    PublishedItemWriter(Ledger ledger, Publications publications, Leftovers leftovers, StageRun run) {
        this.ledger = ledger;
        this.publications = publications;
        this.leftovers = leftovers;
        this.run = run;
    }

    @Override
    public void write(Chunk<? extends List<Published>> batches) throws IOException {
        List<PublishedAs> names = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        for (List<Published> batch : batches) {
            batch.forEach(published -> record(published, names, moves));
        }
        forceFolders(names);

        Stamp stamp = run.stamp();
        ledger.move(moves, stamp);
        long[] archived = publications.record(names, stamp).stream()
                .mapToLong(Long::longValue)
                .toArray();
        run.confirmOwnershipUntilCommit();

        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                leftovers.remove(archived);
            }
        });
    }

    private void record(Published published, List<PublishedAs> names, List<Move> moves) {
        Publication file = published.file();
        if (published instanceof Refused refused) {
            moves.add(new Move(
                    file.fileId(),
                    file.state(),
                    FileState.QUARANTINED,
                    refused.reason().name(),
                    refused.detail()));
            return;
        }
        if (published instanceof Duplicate duplicate) {
            publications.recordDuplicate(file.fileId(), duplicate.sizeBytes(), duplicate.md5(), duplicate.sha256());
        }
        Long before = file.duplicateOf();
        if (before != null) {
            publications.recordDuplicateOf(file.fileId(), before);
        }
        if (file.state() == FileState.PROCESSED) {
            boolean isDuplicate = before != null || published instanceof Duplicate;
            moves.add(new Move(
                    file.fileId(),
                    FileState.PROCESSED,
                    FileState.ARCHIVED,
                    isDuplicate ? "DUPLICATE" : "ARCHIVED",
                    before == null ? "" : "of file " + before + ", version " + file.version()));
        }
        names.addAll(published instanceof Stands stands ? stands.names() : ((Duplicate) published).names());
    }

    private void forceFolders(List<PublishedAs> names) throws IOException {
        Set<Path> folders = new HashSet<>();
        names.forEach(name -> folders.add(Directories.of(run.route().archive().resolve(name.path()))));
        for (Path folder : folders) {
            Directories.force(folder);
        }
    }
}
