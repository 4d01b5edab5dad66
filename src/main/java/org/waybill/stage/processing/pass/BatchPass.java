package org.waybill.stage.processing.pass;

import java.io.IOException;
import java.util.List;
import org.waybill.format.checksum.lane.Lanes;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.FileRejectedException;
import org.waybill.stage.Bundle;
import org.waybill.stage.processing.checks.Checks;
import org.waybill.stage.processing.pass.PassResult.Passed;
import org.waybill.stage.processing.pass.PassResult.Refused;
import org.waybill.storage.Directories;
import org.waybill.storage.UnpublishedFile;
import org.waybill.storage.WorkingFolders;

/** Passes over files and publishes their re-encrypted forms in the working folder, together. For one thread. */
public final class BatchPass {

    private final Pass pass;
    private final WorkingFolders folders;
    private final Watch watch;

    public BatchPass(
            Keyring keyring,
            boolean acceptsPlaintext,
            Checks checks,
            Lanes lanes,
            WorkingFolders folders,
            Watch watch) {
        this.pass = new Pass(keyring, acceptsPlaintext, checks, lanes, watch);
        this.folders = folders;
        this.watch = watch;
    }

    /** @throws IOException if the disk failed, also when it was asked again */
    public List<PassResult> over(List<DataFile> files) throws IOException {
        List<PassResult> results = new Bundle<>(new OnePass()).publish(files);
        Directories.force(folders.processed());
        return results;
    }

    private final class OnePass implements Bundle.Work<DataFile, PassResult> {

        @Override
        public long id(DataFile file) {
            return file.id();
        }

        @Override
        public Bundle.Made<PassResult> make(DataFile file) throws IOException, FileRejectedException {
            UnpublishedFile result = UnpublishedFile.beside(folders.processed(file.id()));
            try {
                Pass.Result passed = pass.over(file, folders.received(file.id()), result);
                watch.passedOver();
                return new Made(file, passed, result);
            } catch (IOException | FileRejectedException | RuntimeException | Error e) {
                result.close();
                throw e;
            }
        }

        @Override
        public PassResult refused(DataFile file, FileRejectedException fault) {
            watch.passedOver();
            return new Refused(file, fault.reason(), fault.detail());
        }

        @Override
        public void beforePublishing() {
            watch.beforePublishing();
        }
    }

    private record Made(DataFile file, Pass.Result passed, UnpublishedFile result) implements Bundle.Made<PassResult> {

        @Override
        public List<UnpublishedFile> unforced() {
            return List.of(result);
        }

        @Override
        public PassResult publish() throws IOException {
            result.publish();
            return new Passed(file, passed.measured(), passed.evidence(), passed.remarks());
        }

        @Override
        public void close() throws IOException {
            result.close();
        }
    }
}
