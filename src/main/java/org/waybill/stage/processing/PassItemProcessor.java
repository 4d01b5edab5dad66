package org.waybill.stage.processing;

import java.io.IOException;
import java.util.List;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.waybill.format.checksum.lane.Lanes;
import org.waybill.route.ProcessingRoute;
import org.waybill.run.StageRun;
import org.waybill.stage.RouteFolders;
import org.waybill.stage.processing.checks.Checks;
import org.waybill.stage.processing.pass.BatchPass;
import org.waybill.stage.processing.pass.Keyring;
import org.waybill.stage.processing.pass.PassResult;
import org.waybill.stage.processing.pass.Watch;

/** Passes over the files of a batch. */
class PassItemProcessor implements ItemProcessor<FileBatch, List<PassResult>> {

    private final BatchPass pass;

    PassItemProcessor(BatchPass pass) {
        this.pass = pass;
    }

    static PassItemProcessor of(StageRun run, Keyring keyring, Lanes lanes) {
        Watch watch = new Watch() {
            @Override
            public void read(long bytes) {
                run.continueOrStop();
                run.progress().add(0, bytes);
            }

            @Override
            public void passedOver() {
                run.progress().add(1, 0);
            }

            @Override
            public void beforePublishing() {
                run.confirmOwnership();
            }
        };
        ProcessingRoute route = run.route().processing();
        return new PassItemProcessor(new BatchPass(
                keyring,
                route.acceptPlaintext(),
                new Checks(route.checks()),
                lanes,
                RouteFolders.of(run.route()),
                watch));
    }

    @Override
    public List<PassResult> process(FileBatch batch) throws IOException {
        return pass.over(batch.files());
    }
}
